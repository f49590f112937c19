using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>The low end of a range lies not above its high end.</summary>
internal sealed class RangeChecks : IAuditCheck
{
    public void Check(AuditScope scope)
    {
        foreach (var table in scope.Content.Tables)
        {
            var lows = table.Amounts.Where(column => column.Bound == Bound.Low).ToList();
            foreach (var row in table.Rows)
            {
                foreach (var cell in row.Cells.Where(cell => cell.Lead is { IsReversed: true, IsMoney: true }))
                    Report(scope, row, cell.Lead!.Value.Low, cell.Lead.Value.High, cell.Lead.Currency); // filtered above
                foreach (var low in lows)
                    CheckPair(scope, table, row, low);
            }
        }
    }

    private static void CheckPair(AuditScope scope, CostTable table, CostRow row, CostColumn low)
    {
        var high = table.Amounts.FirstOrDefault(column => column.Bound == Bound.High && column.Index > low.Index);
        if (high is not null && row[low].Lead is { } from && row[high].Lead is { } to && from.Value.Low > to.Value.High)
            Report(scope, row, from.Value.Low, to.Value.High, from.Currency);
    }

    private static void Report(AuditScope scope, CostRow row, decimal low, decimal high, string? currency) =>
        scope.Report(row.Line, FindingKind.RangeOrder, Certainty.Certain, row.Label, Extent.Of(low), Extent.Of(high), currency, "The low end lies above the high end.");
}
