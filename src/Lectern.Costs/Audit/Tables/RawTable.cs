namespace Lectern.Costs.Audit.Tables;

/// <summary>A table as it was found, before anybody knows whether it is about money. Lines count from 1.</summary>
internal sealed record RawTable(int Line, IReadOnlyList<string> Headers, IReadOnlyList<RawRow> Rows)
{
    /// <summary>Where it stands: the headings above it, outermost first.</summary>
    public IReadOnlyList<string> Headings { get; init; } = [];
}

/// <summary>One row, with its markup still in it.</summary>
internal sealed record RawRow(int Line, IReadOnlyList<string> Cells);
