using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

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
