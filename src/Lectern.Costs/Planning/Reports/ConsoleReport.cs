using System.Text;

namespace Lectern.Costs.Planning.Reports;

/// <summary>A report for terminals of a hundred columns.</summary>
internal static class ConsoleReport
{
    private const int Width = 100;
    private const string Gap = "  ";

    public static string Write(Report report)
    {
        var text = new StringBuilder().AppendLine(report.Title);
        foreach (var line in report.Lead)
            Wrap(text, line, "");
        foreach (var section in report.Sections)
        {
            text.AppendLine().AppendLine(section.Title).AppendLine(new string('─', Math.Min(Width, section.Title.Length)));
            if (section.Rows.Count > 0)
                Table(text, section);
            foreach (var sentence in section.Sentences)
                Wrap(text, sentence, "· ");
        }
        return text.ToString();
    }

    private static void Table(StringBuilder text, ReportSection section)
    {
        var widths = Widths(section);
        Row(text, section, widths, [.. section.Columns.Select(column => column.Title)]);
        foreach (var row in section.Rows)
        {
            if (row.Kind == ReportRowKind.Note)
                Wrap(text, row.Cells[0], "    ");
            else
                Cells(text, section, widths, row);
        }
    }

    private static void Cells(StringBuilder text, ReportSection section, int[] widths, ReportRow row)
    {
        if (row.Kind == ReportRowKind.Total)
            text.AppendLine(new string('─', widths.Sum() + Gap.Length * (widths.Length - 1)));
        Row(text, section, widths, row.Cells);
    }

    private static void Row(StringBuilder text, ReportSection section, int[] widths, IReadOnlyList<string> cells)
    {
        var line = new StringBuilder();
        for (var index = 0; index < cells.Count; index++)
        {
            var cell = Cut(cells[index], widths[index]);
            line.Append(index == 0 ? "" : Gap).Append(section.Columns[index].IsNumber ? cell.PadLeft(widths[index]) : cell.PadRight(widths[index]));
        }
        text.AppendLine(line.ToString().TrimEnd());
    }

    // As wide as needed; where that is too wide the first column, which holds names, gives way and is cut.
    private static int[] Widths(ReportSection section)
    {
        var rows = section.Rows.Where(row => row.Kind != ReportRowKind.Note).ToList();
        var widths = section.Columns.Select((column, index) => Math.Max(column.Title.Length, rows.Max(row => index < row.Cells.Count ? row.Cells[index].Length : 0))).ToArray();
        var over = widths.Sum() + Gap.Length * (widths.Length - 1) - Width;
        if (over > 0)
            widths[0] = Math.Max(16, widths[0] - over);
        return widths;
    }

    private static string Cut(string text, int width) => text.Length <= width ? text : string.Concat(text.AsSpan(0, Math.Max(0, width - 1)), "…");

    private static void Wrap(StringBuilder text, string sentence, string mark)
    {
        var line = new StringBuilder(mark);
        foreach (var word in sentence.Split(' '))
        {
            if (line.Length + word.Length > Width)
            {
                text.AppendLine(line.ToString().TrimEnd());
                line.Clear().Append(' ', mark.Length);
            }
            line.Append(word).Append(' ');
        }
        text.AppendLine(line.ToString().TrimEnd());
    }
}
