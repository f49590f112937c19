using System.Collections.Frozen;

namespace Lectern.Courses.Reading;

/// <summary>Cuts plain text into sentences without being fooled by decimals, abbreviations, initials and German ordinals.</summary>
public static class Sentences
{
    private static readonly FrozenSet<string> English = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "e.g", "i.e", "cf", "vs", "approx", "ca", "fig", "figs", "eq", "eqs", "no", "nos", "vol", "ch", "sec", "p", "pp", "dr", "mr", "mrs", "ms", "prof", "st", "jr", "sr", "al", "viz", "resp", "incl", "ed", "eds");

    private static readonly FrozenSet<string> German = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "z.b", "z", "b", "d.h", "d", "h", "u.a", "u", "v.a", "o.ä", "bzw", "ca", "vgl", "abb", "tab", "nr", "bd", "kap", "s", "ff", "dr", "prof", "hr", "fr", "evtl", "ggf", "sog", "inkl", "usf", "max", "min", "gem", "bspw");

    // Only in front of a number: "no. 5" is a reference, "The answer is no. He left" is not.
    private static readonly FrozenSet<string> BeforeNumbers = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "no", "nos", "p", "pp", "ch", "sec", "fig", "figs", "vol", "eq", "eqs", "abb", "tab", "nr", "s", "max", "min", "ca");

    /// <param name="text">Lines end a sentence too, as in the text of a list.</param>
    /// <param name="language">BCP 47; German has its own abbreviations, every other language takes the English ones.</param>
    public static IReadOnlyList<string> Split(string text, string language)
    {
        var isGerman = language.StartsWith("de", StringComparison.OrdinalIgnoreCase);
        var sentences = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n') { Add(sentences, text, ref start, i); continue; }
            if (text[i] is not ('.' or '!' or '?' or '…')) continue;
            var end = i + 1;
            while (end < text.Length && text[end] is '.' or '!' or '?' or '…') end++;
            while (end < text.Length && text[end] is '"' or '\'' or '”' or '’' or '“' or '»' or ')' or ']') end++;
            if (end >= text.Length || char.IsWhiteSpace(text[end]))
            {
                if (Ends(text, start, i, end, isGerman)) Add(sentences, text, ref start, end);
            }
            i = end - 1;
        }
        Add(sentences, text, ref start, text.Length);
        return sentences;
    }

    private static void Add(List<string> to, string text, ref int start, int end)
    {
        var sentence = text[start..end].Trim();
        if (sentence.Length > 0) to.Add(sentence);
        start = end;
    }

    private static bool Ends(string text, int start, int mark, int end, bool isGerman)
    {
        var next = end;
        while (next < text.Length && (char.IsWhiteSpace(text[next]) || text[next] is '"' or '“' or '„' or '«' or '(' or '\'')) next++;
        if (next >= text.Length) return true;
        if (char.IsLower(text[next])) return false;
        if (text[mark] != '.' || end - mark > 1) return true;

        var wordStart = mark;
        while (wordStart > start && (char.IsLetterOrDigit(text[wordStart - 1]) || (text[wordStart - 1] == '.' && wordStart - 1 > start && char.IsLetterOrDigit(text[wordStart - 2])))) wordStart--;
        var word = text[wordStart..mark];
        if (word.Length == 0) return true;
        if (IsInitial(text, start, wordStart, word)) return false;
        if (isGerman && word.Length <= 2 && word.All(char.IsAsciiDigit)) return false;
        return !IsAbbreviation(word, isGerman, char.IsAsciiDigit(text[next]));
    }

    private static bool IsAbbreviation(string word, bool isGerman, bool beforeNumber)
    {
        if (BeforeNumbers.Contains(word)) return beforeNumber;
        return (isGerman ? German : English).Contains(word);
    }

    // "Francis H. C. Crick" goes on; "vitamin C. It" ends.
    private static bool IsInitial(string text, int start, int wordStart, string word)
    {
        if (word.Length != 1 || !char.IsUpper(word[0])) return word.Length > 1 && word[^2] == '.' && char.IsUpper(word[^1]) && char.IsUpper(word[0]);
        var before = wordStart - 1;
        while (before >= start && char.IsWhiteSpace(text[before])) before--;
        if (before < start) return true;
        while (before > start && char.IsLetter(text[before - 1])) before--;
        return char.IsUpper(text[before]) || text[before] == '.';
    }
}
