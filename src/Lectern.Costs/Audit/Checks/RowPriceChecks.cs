using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>Quantity × unit price in each row of a table.</summary>
internal sealed class RowPriceChecks : IAuditCheck
{
    private static readonly string[] Free = ["free", "included", "in the plan", "kostenlos", "inklusive", "gratis", "gratuit"];

    public void Check(AuditScope scope)
    {
        foreach (var table in scope.Content.Tables)
        {
            if (table.Of(ColumnRole.UnitPrice).FirstOrDefault() is { } prices && table.Amounts.FirstOrDefault(column => column.Period != Period.Year) is { } amounts)
                CheckTable(scope, table, prices, amounts);
        }
    }

    private static void CheckTable(AuditScope scope, CostTable table, CostColumn prices, CostColumn amounts)
    {
        var wrong = new List<(CostRow Row, RowPrices Prices)>();
        var right = 0;
        foreach (var row in table.Rows.Where(row => row.Role is RowRole.Item))
        {
            if (row[amounts].Lead is not { IsAmbiguous: false } stated || row[amounts].IsOpen || row[prices].Figures.Any(figure => figure.IsAmbiguous))
                continue;
            var possible = RowPrices.Of(table, row, prices);
            if (possible.Possible.Any(value => Agreement.OfProduct(stated, value)))
                right++;
            else if (possible.Expected is not null || possible.MissingFactorOf is not null)
                wrong.Add((row, possible));
        }
        // When not one row of several fits, the columns mean something else than quantity and price.
        if (right == 0 && wrong.Count(entry => entry.Prices.IsWholeKnown) > 2)
            return;
        foreach (var (row, possible) in wrong)
            Report(scope, row, row[amounts].Lead!, possible); // only rows with a lead were collected
    }

    private static void Report(AuditScope scope, CostRow row, Figure stated, RowPrices prices)
    {
        if (prices.MissingFactorOf is { } asWritten)
        {
            if (stated.Value.Low > 0 && new[] { 1_000m, 1_000_000m }.FirstOrDefault(factor => Agreement.OfProduct(stated, Extent.Of(asWritten / factor))) is var factor and > 0)
                scope.Report(row.Line, FindingKind.MissingUnit, Certainty.Likely, row.Label, stated.Value, Extent.Of(asWritten), stated.Currency, "The price lacks its unit: the amount is right only per {count}.", ("count", factor.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)));
            return;
        }
        var computed = prices.Expected!.Value; // without a missing factor there is an expected value
        if (stated.Value.High < computed.High && Free.Any(word => row.Words.Contains(word, StringComparison.Ordinal)))
            scope.Report(row.Line, FindingKind.QuantityTimesPrice, Certainty.Possible, row.Label, stated.Value, computed, stated.Currency, "Quantity times unit price is another amount; the row says that part of it is free.");
        else if (!prices.IsWholeKnown)
            scope.Report(row.Line, FindingKind.QuantityTimesPrice, Certainty.Possible, row.Label, stated.Value, computed, stated.Currency, "Nothing in the row gives the amount: the price is for another unit than the quantity.");
        else if (Math.Abs(stated.Value.High - computed.High) < 1 && stated.Decimals == 0 && computed.High >= 10)
            scope.Report(row.Line, FindingKind.Rounding, Certainty.Possible, row.Label, stated.Value, computed, stated.Currency, "The amount is rounded further than its digits say.");
        else
            scope.Report(row.Line, FindingKind.QuantityTimesPrice, Certainty.Certain, row.Label, stated.Value, computed, stated.Currency, "Quantity times unit price is another amount.");
    }
}
