using Lectern.Costs.Audit.Reading;

namespace Lectern.Costs.Audit.Tables;

/// <summary>What a column is for.</summary>
internal enum ColumnRole
{
    /// <summary>Names, specifications, notes.</summary>
    Text,
    Quantity,
    UnitPrice,

    /// <summary>Money that may be added up.</summary>
    Amount,

    /// <summary>The sum of the amounts to its left.</summary>
    RowTotal,

    /// <summary>Cost per user, per call.</summary>
    PerHead,

    /// <summary>Compares two other columns.</summary>
    Difference,

    /// <summary>What is not charged: a free allowance.</summary>
    Allowance,
}

/// <summary>Which end of a range a column holds.</summary>
internal enum Bound
{
    Both,
    Low,
    High,
}

internal sealed record CostColumn(int Index, string Header, ColumnRole Role, Period Period, Bound Bound, string? Currency);

/// <summary>What a row is among the others.</summary>
internal enum RowRole
{
    Item,

    /// <summary>Reduces what stands above it.</summary>
    Saving,

    Subtotal,
    Total,

    /// <summary>A total under another assumption, beneath the first: "With reserved instances".</summary>
    OtherTotal,

    /// <summary>A year's total in a column of months.</summary>
    YearTotal,

    /// <summary>No amount: a heading within the table, or empty.</summary>
    Heading,
}

internal sealed record CostRow(int Line, IReadOnlyList<Cell> Cells, string Label, RowRole Role)
{
    /// <summary>Bold among rows that are not: perhaps a subtotal that isn't called one.</summary>
    public bool StandsOut { get; init; }

    public bool IsSum => Role is RowRole.Subtotal or RowRole.Total or RowRole.OtherTotal or RowRole.YearTotal;

    private string? _words;

    /// <summary>Every text of the row that holds no amount, in lower case.</summary>
    public string Words
    {
        get => _words ??= string.Join(" | ", Cells.Where(cell => cell.Kind is CellKind.Text or CellKind.Number && cell.Text.Length > 0).Select(cell => cell.Text)).ToLowerInvariant();
        init => _words = value;
    }

    public Cell this[CostColumn column] => column.Index < Cells.Count ? Cells[column.Index] : Cell.Empty;
}

/// <summary>A table or a list about money, with its columns and rows understood.</summary>
internal sealed record CostTable(int Line, IReadOnlyList<CostColumn> Columns, IReadOnlyList<CostRow> Rows)
{
    public IReadOnlyList<string> Headings { get; init; } = [];

    public bool IsList { get; init; }

    public IEnumerable<CostColumn> Of(ColumnRole role) => Columns.Where(column => column.Role == role);

    public IEnumerable<CostColumn> Amounts => Columns.Where(column => column.Role is ColumnRole.Amount or ColumnRole.RowTotal);
}
