using System.Globalization;
using Lectern.Costs.Audit.Listed;
using Lectern.Costs.Audit.Reading;

namespace Lectern.Costs.Audit.Checks;

/// <summary>Amounts without a printed unit price, against list prices: only a clear departure is reported, with the item and how sure its price is.</summary>
internal sealed class ListPriceChecks : IAuditCheck
{
    private const decimal FarOff = 1.5m;
    private const decimal WorthTelling = 0.5m;

    public void Check(AuditScope scope)
    {
        if (scope.Prices is not { } prices)
            return;
        foreach (var thing in Described.In(scope).Where(thing => thing.Amount is { Currency: "USD" or null, IsAmbiguous: false, Value.High: > 0 }))
        {
            if (ListEstimator.Of(thing, prices) is { } estimate && IsFar(thing, estimate))
                Report(scope, thing, estimate);
        }
    }

    private static bool IsFar(Described thing, ListEstimate estimate)
    {
        var (stated, list) = (thing.Amount.Value, estimate.Cost);
        var isLow = stated.High * FarOff < list.Low && list.Low - stated.High >= WorthTelling;
        // What is priced with something else may well cost more than the part that is known.
        var isHigh = !estimate.IsLeast && stated.Low > list.High * FarOff && stated.Low - list.High >= WorthTelling && !thing.Text.Contains(" + ", StringComparison.Ordinal);
        return isLow || isHigh;
    }

    private static void Report(AuditScope scope, Described thing, ListEstimate estimate)
    {
        var item = estimate.Items[^1];
        var names = string.Join(", ", estimate.Items.Select(known => known.Id).Distinct());
        scope.Report(thing.Line, FindingKind.ListPrice, Certainty.Possible, thing.Name, thing.Amount.Value, Round(estimate.Cost), thing.Amount.Currency, "Far from the list price: {items} ({evidence}, {date}).",
            ("items", names), ("evidence", item.Evidence.ToString().ToLowerInvariant()), ("date", item.Checked.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }

    private static Extent Round(Extent value) => new(Math.Round(value.Low, 4), Math.Round(value.High, 4));
}
