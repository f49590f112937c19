using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>A row of one column, as far as sums are concerned.</summary>
/// <param name="Value">Null: the amount is open ("$58,000 + staff"), and nothing that contains it can be checked.</param>
internal sealed record SumLine(CostRow Row, Figure? Figure, Extent? Value, RowRole Role)
{
    /// <summary>Index of the alternative pairs in which this row is the other one; empty for most rows.</summary>
    public bool IsOther { get; init; }

    public bool IsOptional { get; init; }

    /// <summary>"low", "high": the row holds under that assumption only.</summary>
    public string? Scenario { get; init; }

    public decimal PercentOff { get; init; }

    public bool IsSum => Role is RowRole.Subtotal or RowRole.Total;
}
