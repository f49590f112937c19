namespace Lectern.Courses.Search;

/// <summary>Cuts text into the words that are counted: runs of letters without their genitive, and runs of digits, in lower case. "7x²" is 7, x and 2.</summary>
internal static class CourseWords
{
    private const int LongestWord = 40;

    // PostgreSQL's lists of stop words lack those that only questions have.
    private static readonly Dictionary<string, string[]> Asking = new(StringComparer.OrdinalIgnoreCase)
    {
        ["de"] = ["warum", "wieso", "weshalb", "wozu", "wie", "was", "wer", "wo", "wann", "woher", "wohin", "welche", "welcher", "welches", "eigentlich", "genau", "bedeutet", "heißt"],
        ["en"] = ["actually", "exactly", "really", "please"],
        ["es"] = ["qué", "cómo", "cuándo", "dónde", "cuál", "quién"],
        ["fr"] = ["pourquoi", "comment", "quand", "où", "quel", "quelle", "combien", "est", "ce"],
    };

    /// <summary>Whether a question's word says only that something is asked.</summary>
    public static bool IsAsking(string word, string language) => Asking.TryGetValue(language.Split('-')[0], out var words) && words.Contains(word, StringComparer.Ordinal);

    public static IEnumerable<string> Of(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            if (char.IsLetter(text[i]))
            {
                while (i < text.Length && IsInWord(text, i))
                    i++;
                if (i - start <= LongestWord)
                    yield return WithoutGenitive(text[start..i]);
            }
            else if (char.IsDigit(text[i]))
            {
                while (i < text.Length && char.IsDigit(text[i]))
                    i++;
                if (i - start <= LongestWord)
                    yield return text[start..i];
            }
            else
            {
                if (text[i] is '²' or '³')
                    yield return text[i] == '²' ? "2" : "3";
                i++;
            }
        }
    }

    private static bool IsInWord(string text, int at) => char.IsLetter(text[at]) || char.GetUnicodeCategory(text[at]) == System.Globalization.UnicodeCategory.NonSpacingMark
        || (text[at] is '\'' or '’' && at + 1 < text.Length && char.IsLetter(text[at + 1]));

    private static string WithoutGenitive(string word)
    {
        var apostrophe = word.AsSpan().IndexOfAny('\'', '’');
        return (apostrophe > 0 ? word[..apostrophe] : word).ToLowerInvariant();
    }
}
