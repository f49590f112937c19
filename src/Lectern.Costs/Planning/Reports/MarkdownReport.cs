using System.Text;

namespace Lectern.Costs.Planning.Reports;

/// <summary>A report as Markdown with tables.</summary>
internal static class MarkdownReport
{
    public static string Write(Report report)
    {
        var text = new StringBuilder($"# {Plain(report.Title)}\n\n{string.Join("\n\n", report.Lead.Select(Plain))}\n");
        foreach (var section in report.Sections)
        {
            text.Append($"\n## {Plain(section.Title)}\n\n");
            if (section.Rows.Count > 0)
                Table(text, section);
            foreach (var sentence in section.Sentences)
                text.Append($"- {Plain(sentence)}\n");
        }
        return text.ToString();
    }

    private static void Table(StringBuilder text, ReportSection section)
    {
        text.Append($"| {string.Join(" | ", section.Columns.Select(column => column.Title))} |\n|{string.Concat(section.Columns.Select(column => column.IsNumber ? "---:|" : "---|"))}\n");
        foreach (var row in section.Rows)
        {
            var cells = row.Cells.Concat(Enumerable.Repeat("", section.Columns.Count - row.Cells.Count)).Select(cell => Plain(cell.Trim()));
            text.Append($"| {string.Join(" | ", row.Kind switch { ReportRowKind.Group or ReportRowKind.Total => cells.Select(cell => cell.Length == 0 ? "" : $"**{cell}**"), ReportRowKind.Note => cells.Select(cell => cell.Length == 0 ? "" : $"*{cell}*"), _ => cells })} |\n");
        }
        text.Append('\n');
    }

    private static string Plain(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace('\n', ' ');
}
