using System.Globalization;

namespace Lectern.Courses.Search;

/// <summary>Cuts text into the words that are counted: runs of letters and digits, in lower case, without their genitive.</summary>
internal static class CourseWords
{
    private const int LongestWord = 40;

    public static IEnumerable<string> Of(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && IsPartOfWord(text, i))
            {
                start = start < 0 ? i : start;
                continue;
            }
            if (start >= 0 && i - start <= LongestWord)
                yield return Normalised(text.AsSpan(start, i - start));
            start = -1;
        }
    }

    private static bool IsPartOfWord(string text, int at) => char.IsLetterOrDigit(text[at]) || CharUnicodeInfo.GetUnicodeCategory(text[at]) == UnicodeCategory.NonSpacingMark
        || (text[at] is '\'' or '’' && at > 0 && at + 1 < text.Length && char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]));

    private static string Normalised(ReadOnlySpan<char> word)
    {
        var apostrophe = word.IndexOfAny('\'', '’');
        return word[..(apostrophe > 0 ? apostrophe : word.Length)].ToString().ToLowerInvariant();
    }
}
