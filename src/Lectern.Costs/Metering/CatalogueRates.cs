using System.Collections.Concurrent;
using Lectern.Costs.Contracts;
using Lectern.Costs.Prices;

namespace Lectern.Costs.Metering;

/// <summary>Rates per unit of what is metered.</summary>
internal interface IRates
{
    /// <summary>Null when the catalogue does not know the item, or it is no price for this kind of use.</summary>
    UnitRate? Find(string priceId, UsageKind kind);

    /// <summary>How much of <paramref name="to"/> one unit of <paramref name="from"/> is now; null when there is no rate.</summary>
    decimal? Exchange(string from, string to);
}

/// <param name="PerUnit">For one token, character, second or mail.</param>
/// <param name="Block">Each use is rounded up to whole blocks of so many units; 0 for none.</param>
/// <param name="Least">The least that one use is charged for, in units.</param>
internal sealed record UnitRate(decimal PerUnit, string Currency, decimal Block = 0, decimal Least = 0)
{
    /// <summary>What a use costs, not rounded.</summary>
    public decimal CostOf(decimal quantity)
    {
        if (quantity == 0)
            return 0;
        var billed = Block > 0 ? Math.Ceiling(quantity / Block) * Block : quantity;
        return Math.Max(billed, Least) * PerUnit;
    }
}

/// <summary>The catalogue's prices, for one unit of what is metered, as they are today in the item's region of reference.</summary>
internal sealed class CatalogueRates(PriceBook prices, TimeProvider time) : IRates
{
    private readonly ConcurrentDictionary<(string Id, UsageKind Kind, DateOnly Day), UnitRate?> _known = new();

    public UnitRate? Find(string priceId, UsageKind kind)
    {
        var day = Today;
        if (_known.TryGetValue((priceId, kind, day), out var known))
            return known;
        if (_known.Count > 10_000)
            _known.Clear();
        return _known[(priceId, kind, day)] = prices.Catalogue.Find(priceId, region: null, Purchase.OnDemand, day).Price is { } price ? RateOf(price, kind) : null;
    }

    public decimal? Exchange(string from, string to) => prices.Catalogue.ExchangeRates.Exchange(new Money(1m, from), to, Today)?.Money.Amount;

    /// <summary>How many of what is metered, tokens, characters, seconds or mails, one unit of a price buys; null when nothing is metered in it.</summary>
    public static decimal? UnitsIn(PriceUnit unit) =>
        Enum.GetValues<UsageKind>().Select(kind => PerPriced(kind, unit)).FirstOrDefault(units => units is not null) is { } units ? units * unit.Multiplier : null;

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    // Of several tiers the dearest: which of them a line falls into depends on the account's whole month, and the meter must not be below the bill.
    private static UnitRate? RateOf(Price price, UsageKind kind) => PerPriced(kind, price.Unit) is { } units
        ? new UnitRate(price.Rate.Tiers.Max(tier => tier.Rate) / price.Unit.Multiplier / units, price.Currency, BlockOf(price.Item.Block, price.Item.Block?.Size, kind), BlockOf(price.Item.Block, price.Item.MinimumPerUse, kind))
        : null;

    /// <summary>How many units of the kind one unit of the price is; null when it is the price of something else.</summary>
    private static decimal? PerPriced(UsageKind kind, PriceUnit unit) => (kind, unit.Thing, unit.Period) switch
    {
        (UsageKind.ModelInputTokens or UsageKind.ModelCachedTokens or UsageKind.ModelOutputTokens, "token", BillingPeriod.Use) => 1,
        (UsageKind.SpokenCharacters, "character", BillingPeriod.Use) => 1,
        (UsageKind.Mails, "mail", BillingPeriod.Use) => 1,
        (UsageKind.HeardSeconds or UsageKind.SpokenSeconds or UsageKind.AvatarSeconds or UsageKind.TelephoneSeconds, "minute", BillingPeriod.Use) => 60,
        (UsageKind.HeardSeconds, "audio-hour", BillingPeriod.Use) => 3_600,
        (UsageKind.HeardSeconds or UsageKind.SpokenSeconds or UsageKind.AvatarSeconds or UsageKind.TelephoneSeconds, "resource", BillingPeriod.Second) => 1,
        (UsageKind.HeardSeconds or UsageKind.SpokenSeconds or UsageKind.AvatarSeconds or UsageKind.TelephoneSeconds, "resource", BillingPeriod.Hour) => 3_600,
        _ => null,
    };

    private static decimal BlockOf(UsageBlock? block, decimal? size, UsageKind kind) => (kind, block?.Of) switch
    {
        (UsageKind.HeardSeconds or UsageKind.SpokenSeconds or UsageKind.AvatarSeconds or UsageKind.TelephoneSeconds, "second") => size ?? 0,
        (UsageKind.HeardSeconds or UsageKind.SpokenSeconds or UsageKind.AvatarSeconds or UsageKind.TelephoneSeconds, "minute") => (size ?? 0) * 60,
        (UsageKind.SpokenCharacters, "character") => size ?? 0,
        _ => 0,
    };
}
