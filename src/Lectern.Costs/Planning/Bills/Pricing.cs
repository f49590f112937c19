using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices;

namespace Lectern.Costs.Planning.Bills;

/// <summary>Prices as one month of a plan sees them: of one cloud and region, bought in one way, on one day.</summary>
internal sealed class Pricing(PriceCatalogue catalogue, Cloud cloud, string provider, string? region, Purchase purchase, DateOnly month, DateOnly opened)
{
    private readonly Dictionary<string, IReadOnlyList<PriceItem>> _ofKind = [];

    public PriceCatalogue Catalogue { get; } = catalogue;

    public Cloud Cloud { get; } = cloud;

    /// <summary>The provider's name of the region; null: that of reference.</summary>
    public string? Region { get; } = region;

    public Purchase Purchase { get; } = purchase;

    /// <summary>The first day of the month that is billed.</summary>
    public DateOnly Month { get; } = month;

    /// <summary>When the account was opened.</summary>
    public DateOnly Opened { get; } = opened;

    /// <summary>The provider of servers as the catalogue names it.</summary>
    public string Provider { get; } = provider;

    /// <summary>Items of this cloud for a purpose, cheapest first.</summary>
    public IReadOnlyList<PriceItem> OfKind(string kind)
    {
        if (!_ofKind.TryGetValue(kind, out var items))
            _ofKind[kind] = items = [.. Catalogue.OfKind(Provider, kind, Month).Where(item => item.ClosedToNewOn is not { } closed || Opened < closed)];
        return items;
    }

    /// <summary>The price of an item: in the plan's region where it is the cloud's, else where it is sold.</summary>
    public PriceAnswer Find(string id, bool mayCommit = false)
    {
        var isOurs = Catalogue.ItemOn(id, Month)?.Provider == Provider;
        return Catalogue.Find(id, isOurs ? Region : null, mayCommit ? Purchase : Purchase.OnDemand, Month);
    }

    /// <summary>In US dollars at the rate that was known in the month; null where no rate is known.</summary>
    public Exchanged? Dollars(decimal amount, string currency) => Catalogue.ExchangeRates.Exchange(new Money(amount, currency), "USD", Month);
}
