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
                if (!table.IsList && row.Cells.Count != table.Columns.Count && LostAmount(table, row) is { } lost)
                    scope.Report(row.Line, FindingKind.Unreadable, Certainty.Possible, row.Label, lost.Value, null, lost.Currency, "The row has {cells} cells in a table of {columns}: an amount of it stands in no column of amounts, and no sum counts it.", ("cells", $"{row.Cells.Count}"), ("columns", $"{table.Columns.Count}"));
                if (row.Cells.SelectMany(cell => cell.Figures).FirstOrDefault(figure => figure.IsAmbiguous && (figure.IsMoney || table.Amounts.Any(column => row[column].Lead == figure))) is { } figure)
                    scope.Report(row.Line, FindingKind.AmbiguousNumber, Certainty.Certain, row.Label, figure.Value, figure.Value / 1000, figure.Currency, "The mark may group thousands or begin the decimals; nothing in the document settles it. The row is left out of all sums.");
            }
        }
    }

    // Cells that somebody merged or forgot move the others into columns that mean something else.
    private static Figure? LostAmount(CostTable table, CostRow row)
    {
        if (row.Cells.Count > table.Columns.Count)
            return row.Cells.Skip(table.Columns.Count).Select(cell => cell.Lead).FirstOrDefault(figure => figure is { IsMoney: true });
        return row.Role is RowRole.Item or RowRole.Heading && table.Rows.Any(other => other.IsSum) && table.Amounts.All(column => row[column].Lead is null)
            ? row.Cells.Select(cell => cell.Lead).FirstOrDefault(figure => figure is { IsMoney: true, IsRate: false }) : null;
    }
}
