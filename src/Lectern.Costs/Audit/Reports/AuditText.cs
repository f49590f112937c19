using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lectern.Costs.Audit.Reports;

/// <summary>How an audit is written out.</summary>
public enum AuditFormat
{
    Table,
    Json,
    Csv,
}

/// <summary>Writes an audit for a terminal, for programs and for spreadsheets.</summary>
internal static class AuditText
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(AuditResult audit, AuditFormat format) => format switch
    {
        AuditFormat.Json => ToJson(audit),
        AuditFormat.Csv => ToCsv(audit),
        _ => ToTable(audit),
    };

    private static string ToTable(AuditResult audit)
    {
        var text = new StringBuilder();
        foreach (var finding in audit.Findings)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{finding.File}:{finding.Line}  {FindingNames.Of(finding.Kind)} ({FindingNames.Of(finding.Certainty)})  {finding.Item}");
            if (finding.Stated is { } stated)
                text.Append(CultureInfo.InvariantCulture, $"    stated {Money(stated, finding.Currency)}");
            if (finding.Computed is { } computed)
                text.Append(CultureInfo.InvariantCulture, $", computed {Money(computed, finding.Currency)}, difference {Money(finding.Difference!.Value, finding.Currency)}"); // both amounts are there
            text.AppendLine(finding.Stated is null ? $"    {FindingNames.Explain(finding)}" : $". {FindingNames.Explain(finding)}");
        }
        if (audit.Findings.Count > 0)
            text.AppendLine();
        foreach (var estimate in audit.Estimates.Where(estimate => estimate.Repaired > 0))
            text.AppendLine(CultureInfo.InvariantCulture, $"{estimate.Name}: {(estimate.Repaired == 1 ? "1 character was encoded twice and has" : $"{estimate.Repaired} characters were encoded twice and have")} been put right (\"Ã—\" is \"×\").");
        foreach (var estimate in audit.Estimates.Where(estimate => estimate.IsWindows1252))
            text.AppendLine(CultureInfo.InvariantCulture, $"{estimate.Name}: not UTF-8; read as Windows-1252.");
        foreach (var file in audit.Zeros.GroupBy(zero => zero.File))
            text.AppendLine(CultureInfo.InvariantCulture, $"{file.Key}: prices or amounts of zero, counted as they stand: line{(file.Count() == 1 ? "" : "s")} {string.Join(", ", file.Select(zero => zero.Line))}.");
        foreach (var (kind, count) in audit.Counts)
            text.AppendLine(CultureInfo.InvariantCulture, $"{count,5}  {FindingNames.Of(kind)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{audit.Findings.Count,5}  {(audit.Findings.Count == 1 ? "report" : "reports")} on {Counted(audit.Tables, "table")} and {Counted(audit.Lists, "list")} in {Counted(audit.Estimates.Count, "file")}");
        return text.ToString();
    }

    private static string Counted(int count, string one) => count == 1 ? $"1 {one}" : $"{count} {one}s";

    private static string ToJson(AuditResult audit) => JsonSerializer.Serialize(new
    {
        files = audit.Estimates.Select(estimate => new { name = estimate.Name, repairedCharacters = estimate.Repaired, readAsWindows1252 = estimate.IsWindows1252 }),
        tables = audit.Tables,
        lists = audit.Lists,
        findings = audit.Findings.Select(finding => new
        {
            file = finding.File, line = finding.Line, kind = FindingNames.Word(finding.Kind), certainty = FindingNames.Of(finding.Certainty), item = finding.Item, currency = finding.Currency,
            stated = Ends(finding.Stated), computed = Ends(finding.Computed), difference = Ends(finding.Difference), explanation = FindingNames.Explain(finding),
        }),
        zeros = audit.Zeros.Select(zero => new { file = zero.File, line = zero.Line, item = zero.Item }),
        counts = audit.Counts.ToDictionary(count => FindingNames.Word(count.Kind), count => count.Count),
    }, Json) + Environment.NewLine;

    private static string ToCsv(AuditResult audit)
    {
        var text = new StringBuilder("file,line,kind,certainty,item,currency,stated_low,stated_high,computed_low,computed_high,difference_low,difference_high,explanation\n");
        foreach (var finding in audit.Findings)
        {
            string[] fields =
            [
                finding.File, finding.Line.ToString(CultureInfo.InvariantCulture), FindingNames.Word(finding.Kind), FindingNames.Of(finding.Certainty), finding.Item, finding.Currency ?? "", Number(finding.Stated?.Low), Number(finding.Stated?.High),
                Number(finding.Computed?.Low), Number(finding.Computed?.High), Number(finding.Difference?.Low), Number(finding.Difference?.High), FindingNames.Explain(finding),
            ];
            text.AppendJoin(',', fields.Select(Quoted)).Append('\n');
        }
        return text.ToString();
    }

    private static decimal[]? Ends(Reading.Extent? value) => value is { } extent ? [extent.Low, extent.High] : null;

    private static string Number(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Money(Reading.Extent value, string? currency) => $"{Amounts.Plain(value)}{(currency is null ? "" : " " + currency)}";

    // A text that begins like a formula would be one in a spreadsheet; the estimate is not ours.
    private static string Quoted(string field)
    {
        var safe = field.Length > 0 && field[0] is '=' or '+' or '@' || field.Length > 1 && field[0] == '-' && !char.IsAsciiDigit(field[1]) ? "'" + field : field;
        return safe.AsSpan().ContainsAny(",\"\n\r") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
