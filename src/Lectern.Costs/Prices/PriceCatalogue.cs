using System.Collections.Immutable;

namespace Lectern.Costs.Prices;

/// <summary>A region of a provider, and what its prices are in relation to those of the provider's region of reference, where none is known.</summary>
/// <param name="Multiplier">Only a fallback; what is worked out with it is an estimate. Null: nothing is worked out for this region.</param>
public sealed record PriceRegion(string Provider, string Id, string Name, decimal? Multiplier, string Source, Evidence Evidence);

/// <summary>All prices that Lectern knows. Immutable; a school's own prices are laid on top by <see cref="With"/>.</summary>
public sealed class PriceCatalogue
{
    /// <summary>A price that nobody has looked at for longer is stale.</summary>
    public const int StaleAfterDays = 180;

    private readonly Dictionary<(string Provider, string Region), PriceRegion> _regions;
    private readonly ILookup<(string Provider, string Kind), PriceItem> _byKind;

    public PriceCatalogue(IEnumerable<PriceItem> items, IEnumerable<PriceRegion> regions, ExchangeRates rates)
    {
        Items = items.GroupBy(item => item.Id).ToDictionary(group => group.Key, group => group.OrderBy(item => item.ValidFrom ?? DateOnly.MinValue).ToImmutableArray());
        Regions = [.. regions];
        ExchangeRates = rates;
        _regions = Regions.ToDictionary(region => (region.Provider, region.Id));
        _byKind = Items.Values.SelectMany(versions => versions).ToLookup(item => (item.Provider, item.Kind));
    }

    /// <summary>Items by id, each with its spans of validity, the oldest first.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<PriceItem>> Items { get; }

    public ImmutableArray<PriceRegion> Regions { get; }

    public ExchangeRates ExchangeRates { get; }

    /// <summary>The item as it is on a day, retired or not; null when there is none of this id with this day.</summary>
    public PriceItem? ItemOn(string id, DateOnly day) => Items.TryGetValue(id, out var versions) ? versions.LastOrDefault(item => item.IsValidOn(day)) : null;

    /// <summary>Items of a provider for one purpose that can be had on the day, cheapest first in their region of reference.</summary>
    public IReadOnlyList<PriceItem> OfKind(string provider, string kind, DateOnly day) =>
        [.. _byKind[(provider, kind)].Where(item => item.IsValidOn(day) && !item.IsRetiredOn(day)).OrderBy(item => item.Prices[0].Rate.First * item.Unit.PeriodsPerMonth / item.Unit.Multiplier).ThenBy(item => item.Id, StringComparer.Ordinal)];

    /// <summary>The price for a region, a way to buy and a day. What can't be bought in that way comes at the price on demand, which the answer shows.</summary>
    /// <param name="region">The provider's name of the region; null: the item's region of reference.</param>
    public PriceAnswer Find(string id, string? region, Purchase purchase, DateOnly day)
    {
        if (!Items.ContainsKey(id))
            return new PriceAnswer.Missing(PriceGap.UnknownItem, $"There is no price \"{id}\".");
        if (ItemOn(id, day) is not { } item)
            return new PriceAnswer.Missing(PriceGap.NotValidOnDay, $"No price of \"{id}\" holds on {day:yyyy-MM-dd}.");
        if (item.IsRetiredOn(day))
            return new PriceAnswer.Missing(PriceGap.Retired, $"{item.Service} {item.Meter} was retired on {item.RetiredOn:yyyy-MM-dd}.", item.Successor);
        return Committed(item, region, purchase) ?? OnDemand(item, region) as PriceAnswer
            ?? new PriceAnswer.Missing(PriceGap.NotInRegion, $"No price of \"{id}\" is known in {region}.", item.Successor);
    }

    /// <summary>The catalogue with prices of one's own laid on top. An override of an unknown item changes nothing.</summary>
    public PriceCatalogue With(IEnumerable<PriceOverride> overrides)
    {
        var own = overrides.ToLookup(change => change.ItemId);
        return new PriceCatalogue(Items.Values.SelectMany(versions => versions).Select(item => own[item.Id].Aggregate(item, Overridden)), Regions, ExchangeRates);
    }

    private PriceAnswer.Found? Committed(PriceItem item, string? region, Purchase purchase)
    {
        if (purchase == Purchase.OnDemand)
            return null;
        var asked = region ?? item.Prices[0].Region;
        var offers = item.Commitments.Where(offer => offer.Purchase == purchase).ToList();
        var exact = offers.Find(offer => offer.Region == asked) ?? offers.Find(offer => offer.Region == PriceItem.Everywhere);
        if (exact is not null)
            return new PriceAnswer.Found(new Price(item, asked, purchase, exact.Unit, exact.Rate, exact.Upfront, IsEstimate: false));
        foreach (var offer in offers)
        {
            if (Factor(item.Provider, offer.Region, asked) is { } factor)
                return new PriceAnswer.Found(new Price(item, asked, purchase, offer.Unit, offer.Rate.Times(factor), offer.Upfront * factor, IsEstimate: true));
        }
        return null;
    }

    private PriceAnswer.Found? OnDemand(PriceItem item, string? region)
    {
        var asked = region ?? item.Prices[0].Region;
        var exact = item.Prices.FirstOrDefault(price => price.Region == asked) ?? item.Prices.FirstOrDefault(price => price.Region == PriceItem.Everywhere);
        if (exact is not null)
            return new PriceAnswer.Found(new Price(item, asked, Purchase.OnDemand, item.Unit, exact.Rate, 0m, IsEstimate: false));
        return Factor(item.Provider, item.Prices[0].Region, asked) is { } factor
            ? new PriceAnswer.Found(new Price(item, asked, Purchase.OnDemand, item.Unit, item.Prices[0].Rate.Times(factor), 0m, IsEstimate: true))
            : null;
    }

    private decimal? Factor(string provider, string known, string asked) =>
        _regions.GetValueOrDefault((provider, known))?.Multiplier is { } from && _regions.GetValueOrDefault((provider, asked))?.Multiplier is { } to ? to / from : null;

    // Who has a price of his own has it whichever way he buys: commitments of that region no longer apply.
    private static PriceItem Overridden(PriceItem item, PriceOverride change) => item with
    {
        Prices = Laid(item, change),
        Commitments = [.. item.Commitments.Where(offer => change.Region is not null && offer.Region != change.Region)],
        Currency = change.Currency ?? item.Currency,
        Source = change.Source,
        Checked = change.Entered,
        Evidence = Evidence.Stated,
    };

    // A price in another currency can't stand beside the old ones: it stands alone.
    private static ImmutableArray<RegionPrice> Laid(PriceItem item, PriceOverride change)
    {
        var own = new RegionPrice(change.Region ?? PriceItem.Everywhere, change.Rate);
        if (change.Region is null || (change.Currency is not null && change.Currency != item.Currency))
            return [own];
        return item.Prices.Any(price => price.Region == own.Region) ? [.. item.Prices.Select(price => price.Region == own.Region ? own : price)] : [.. item.Prices, own];
    }
}
