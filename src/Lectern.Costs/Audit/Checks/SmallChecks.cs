using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>Files that can't be read, and numbers that can be read in two ways.</summary>
internal sealed class UnreadableChecks : IAuditCheck
{
    public void Check(AuditScope scope)
    {
        if (scope.Content.Unreadable is { } reason)
            scope.Report(scope.Content.UnreadableLine, FindingKind.Unreadable, Certainty.Certain, scope.Content.Source.Name, null, null, null, reason);
        foreach (var table in scope.Content.Tables)
        {
            foreach (var row in table.Rows)
            {
                if (row.Cells.SelectMany(cell => cell.Figures).FirstOrDefault(figure => figure.IsAmbiguous && (figure.IsMoney || table.Amounts.Any(column => row[column].Lead == figure))) is { } figure)
                    scope.Report(row.Line, FindingKind.AmbiguousNumber, Certainty.Certain, row.Label, figure.Value, figure.Value / 1000, figure.Currency, "The mark may group thousands or begin the decimals; nothing in the document settles it. The row is left out of all sums.");
            }
        }
    }
}

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

/// <summary>Cost per user is cost divided by users.</summary>
internal sealed class PerHeadChecks : IAuditCheck
{
    public void Check(AuditScope scope)
    {
        foreach (var table in scope.Content.Tables.Where(table => !table.IsList))
        {
            if (table.Of(ColumnRole.PerHead).FirstOrDefault() is not { } perHead || table.Amounts.FirstOrDefault() is not { } amounts)
                continue;
            foreach (var row in table.Rows.Where(row => row.Role != RowRole.Heading))
                CheckRow(scope, table, row, perHead, amounts);
        }
    }

    private static void CheckRow(AuditScope scope, CostTable table, CostRow row, CostColumn perHead, CostColumn amounts)
    {
        var heads = table.Columns.Where(column => column.Role is ColumnRole.Quantity or ColumnRole.Text && column.Index < perHead.Index).Select(column => row[column].Lead).FirstOrDefault(figure => figure is { IsMoney: false, IsAmbiguous: false, Value: { IsSingle: true, Low: > 0 } });
        if (heads is null || row[amounts] is not { Kind: CellKind.Amount, IsOpen: false, Lead: { IsAmbiguous: false } cost } || row[perHead].Lead is not { IsAmbiguous: false } stated || row[perHead].IsOpen)
            return;
        var computed = cost.Value / heads.Value.Low;
        if (!Agreement.OfProduct(stated, computed))
            scope.Report(row.Line, FindingKind.PerHead, Certainty.Certain, row.Label, stated.Value, computed, stated.Currency, "The cost divided by the number is another.");
    }
}

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
