namespace Lectern.Costs.Prices;

/// <summary>A price that was found: the item's, for a region, a way to buy and a day.</summary>
/// <param name="Item">The item, with its source and evidence.</param>
/// <param name="Region">The region that was asked for.</param>
/// <param name="Purchase">How it is bought; <see cref="Purchase.OnDemand"/> where the way that was asked for isn't offered.</param>
/// <param name="Unit">The unit of the rate; a commitment may have another than the item.</param>
/// <param name="Upfront">What is paid once, shown apart.</param>
/// <param name="IsEstimate">No price of this region is known: it was worked out from another region's by a multiplier.</param>
public sealed record Price(PriceItem Item, string Region, Purchase Purchase, PriceUnit Unit, TieredRate Rate, decimal Upfront, bool IsEstimate)
{
    public string Currency => Item.Currency;

    /// <summary>The price of the first <see cref="Unit"/>.</summary>
    public decimal UnitPrice => Rate.First;

    /// <summary>What a quantity costs in one month, before rounding: tiers, the unit's multiplier and the floor. Free allowances are taken off before (<see cref="Billing.FreeAllowances"/>).</summary>
    /// <param name="quantity">In single units (1,000,000 requests, 730 hours), already billable.</param>
    public decimal CostOf(decimal quantity) => Math.Max(Rate.Cost(quantity) / Unit.Multiplier, Item.Floor ?? 0m);

    /// <summary>What it costs to keep <paramref name="count"/> of it (servers, gigabytes, zones) for a whole month of 730 hours, before rounding.</summary>
    public decimal MonthlyCostOf(decimal count) => CostOf(count * Unit.PeriodsPerMonth);
}

/// <summary>Why there is no price.</summary>
public enum PriceGap
{
    UnknownItem,
    Retired,
    NotValidOnDay,
    NotInRegion,
}

/// <summary>The answer to the question for a price: it is found, or it is said why not.</summary>
public abstract record PriceAnswer
{
    private PriceAnswer()
    {
    }

    /// <summary>The price, or null.</summary>
    public Price? Price => (this as Found)?.Value;

    public sealed record Found(Price Value) : PriceAnswer;

    /// <param name="Explanation">A sentence for people, in English.</param>
    /// <param name="Successor">The item to take in its place, when one is known.</param>
    public sealed record Missing(PriceGap Gap, string Explanation, string? Successor = null) : PriceAnswer;
}
