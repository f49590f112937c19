using Lectern.Costs.Contracts;

namespace Lectern.Costs.Metering;

/// <summary>
/// Prices a use: the school's own rate if it has one, else the catalogue's, without tiers and free allowances, which belong to an account and not to a
/// line. So the meter is never below the bill. Money is rounded here and nowhere else.
/// </summary>
internal sealed class LinePricing(IRates rates, Exchange exchange)
{
    public UsageLine Price(Usage usage, IReadOnlyDictionary<string, UnitRate> own, DateOnly day, DateOnly installationDay, Guid? block)
    {
        if (usage.PriceId is null)
            return new UsageLine(usage, day, installationDay, block, Rate: null, RateCurrency: null, Amount: 0, exchange.Currency, UsageLine.Free);
        if (RateOf(usage.PriceId, usage.Kind, own) is not { } rate || exchange.ToInstallation(rate.CostOf(usage.Quantity), rate.Currency) is not { } amount)
            return new UsageLine(usage, day, installationDay, block, Rate: null, RateCurrency: null, Amount: 0, exchange.Currency, UsageLine.Unpriced);
        return new UsageLine(usage, day, installationDay, block, rate.PerUnit, rate.Currency, Micros.Of(amount), exchange.Currency, UsageLine.Priced);
    }

    /// <summary>What so much would cost, unrounded; 0 for what is free or has no price.</summary>
    public decimal Estimate(UsageKind kind, decimal quantity, string? priceId, IReadOnlyDictionary<string, UnitRate> own) =>
        priceId is not null && RateOf(priceId, kind, own) is { } rate ? exchange.ToInstallation(rate.CostOf(quantity), rate.Currency) ?? 0 : 0;

    public bool HasPrice(UsageKind kind, string? priceId, IReadOnlyDictionary<string, UnitRate> own) => priceId is not null && RateOf(priceId, kind, own) is not null;

    private UnitRate? RateOf(string priceId, UsageKind kind, IReadOnlyDictionary<string, UnitRate> own) =>
        !own.TryGetValue(priceId, out var agreed) ? rates.Find(priceId, kind)
        // Another price is agreed, not another way of counting: started minutes stay started minutes.
        : rates.Find(priceId, kind) is { } listed ? agreed with { Block = listed.Block, Least = listed.Least } : agreed;
}
