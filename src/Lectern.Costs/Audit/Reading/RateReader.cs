namespace Lectern.Costs.Audit.Reading;

/// <summary>What a price is for: "/GB", "/1M messages", "per million connection minutes", "pro Monat".</summary>
internal static class RateReader
{
    private static readonly string[] Words = ["per ", "pro ", "par ", "por ", "je ", "a ", "each "];

    public static bool TryRead(string text, int at, out Rate rate, out int next)
    {
        rate = default;
        next = Start(text, at);
        if (next < 0)
            return false;
        var count = Count(text, ref next);
        var unit = Unit(text, ref next);
        if (unit.Length == 0 && count == 1)
            return false;
        var (plain, scale, _) = unit.Length > 0 ? Units.Plain(unit) : ("", 1m, 1m);
        rate = new Rate(count * scale, plain);
        return true;
    }

    private static int Start(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\u00A0' or '*')
            at++;
        if (at >= text.Length)
            return -1;
        if (text[at] == '/')
            return at + 1;
        foreach (var word in Words)
        {
            if (string.CompareOrdinal(text, at, word, 0, word.Length) == 0)
                return at + word.Length;
        }
        return -1;
    }

    private static decimal Count(string text, ref int next)
    {
        while (next < text.Length && text[next] == ' ')
            next++;
        var count = 1m;
        if (next < text.Length && char.IsAsciiDigit(text[next]))
        {
            var end = NumberText.EndOfRun(text, next);
            if (NumberText.TryRead(text.AsSpan(next, end - next), NumberConvention.Point, commaIsThousands: true, out var value, out _, out _) && value > 0)
                count = value;
            next = end;
        }
        var word = WordAt(text, next + (next < text.Length && text[next] == ' ' ? 1 : 0));
        if (Units.ScaleOf(word) is { } scale && (word.Length > 1 || word is "K" or "k" or "M" && text[Math.Max(0, next - 1)] != ' '))
        {
            next += word.Length + (next < text.Length && text[next] == ' ' ? 1 : 0);
            count *= scale;
        }
        return count;
    }

    // "connection minutes" counts minutes; "GB stored" counts GB: a known unit wins, else the last of two words.
    private static string Unit(string text, ref int next)
    {
        var start = next < text.Length && text[next] == ' ' ? next + 1 : next;
        var first = WordAt(text, start);
        if (first.Length == 0)
            return "";
        next = start + first.Length;
        if (Units.IsKnown(first) || next >= text.Length || text[next] != ' ')
            return first;
        var second = WordAt(text, next + 1);
        if (!Units.IsKnown(second))
            return first;
        next += 1 + second.Length;
        return second;
    }

    private static string WordAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && (char.IsLetter(text[end]) || text[end] == '-' && end > at && end + 1 < text.Length && char.IsLetter(text[end + 1])))
            end++;
        return end > at ? text[at..end] : "";
    }
}
