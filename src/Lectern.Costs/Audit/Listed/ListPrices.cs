using Lectern.Costs.Prices;

namespace Lectern.Costs.Audit.Listed;

/// <summary>The catalogue as the audit asks it: by item, by the name of a machine or a plan. Prices of the item's region of reference, on demand, retired items included.</summary>
internal sealed class ListPrices
{
    private static readonly string[] MachineKinds = [PriceKinds.Server, PriceKinds.GpuServer, PriceKinds.Database, PriceKinds.Postgres, PriceKinds.Cache, PriceKinds.Functions];
    private readonly PriceCatalogue _catalogue;
    private readonly DateOnly _today;
    private readonly Dictionary<string, List<PriceItem>> _byName = new(StringComparer.OrdinalIgnoreCase);

    public ListPrices(PriceCatalogue catalogue, DateOnly today)
    {
        (_catalogue, _today) = (catalogue, today);
        foreach (var item in catalogue.Items.Values.Select(versions => versions.LastOrDefault(version => version.IsValidOn(today))).OfType<PriceItem>().Where(item => MachineKinds.Contains(item.Kind) && item.Currency == "USD"))
        {
            foreach (var name in NamesOf(item))
                Add(name, item);
        }
    }

    public PriceItem? Item(string id) => _catalogue.ItemOn(id, _today);

    public IEnumerable<PriceItem> OfKind(string provider, string kind) => _catalogue.OfKind(provider, kind, _today);

    /// <summary>Machines and plans of this name: "c5.4xlarge", "Standard_D8s_v3", "P3".</summary>
    public IReadOnlyList<PriceItem> Named(string name) => _byName.TryGetValue(name, out var items) ? items : [];

    public IEnumerable<(string Name, PriceItem Item)> Machines => _byName.SelectMany(pair => pair.Value.Select(item => (pair.Key, item)));

    /// <summary>What a quantity costs in one month, tiers included, free allowances not.</summary>
    public static decimal Cost(PriceItem item, decimal quantity) => new Price(item, item.Prices[0].Region, Purchase.OnDemand, item.Unit, item.Prices[0].Rate, 0, false).CostOf(quantity);

    /// <summary>What it costs to keep one for a month, or for some hours where the item is charged by the hour.</summary>
    public static decimal Keep(PriceItem item, decimal? hours) =>
        Cost(item, item.Unit.Period == BillingPeriod.Hour ? hours ?? PriceUnit.HoursPerMonth : item.Unit.PeriodsPerMonth * (hours / PriceUnit.HoursPerMonth ?? 1));

    // "t3.medium, Linux" is "t3.medium"; "Premium P3, each node" is "P3"; "D8s_v3" is "Standard_D8s_v3" too.
    private static IEnumerable<string> NamesOf(PriceItem item)
    {
        foreach (var word in item.Meter.Split(',')[0].Split(' '))
        {
            if (word.Length < 2 || !word.Any(char.IsAsciiDigit) || !char.IsAsciiLetter(word[0]) || word[0] == 'v' && word.Length < 4)
                continue;
            yield return word;
            if (item is { Provider: "azure", Kind: PriceKinds.Server })
                yield return "Standard_" + word;
        }
    }

    private void Add(string name, PriceItem item)
    {
        if (!_byName.TryGetValue(name, out var items))
            _byName[name] = items = [];
        items.Add(item);
    }
}
