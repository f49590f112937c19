using System.Net;
using System.Text;

namespace Lectern.Costs.Planning.Reports;

/// <summary>A report as one HTML file to keep, mail or print.</summary>
internal static class HtmlReport
{
    private const string Style = """
        :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; } body { max-inline-size: 72rem; margin: 2rem auto; padding-inline: 1rem; }
        table { border-collapse: collapse; inline-size: 100%; font-variant-numeric: tabular-nums; } th, td { padding: .3rem .6rem; text-align: start; vertical-align: top; border-block-end: 1px solid #8884; }
        .number { text-align: end; white-space: nowrap; } .group > *, .total > * { font-weight: 600; } .total > * { border-block-start: 2px solid; } .note td { font-size: .9rem; opacity: .75; border: 0; padding-block-start: 0; } tr:has(+ .note) > * { border: 0; }
        @media print { body { margin: 0; max-inline-size: none; font-size: 9pt; } tr { break-inside: avoid; } }
        """;

    public static string Write(Report report)
    {
        var text = new StringBuilder($"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{Safe(report.Title)}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<h1>{Safe(report.Title)}</h1>\n");
        foreach (var line in report.Lead)
            text.Append($"<p>{Safe(line)}</p>\n");
        foreach (var section in report.Sections)
        {
            text.Append($"<h2>{Safe(section.Title)}</h2>\n");
            if (section.Rows.Count > 0)
                Table(text, section);
            if (section.Sentences.Count > 0)
                text.Append($"<ul>\n{string.Concat(section.Sentences.Select(sentence => $"<li>{Safe(sentence)}</li>\n"))}</ul>\n");
        }
        return text.Append("</body>\n</html>\n").ToString();
    }

    private static void Table(StringBuilder text, ReportSection section)
    {
        text.Append($"<table>\n<thead><tr>{string.Concat(section.Columns.Select(column => $"<th scope=\"col\"{Class(column)}>{Safe(column.Title)}</th>"))}</tr></thead>\n<tbody>\n");
        foreach (var row in section.Rows)
        {
            text.Append(row.Kind == ReportRowKind.Note
                ? $"<tr class=\"note\"><td colspan=\"{section.Columns.Count}\">{Safe(row.Cells[0])}</td></tr>\n"
                : $"<tr class=\"{row.Kind switch { ReportRowKind.Group => "group", ReportRowKind.Total => "total", _ => "plain" }}\">{string.Concat(row.Cells.Select((cell, index) => $"<td{Class(section.Columns[index])}>{Safe(cell)}</td>"))}</tr>\n");
        }
        text.Append("</tbody>\n</table>\n");
    }

    private static string Class(ReportColumn column) => column.IsNumber ? " class=\"number\"" : "";

    private static string Safe(string text) => WebUtility.HtmlEncode(text.Trim());
}
