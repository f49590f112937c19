using System.Globalization;

namespace Lectern.Costs.Audit.Reading;

/// <summary>Digits with their separators: "1,234.50", "1.234,50", "1'234", "12,50,000", "8 225,00".</summary>
internal static class NumberText
{
    private const int LongestRun = 40;

    /// <summary>The end of the digits and separators that begin at <paramref name="at"/>; a separator belongs only where a digit follows.</summary>
    public static int EndOfRun(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < LongestRun)
        {
            if (char.IsAsciiDigit(text[end]))
                end++;
            else if (IsMark(text[end]) && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]) || IsGroupGap(text, end))
                end++;
            else
                break;
        }
        return end;
    }

    /// <summary>
    /// What a run says of the decimal mark: '.' or ',' is that mark; 'p' and 'c' could be either ("1.234", "1,234"); '\0' says nothing.
    /// </summary>
    public static char Evidence(ReadOnlySpan<char> run)
    {
        var (points, commas) = (run.Count('.'), run.Count(','));
        if (points > 0 && commas > 0)
            return run.LastIndexOf('.') > run.LastIndexOf(',') ? commas > 0 && points == 1 ? '.' : '\0' : commas == 1 ? ',' : '\0';
        if (points + commas != 1)
            return points > 1 && AreGroups(run, '.') ? ',' : commas > 1 && AreGroups(run, ',') ? '.' : '\0';
        var mark = points == 1 ? '.' : ',';
        var at = run.IndexOf(mark);
        if (run.Length - at - 1 != 3 || at > 3 || run[0] == '0')
            return run.Length - at - 1 <= 2 || run[0] == '0' ? mark : '\0';
        return mark == '.' ? 'p' : 'c';
    }

    /// <summary>Reads a run. False where it is no number, such as a version or an address ("1.2.3").</summary>
    public static bool TryRead(ReadOnlySpan<char> run, NumberConvention convention, bool commaIsThousands, out decimal value, out int decimals, out bool isAmbiguous)
    {
        (value, decimals, isAmbiguous) = (0, 0, false);
        var evidence = Evidence(run);
        var mark = evidence;
        if (evidence is 'p' or 'c')
        {
            var written = evidence == 'p' ? '.' : ',';
            isAmbiguous = convention.DecimalMark is null && !(written == ',' && commaIsThousands);
            mark = convention.DecimalMark == written ? written : written == '.' ? ',' : '.';
        }
        if (evidence == '\0' && run.IndexOfAny('.', ',') >= 0)
        {
            if (run.Count('.') + run.Count(',') != 1)
                return false;
            mark = run.IndexOf('.') >= 0 ? '.' : ',';
        }
        return TryRead(run, mark, out value, out decimals);
    }

    private static bool TryRead(ReadOnlySpan<char> run, char mark, out decimal value, out int decimals)
    {
        Span<char> plain = stackalloc char[run.Length];
        var length = 0;
        decimals = 0;
        var isAfterMark = false;
        foreach (var letter in run)
        {
            if (char.IsAsciiDigit(letter))
            {
                plain[length++] = letter;
                decimals += isAfterMark ? 1 : 0;
            }
            else if (letter == mark)
            {
                plain[length++] = '.';
                isAfterMark = true;
            }
        }
        return decimal.TryParse(plain[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    private static bool IsMark(char letter) => letter is '.' or ',' or '\'' or '’';

    // A gap groups thousands only where exactly three digits follow and one to three stand before: "8 225,00".
    private static bool IsGroupGap(ReadOnlySpan<char> text, int at)
    {
        if (text[at] is not (' ' or '\u00A0' or '\u202F' or '\u2009') || at == 0 || at + 3 >= text.Length)
            return false;
        var before = 0;
        while (before < at && char.IsAsciiDigit(text[at - 1 - before]))
            before++;
        if (before is 0 or > 3 || !char.IsAsciiDigit(text[at + 1]) || !char.IsAsciiDigit(text[at + 2]) || !char.IsAsciiDigit(text[at + 3]))
            return false;
        if (at + 4 < text.Length && char.IsAsciiDigit(text[at + 4]))
            return false;
        return text[at] != ' ' || HasMoneyAfter(text, at + 4);
    }

    // An ordinary blank groups digits only in an amount of money: decimals or a currency follow, or another group.
    private static bool HasMoneyAfter(ReadOnlySpan<char> text, int at)
    {
        var rest = text[at..];
        if (rest.Length > 2 && rest[0] == ',' && char.IsAsciiDigit(rest[1]))
            return true;
        rest = rest.TrimStart(" \u00A0\u202F");
        return rest.Length > 0 && (Currencies.IsSymbol(rest[0]) || rest.StartsWith("EUR") || rest.StartsWith("CHF") || rest.StartsWith("kr") || rest.StartsWith("zł"))
            || text[at..].Length > 3 && text[at] == ' ' && char.IsAsciiDigit(text[at + 1]) && IsGroupGap(text, at);
    }

    private static bool AreGroups(ReadOnlySpan<char> run, char mark)
    {
        var last = run.LastIndexOf(mark);
        if (run.Length - last - 1 != 3)
            return false;
        var rest = run[..last];
        for (var at = rest.IndexOf(mark); at >= 0; rest = rest[(at + 1)..], at = rest.IndexOf(mark))
        {
            if (at is 0 or > 3)
                return false;
        }
        return rest.Length is 2 or 3;
    }
}
