using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>Amounts without a unit price of their own, against the unit prices that the same document states elsewhere.</summary>
internal sealed class OwnPriceListChecks : IAuditCheck
{
    // A price in a sentence is an assumption; only a clear departure from it is worth a report.
    private const decimal FarOff = 1.5m;

    public void Check(AuditScope scope)
    {
        var listed = OwnPrice.InTables(scope.Content);
        var assumed = OwnPrice.InSentences(scope.Content);
        foreach (var table in scope.Content.Tables.Where(table => !table.IsList && table.Amounts.Any() && !table.Of(ColumnRole.UnitPrice).Any()))
        {
            foreach (var row in table.Rows.Where(row => row.Role == RowRole.Item))
            {
                if (listed.Count > 0)
                    CheckListed(scope, table, row, listed);
                if (assumed.Count > 0)
                    CheckAssumed(scope, table, row, assumed);
            }
        }
    }

    private static void CheckListed(AuditScope scope, CostTable table, CostRow row, IReadOnlyList<OwnPrice> prices)
    {
        var name = OwnPrice.NameOf(row.Label);
        var price = prices.FirstOrDefault(known => known.Name.Count > 0 && known.Name.SequenceEqual(name));
        var amounts = table.Amounts.First();
        if (price is null || row[amounts] is not { Kind: CellKind.Amount, IsOpen: false, Lead: { IsAmbiguous: false, Value.IsSingle: true } stated })
            return;
        var per = price.Price.Per!.Value; // own prices are rates
        var cells = table.Of(ColumnRole.Quantity).Concat(table.Of(ColumnRole.Text)).Select(column => row[column]).ToList();
        var quantity = cells.SelectMany(cell => cell.Figures).FirstOrDefault(figure => !figure.IsMoney && OwnPrice.Matches(figure.Unit, per))
            ?? table.Of(ColumnRole.Quantity).Select(column => row[column].Lead).FirstOrDefault(figure => figure is { IsMoney: false, Unit: "" });
        if (quantity is null)
            return;
        var here = OwnPrice.AllowanceOf(table, row, per) ?? table.Of(ColumnRole.Allowance).Select(column => row[column].Lead).FirstOrDefault(figure => figure is { IsMoney: false, Unit: "" });
        var free = here?.Value.Low ?? price.Free;
        var gross = quantity.Value * price.Price.PerOne;
        var net = new Extent(Math.Max(0, quantity.Value.Low - free), Math.Max(0, quantity.Value.High - free)) * price.Price.PerOne;
        var isSure = here is not null || price.IsAlwaysFree;
        if (Agreement.OfProduct(stated, net) || !isSure && Agreement.OfProduct(stated, gross))
            return;
        scope.Report(row.Line, FindingKind.OwnPriceList, Certainty.Likely, row.Label, stated.Value, isSure ? net : gross, stated.Currency,
            isSure && Agreement.OfProduct(stated, gross) ? "The free allowance that the document names (price in line {line}) is not taken off." : "The document's own price in line {line} gives another amount.", ("line", price.Line.ToString()));
    }

    private static void CheckAssumed(AuditScope scope, CostTable table, CostRow row, IReadOnlyList<OwnPrice> prices)
    {
        var amounts = table.Of(ColumnRole.Amount).Where(column => column.Period != Period.Year && row[column] is { Kind: CellKind.Amount, IsOpen: false, Lead.IsAmbiguous: false }).ToList();
        if (amounts.Count == 0)
            return;
        var names = Words.Of(row.Label).Concat(Words.Of(amounts[0].Header)).ToHashSet();
        var price = prices.Where(known => known.Name.All(names.Contains)).MinBy(known => Math.Abs(known.Line - row.Line));
        if (price is null || QuantityOf(table, row, price.Price.Per!.Value.Unit) is not { } quantity) // own prices are rates
            return;
        var first = row[amounts[0]].Lead!; // filtered above
        var last = amounts.Find(column => column.Bound == Bound.High) is { } high ? row[high].Lead! : first; // filtered above
        var stated = new Extent(first.Value.Low, last.Value.High);
        var computed = quantity * price.Price.PerOne;
        if (Factor(stated.Low, computed.Low) > FarOff || Factor(stated.High, computed.High) > FarOff)
            scope.Report(row.Line, FindingKind.OwnPriceList, Certainty.Likely, row.Label, stated, computed, first.Currency, "The document's own price in line {line} gives another amount.", ("line", price.Line.ToString()));
    }

    private static Extent? QuantityOf(CostTable table, CostRow row, string unit)
    {
        foreach (var figure in table.Columns.Where(column => column.Role is ColumnRole.Quantity or ColumnRole.Text).SelectMany(column => row[column].Figures).Where(figure => !figure.IsMoney && !figure.IsPercent))
        {
            if (figure.Unit == unit)
                return figure.Value;
            if ((figure.Unit, unit) is ("hour", "minute"))
                return figure.Value * 60;
        }
        return null;
    }

    private static decimal Factor(decimal left, decimal right) => left <= 0 || right <= 0 ? (left == right ? 1 : decimal.MaxValue) : Math.Max(left / right, right / left);
}
