using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>The same service with the same specification at two prices.</summary>
internal sealed class PricedTwiceChecks : IAuditCheck
{
    public void Check(AuditScope scope)
    {
        var known = new Dictionary<string, (int Line, Figure Amount)>(StringComparer.OrdinalIgnoreCase);
        foreach (var table in scope.Content.Tables.Where(table => !table.IsList))
        {
            if (table.Of(ColumnRole.Amount).FirstOrDefault() is not { } amounts)
                continue;
            foreach (var row in table.Rows.Where(row => row.Role == RowRole.Item && row[amounts] is { Kind: CellKind.Amount, IsOpen: false, Lead.IsAmbiguous: false }))
            {
                if (KeyOf(table, row) is not { } key)
                    continue;
                var amount = row[amounts].Lead!; // filtered above
                // Two clouds, or two options, each have a chapter of their own: there the same words may mean another price.
                var whole = string.Join('|', table.Headings.SkipLast(1).Append(amounts.Period.ToString()).Append(key));
                if (!known.TryGetValue(whole, out var first))
                    known[whole] = (row.Line, amount);
                else if (Differ(first.Amount, amount))
                    scope.Report(row.Line, FindingKind.PricedTwice, Certainty.Likely, row.Label, amount.Value, first.Amount.Value, amount.Currency, "The same, as it is described, stands in line {line} at another price.", ("line", first.Line.ToString()));
            }
        }
    }

    // Name and everything that describes it; without a number in the description two rows may well be two things.
    private static string? KeyOf(CostTable table, CostRow row)
    {
        var texts = table.Columns.Where(column => column.Role is ColumnRole.Text or ColumnRole.Quantity).Select(column => row[column].Text).Where(text => text.Length > 0).ToList();
        return texts.Count > 1 && row.Label.Length > 2 && texts.Skip(1).Any(text => text.Any(char.IsAsciiDigit)) ? string.Join('|', texts) : null;
    }

    private static bool Differ(Figure left, Figure right) =>
        left.Currency == right.Currency && Math.Abs(left.Value.High - right.Value.High) > Math.Max(1.01m, Math.Abs(left.Value.High) * 0.01m);
}
