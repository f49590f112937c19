namespace Lectern.Costs.Planning.Reports;

/// <summary>A plan's result as text in tables, for those who write it out.</summary>
internal sealed record Report(string Title, IReadOnlyList<string> Lead, IReadOnlyList<ReportSection> Sections);

/// <summary>A headline with sentences and a table; each may be missing.</summary>
internal sealed record ReportSection(string Title, IReadOnlyList<string> Sentences, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<ReportRow> Rows);

/// <param name="IsNumber">Set to the end of the line.</param>
internal sealed record ReportColumn(string Title, bool IsNumber = false);

internal sealed record ReportRow(ReportRowKind Kind, IReadOnlyList<string> Cells)
{
    public static ReportRow Of(params IReadOnlyList<string> cells) => new(ReportRowKind.Plain, cells);

    /// <summary>Begins a group; the last cell holds its sum.</summary>
    public static ReportRow Group(params IReadOnlyList<string> cells) => new(ReportRowKind.Group, cells);

    public static ReportRow Total(params IReadOnlyList<string> cells) => new(ReportRowKind.Total, cells);

    /// <summary>A sentence to the row above.</summary>
    public static ReportRow Note(string text) => new(ReportRowKind.Note, [text]);
}

internal enum ReportRowKind
{
    Plain,
    Group,
    Total,
    Note,
}
