using System.Globalization;

namespace Lectern.Voice.Phrases;

/// <summary>Classes of characters the phrase rules speak of.</summary>
internal static class Characters
{
    private const string Closers = ")]}\"'”’»›“«‹」』）】》〉";
    private const string Markers = "*_~`";

    public static bool IsSentenceEnd(char c) => c is '.' or '!' or '?' or '…' or '‼' or '⁇' or '⁈' or '⁉' or '؟' or '।';

    public static bool IsWideSentenceEnd(char c) => c is '。' or '！' or '？' or '｡';

    public static bool IsClauseMark(char c) => c is ',' or ';' or ':';

    public static bool IsWideClauseMark(char c) => c is '，' or '、' or '；' or '：';

    /// <summary>Quotes, brackets and emphasis marks that stay with the sentence they close. Any quotation mark that touches the
    /// end of a sentence closes: German closes with “ and » «, where English and French open.</summary>
    public static bool MayClose(char c) => Closers.Contains(c, StringComparison.Ordinal) || IsMarker(c);

    public static bool IsMarker(char c) => Markers.Contains(c, StringComparison.Ordinal);

    /// <summary>Marks that never begin a phrase, even behind a space, as in French "Pourquoi ?".</summary>
    public static bool MustNotBegin(char c) =>
        IsSentenceEnd(c) || IsWideSentenceEnd(c) || IsClauseMark(c) || IsWideClauseMark(c) || c is ')' or ']' or '}' or '”' or '」' or '』' or '）' or '%';

    /// <summary>No-break spaces hold a number and its unit, or a word and its mark, together.</summary>
    public static bool IsBreakingSpace(char c) => char.IsWhiteSpace(c) && c is not ('\u00A0' or '\u202F' or '\u2007');

    /// <summary>Scripts written without spaces (CJK ideographs, kana), where a long phrase may break between any two characters.</summary>
    public static bool IsIdeographic(char c) => c is >= '\u2E80' and <= '\u9FFF' and not (>= '\u3000' and <= '\u3020');

    /// <summary>Whether a cut before <paramref name="c"/> would tear one visible character into two.</summary>
    public static bool Continues(char before, char c) =>
        char.IsLowSurrogate(c) || before == '\u200D' || c == '\u200D' || before == '\r' && c == '\n'
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
