namespace Lectern.Voice.Phrases;

internal enum Verdict
{
    No,
    Yes,

    /// <summary>One more character tells: "for x. Then" ends a sentence, "z. B." does not.</summary>
    AskNext,
}

/// <summary>Whether a full stop, question or exclamation mark ends a sentence.</summary>
internal static class SentenceEnd
{
    /// <param name="text">The text up to and including the mark, without what closes behind it.</param>
    /// <param name="next">The first character after the white space that follows.</param>
    public static Verdict Judge(ReadOnlySpan<char> text, char next)
    {
        if (char.IsLower(next))
            return Verdict.No;
        if (text[^1] == '…' || text.EndsWith(".."))
            return char.IsDigit(next) ? Verdict.No : Verdict.Yes;
        return text[^1] == '.' ? JudgeFullStop(text[..^1], next) : Verdict.Yes;
    }

    private static Verdict JudgeFullStop(ReadOnlySpan<char> before, char next)
    {
        var word = LastWord(before);
        if (word.IsEmpty)
            return Verdict.Yes;
        if (word.Length == 1 && char.IsLetter(word[0]))
            return JudgeLetter(before[..^1], word[0], next);
        if (word.IndexOfAnyExceptInRange('0', '9') < 0)
            return IsOrdinal(before[..^word.Length], word) ? Verdict.No : Verdict.Yes;
        return Abbreviations.Owns(word, next) ? Verdict.No : Verdict.Yes;
    }

    /// <summary>An initial (J. Smith) or a part of "z. B.", "i. e."; but a small letter may also be a variable that ends its sentence.</summary>
    private static Verdict JudgeLetter(ReadOnlySpan<char> before, char letter, char next)
    {
        var isPart = before.TrimEnd() is [.., var single, '.'] && char.IsLetter(single) && LastWord(before.TrimEnd()[..^1]).Length == 1;
        if (char.IsUpper(letter) || isPart)
            return Verdict.No;
        if (char.IsDigit(next))
            return letter is 'p' or 's' or 'n' or 'v' or 'c' or 'q' ? Verdict.No : Verdict.Yes;
        return char.IsLetter(next) ? Verdict.AskNext : Verdict.Yes;
    }

    /// <summary>The number of a list item at the start of a line, or a German ordinal.</summary>
    private static bool IsOrdinal(ReadOnlySpan<char> before, ReadOnlySpan<char> number)
    {
        var line = before[(before.LastIndexOf('\n') + 1)..];
        return number.Length <= 3 && line.Trim(" \t>*_#").IsEmpty
            || number.Length <= 2 && Abbreviations.ExpectsOrdinal(LastWord(before.TrimEnd()));
    }

    private static ReadOnlySpan<char> LastWord(ReadOnlySpan<char> text)
    {
        var start = text.Length;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '-' or '\u0301' or '\u0308'))
            start--;
        return text[start..];
    }
}
