using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices;

namespace Lectern.Costs.Planning.Bills;

/// <summary>Prices as one month of a plan sees them: of one provider and region, bought in one way, on one day.</summary>
internal sealed class Pricing(PriceShelf shelf, Cloud cloud, string provider, string? region, Purchase purchase, DateOnly month)
{
    public PriceCatalogue Catalogue => shelf.Catalogue;

    public Cloud Cloud { get; } = cloud;

    /// <summary>The first day of the month that is billed.</summary>
    public DateOnly Month { get; } = month;

    /// <summary>When the account was opened.</summary>
    public DateOnly Opened => shelf.Opened;

    /// <summary>The provider of servers as the catalogue names it.</summary>
    public string Provider { get; } = provider;

    /// <summary>Items of this provider for a purpose, cheapest first.</summary>
    public IReadOnlyList<PriceItem> OfKind(string kind) => shelf.OfKind(Provider, kind, Month);

    /// <summary>The price of an item: in the plan's region where it is the cloud's, else where it is sold.</summary>
    public PriceAnswer Find(string id, bool mayCommit = false)
    {
        var isOurs = Catalogue.ItemOn(id, Month)?.Provider == Provider;
        return shelf.Find(id, isOurs ? region : null, mayCommit ? purchase : Purchase.OnDemand, Month);
    }

    /// <summary>In US dollars at the rate that was known in the month; null where no rate is known.</summary>
    public Exchanged? Dollars(decimal amount, string currency) => Catalogue.ExchangeRates.Exchange(new Money(amount, currency), "USD", Month);
}
