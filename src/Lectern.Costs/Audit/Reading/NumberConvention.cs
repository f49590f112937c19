namespace Lectern.Costs.Audit.Reading;

/// <summary>Which mark a document writes before decimals, as its unambiguous numbers show: "1,234.50" and "0.09" say a point, "1.234,50" and "19,90" a comma.</summary>
internal sealed class NumberConvention
{
    private NumberConvention(char? decimalMark) => DecimalMark = decimalMark;

    /// <summary>Point, comma, or null where nothing settles it.</summary>
    public char? DecimalMark { get; }

    public static NumberConvention Point { get; } = new('.');

    public static NumberConvention Unknown { get; } = new(null);

    /// <summary>
    /// Reads every number of the text. A document that writes both ways follows its majority (three to one at least), else nothing is settled.
    /// </summary>
    public static NumberConvention Of(string text)
    {
        var (point, comma) = (0, 0);
        var (undecidedPoint, undecidedComma) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at]))
                continue;
            var end = NumberText.EndOfRun(text, at);
            if (at == 0 || !char.IsLetter(text[at - 1]) && text[at - 1] is not ('_' or '.'))
                Count(NumberText.Evidence(text.AsSpan(at, end - at)), text[at..end]);
            at = end;
        }
        // "4,920" and "5,340": three digits after the mark, every time, are thousands. Money with three decimals does not come alone.
        if (point + comma == 0)
            (point, comma) = (undecidedComma.Count > 1 ? 4 : 0, undecidedPoint.Count > 1 ? 4 : 0);
        return new(point > comma * 3 ? '.' : comma > point * 3 ? ',' : null);

        void Count(char evidence, string run)
        {
            _ = evidence switch
            {
                '.' => point++,
                ',' => comma++,
                'p' => undecidedPoint.Add(run) ? 1 : 0,
                'c' => undecidedComma.Add(run) ? 1 : 0,
                _ => 0,
            };
        }
    }
}
