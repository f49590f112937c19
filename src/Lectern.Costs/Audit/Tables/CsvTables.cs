using CsvHelper;
using Lectern.Costs.Audit.Reading;

namespace Lectern.Costs.Audit.Tables;

/// <summary>Finds tables in values separated by commas, semicolons, tabs or bars; an empty line begins another table.</summary>
internal static class CsvTables
{
    private const int LargestRecord = 100_000;

    public static void Read(EstimateText source, EstimateContent content)
    {
        var options = new CsvReaderOptions { Separator = SeparatorOf(source.Text), HasHeader = false, SkipEmptyLines = false, TrimWhitespace = true, TrackLineNumbers = true, MaxRecordSize = LargestRecord };
        using var reader = CsvReader.FromText(source.Text, options);
        var block = new List<RawRow>();
        try
        {
            while (reader.Read())
            {
                var fields = new string[reader.FieldCount];
                for (var at = 0; at < fields.Length; at++)
                    fields[at] = reader.GetString(at);
                if (!Array.TrueForAll(fields, string.IsNullOrWhiteSpace))
                    block.Add(new RawRow((int)reader.LineNumber, fields));
                else
                    Close(block, source, content);
            }
        }
        catch (CsvFormatException failure)
        {
            (content.Unreadable, content.UnreadableLine) = ("A record is too long; perhaps a quotation mark is not closed.", (int)failure.LineNumber);
        }
        Close(block, source, content);
        if (content.Unreadable is null && Scan(source.Text).OpenQuote is { } open)
            (content.Unreadable, content.UnreadableLine) = ("A quotation mark is not closed: what follows it is one cell.", open);
    }

    /// <summary>The cells one beneath the other, without the marks that part them.</summary>
    public static string CellsOf(string text) => Scan(text).Cells;

    // RFC 4180: a quotation mark opens at the beginning of a cell only; doubled it stands for itself.
    private static (string Cells, int? OpenQuote) Scan(string text)
    {
        var separator = SeparatorOf(text);
        var cells = new char[text.Length];
        var (line, opened, isQuoted, isFirst) = (1, 0, false, true);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter == '"' && (isFirst || isQuoted))
                (isQuoted, opened) = (!isQuoted || at + 1 < text.Length && text[at + 1] == '"' && ++at > 0, isQuoted ? opened : line);
            else if (letter == separator && !isQuoted)
                letter = '\n';
            line += text[at] == '\n' ? 1 : 0;
            isFirst = letter == '\n' && !isQuoted;
            cells[at] = letter;
        }
        return (new string(cells).Replace('\0', ' '), isQuoted ? opened : null);
    }

    private static void Close(List<RawRow> block, EstimateText source, EstimateContent content)
    {
        var head = block.FindIndex(row => row.Cells.Count(cell => cell.Length > 0) > 1);
        if (head >= 0 && block.Count - head > 1 && CostTables.TryRead(new RawTable(block[head].Line, block[head].Cells, block[(head + 1)..]), source.Convention) is { } table)
            content.Tables.Add(table);
        block.Clear();
    }

    // The mark that stands most often in every one of the first lines: a comma within "1.234,50" stands in some of them only.
    private static char SeparatorOf(string text)
    {
        var lines = text.Split('\n', 8).Take(7).Where(line => line.Length > 0).ToList();
        return ";\t|,".MaxBy(mark => lines.Count == 0 ? 0 : lines.Min(line => line.Count(letter => letter == mark)) * 100 + lines.Max(line => line.Count(letter => letter == mark)));
    }
}
