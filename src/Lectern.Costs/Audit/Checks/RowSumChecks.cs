using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>Columns headed "Subtotal" or "Total": the sum of the amounts to their left.</summary>
internal sealed class RowSumChecks : IAuditCheck
{
    public void Check(AuditScope scope)
    {
        foreach (var table in scope.Content.Tables.Where(table => !table.IsList))
        {
            foreach (var total in table.Of(ColumnRole.RowTotal))
                CheckColumn(scope, table, total);
        }
    }

    private static void CheckColumn(AuditScope scope, CostTable table, CostColumn total)
    {
        var wrong = new List<(CostRow Row, Extent Computed)>();
        var right = 0;
        foreach (var row in table.Rows.Where(row => row.Role != RowRole.Heading && row[total].Kind is CellKind.Amount or CellKind.Number && !row[total].IsOpen))
        {
            var stated = row[total].Lead!; // an amount or a number has its figure
            var sums = Sums(table, row, total).ToList();
            if (sums.Count == 0)
                continue;
            if (sums.Exists(sum => Agreement.OfSum(stated, sum, rowsShowCents: true, scope.Content.HasCents)))
                right++;
            else
                wrong.Add((row, sums[0]));
        }
        // Where hardly a row fits, the column is the total of something else.
        if (right == 0 || wrong.Count > right * 2)
            return;
        foreach (var (row, computed) in wrong)
            scope.Report(row.Line, FindingKind.RowSum, Certainty.Certain, row.Label, row[total].Lead!.Value, computed, row[total].Lead!.Currency ?? total.Currency, "The columns of the row add up to another sum."); // see above
    }

    // All plain amounts to the left, or the last subtotal and what follows it.
    private static IEnumerable<Extent> Sums(CostTable table, CostRow row, CostColumn total)
    {
        var left = table.Columns.Where(column => column.Index < total.Index && column.Role is ColumnRole.Amount or ColumnRole.RowTotal && column.Period is Period.None or Period.Month).ToList();
        var plain = left.FindAll(column => column.Role == ColumnRole.Amount);
        if (Sum(row, plain) is { } all)
            yield return all;
        if (left.FindLastIndex(column => column.Role == ColumnRole.RowTotal) is var at and >= 0 && Sum(row, left[at..]) is { } since)
            yield return since;
    }

    private static Extent? Sum(CostRow row, List<CostColumn> columns)
    {
        var sum = Extent.Zero;
        foreach (var column in columns)
        {
            if (row[column] is { Kind: CellKind.Amount or CellKind.Number, IsOpen: false } cell)
                sum += cell.Lead!.Value; // an amount or a number has its figure
            else if (row[column].Kind is CellKind.Text or CellKind.Alternatives || row[column].IsOpen)
                return null;
        }
        return columns.Count > 1 ? sum : null;
    }
}
