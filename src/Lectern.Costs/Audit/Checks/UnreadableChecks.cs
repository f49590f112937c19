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
