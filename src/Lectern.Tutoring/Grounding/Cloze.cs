using System.Globalization;
using System.Text;
using Lectern.Courses.Contracts;
using Lectern.Courses.Reading;

namespace Lectern.Tutoring.Grounding;

/// <summary>A sentence of the course with a word left out.</summary>
/// <param name="Missing">As the sentence has it.</param>
internal sealed record Cloze(Passage Passage, string Sentence, string Missing)
{
    public const string Gap = "_____";

    public string WithGap => ReplaceFirst(Sentence, Missing, Gap);

    private static string ReplaceFirst(string text, string what, string by)
    {
        var at = Clozes.FindWord(text, what);
        return at < 0 ? text : string.Concat(text.AsSpan(0, at), by, text.AsSpan(at + what.Length));
    }
}

/// <summary>Makes cloze questions from a course's sentences, and judges the replies.</summary>
internal static class Clozes
{
    private const int ShortestSentence = 40;
    private const int LongestSentence = 220;

    /// <summary>All questions that can be asked about the passages, definitions of key terms first.</summary>
    /// <param name="terms">The course's key terms.</param>
    public static IEnumerable<Cloze> From(IReadOnlyList<Passage> passages, IReadOnlyList<string> terms, string language)
    {
        var texts = passages.Where(passage => passage.Kind is "paragraph" or "term" or "list" or "quote").OrderBy(passage => passage.Kind == "term" ? 0 : 1);
        foreach (var passage in texts)
        {
            foreach (var sentence in Sentences.Split(Definition(passage), language).Where(IsSuitable))
            {
                if (terms.FirstOrDefault(term => FindWord(sentence, term) >= 0) is { } term)
                    yield return new Cloze(passage, sentence, sentence.Substring(FindWord(sentence, term), term.Length));
            }
        }
    }

    /// <summary>The key terms of passages, the longest first, so that "cell membrane" is found before "cell".</summary>
    public static IReadOnlyList<string> Terms(IEnumerable<Passage> passages) =>
        [.. passages.Where(passage => passage.Kind == "term").SelectMany(passage => passage.Text.Split(':', 2)[0].Split(", "))
            .Where(term => term.Length is > 3 and < 40).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(term => term.Length)];

    /// <summary>
    /// Lenient: case, accents, punctuation, articles and other words around it don't count; an ending more or less, or a slip of one letter in five, is forgiven.
    /// </summary>
    public static bool IsRight(string reply, string missing)
    {
        var (said, wanted) = (Words(reply), Words(missing));
        if (wanted.Length == 0 || said.Length < wanted.Length)
            return false;
        return Enumerable.Range(0, said.Length - wanted.Length + 1).Any(start => wanted.Select((word, i) => IsNear(said[start + i], word)).All(near => near));
    }

    /// <summary>Where the word begins in the text, as a whole word in any case; -1 if nowhere.</summary>
    public static int FindWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var (before, after) = (at == 0 ? ' ' : text[at - 1], at + word.Length >= text.Length ? ' ' : text[at + word.Length]);
            if (!char.IsLetterOrDigit(before) && !char.IsLetterOrDigit(after) && before != '-' && after != '-')
                return at;
        }
        return -1;
    }

    // "Variable: A variable is a letter …" gives its second part: the first would give the answer away.
    private static string Definition(Passage passage) => passage.Kind == "term" ? passage.Text.Split(": ", 2)[^1] : passage.Text;

    private static bool IsSuitable(string sentence) => sentence.Length is >= ShortestSentence and <= LongestSentence && !sentence.EndsWith('?') && !sentence.Contains('\n', StringComparison.Ordinal)
        && !sentence.Contains(Cloze.Gap, StringComparison.Ordinal) && sentence.Count(char.IsLetter) > sentence.Length / 2;

    private static string[] Words(string text)
    {
        var plain = text.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark).Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        return new string([.. plain]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsNear(string said, string wanted)
    {
        if (said == wanted)
            return true;
        if (wanted.Any(char.IsDigit) || wanted.Length < 4)
            return false;
        var (shorter, longer) = said.Length < wanted.Length ? (said, wanted) : (wanted, said);
        if (shorter.Length >= 4 && longer.Length - shorter.Length <= 2 && longer.StartsWith(shorter, StringComparison.Ordinal))
            return true;
        return Distance(said, wanted) <= wanted.Length / 5;
    }

    // Levenshtein's distance.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
