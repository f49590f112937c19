using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>Columns that compare two others: "Azure +$36", "-$5.80".</summary>
internal sealed class DifferenceChecks : IAuditCheck
{
    public void Check(AuditScope scope)
    {
        foreach (var table in scope.Content.Tables.Where(table => !table.IsList))
        {
            foreach (var column in table.Of(ColumnRole.Difference))
                CheckColumn(scope, table, column);
        }
    }

    private static void CheckColumn(AuditScope scope, CostTable table, CostColumn column)
    {
        var wrong = new List<(CostRow Row, Figure Stated, decimal Nearest)>();
        var right = 0;
        foreach (var row in table.Rows.Where(row => row.Role != RowRole.Heading))
        {
            var amounts = table.Amounts.Where(other => other.Index < column.Index && row[other] is { Kind: CellKind.Amount, IsOpen: false }).Select(other => row[other].Lead!).ToList(); // amounts have figures
            if (row[column].Figures is not [{ IsMoney: true, IsRate: false, IsAmbiguous: false } stated, ..] || amounts.Count < 2)
                continue;
            var possible = Differences(amounts).ToList();
            if (possible.Exists(value => Math.Abs(value - Math.Abs(stated.Value.High)) <= (stated.Decimals >= 2 ? 0.02m : 1m)))
                right++;
            else
                wrong.Add((row, stated, possible.MinBy(value => Math.Abs(value - Math.Abs(stated.Value.High)))));
        }
        if (right <= wrong.Count)
            return;
        foreach (var (row, stated, nearest) in wrong)
            scope.Report(row.Line, FindingKind.Difference, Certainty.Likely, row.Label, stated.Value.Abs(), Extent.Of(nearest), stated.Currency, "The amounts of the row differ by another amount.");
    }

    private static IEnumerable<decimal> Differences(List<Figure> amounts)
    {
        for (var left = 0; left < amounts.Count; left++)
        {
            for (var right = left + 1; right < amounts.Count; right++)
            {
                yield return Math.Abs(amounts[left].Value.Low - amounts[right].Value.Low);
                yield return Math.Abs(amounts[left].Value.High - amounts[right].Value.High);
            }
        }
    }
}
