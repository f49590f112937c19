using Lectern.Costs.Yaml;

namespace Lectern.Costs.Prices;

/// <summary>What makes a price improbable or a catalogue contradictory: public copies of price lists are known to hold altered digits.</summary>
internal sealed class PriceChecks(List<YamlProblem> problems)
{
    /// <summary>A price ten times another of the same item is a slipped decimal point until somebody says otherwise.</summary>
    private const decimal Jump = 10m;

    /// <summary>Between regions of one provider nothing is known to differ by more.</summary>
    private const decimal RegionalJump = 4m;

    public void Check(IReadOnlyList<FileItem> items, IReadOnlyList<PriceRegion> regions)
    {
        var byId = items.ToLookup(item => item.Item.Id);
        var known = regions.ToLookup(region => region.Provider, region => region.Id);
        foreach (var item in items)
        {
            CheckPrices(item);
            CheckRegions(item, known);
            CheckCommitments(item);
            CheckLife(item, byId);
        }
        foreach (var versions in byId.Where(versions => versions.Count() > 1))
            CheckVersions([.. versions.OrderBy(item => item.Item.ValidFrom ?? DateOnly.MinValue)]);
        foreach (var pool in items.Where(item => item.Item.Free?.Pool is not null).GroupBy(item => item.Item.Free!.Pool)) // filtered just before
            CheckPool([.. pool]);
    }

    /// <summary>Overrides of unknown items, and those that jump.</summary>
    public void CheckOverrides(IReadOnlyList<FileOverride> overrides, IReadOnlyDictionary<string, PriceItem> items)
    {
        foreach (var change in overrides)
        {
            if (!items.TryGetValue(change.Change.ItemId, out var item))
                Report(change.File, change.At["id"], "There is no price \"{0}\".{1}", change.Change.ItemId, NearestWord.Of(change.Change.ItemId, items.Keys) is { } near ? $" Did you mean \"{near}\"?" : "");
            else if (change.Change.Rate.First <= 0m)
                Report(change.File, change.At["price"], "The price of \"{0}\" is zero.", item.Id);
            else if (!change.IsConfirmed && change.Change.Currency is null && Jumps(change.Change.Rate.First, item.Prices[0].Rate.First, Jump))
                Report(change.File, change.At["price"], "The price of \"{0}\" jumps: {1} beside the catalogue's {2}. If it is right, write \"confirmed: true\".", item.Id, change.Change.Rate.First, item.Prices[0].Rate.First);
        }
    }

    private void CheckPrices(FileItem item)
    {
        var rates = item.Item.Prices.SelectMany(price => price.Rate.Tiers).ToList();
        if (!item.IsFree && rates.Exists(tier => tier.Rate == 0m))
            Report(item.File, item.At["prices"], "The price of \"{0}\" is zero. If it is free, write \"isFree: true\".", item.Item.Id);
        if (item.IsFree && rates.Exists(tier => tier.Rate != 0m))
            Report(item.File, item.At["isFree"], "\"{0}\" has a price and can't be free.", item.Item.Id);
        if (item.IsConfirmed)
            return;
        foreach (var price in item.Item.Prices)
        {
            if (price.Rate.Tiers.Zip(price.Rate.Tiers.Skip(1)).Any(pair => Jumps(pair.First.Rate, pair.Second.Rate, Jump)))
                Report(item.File, item.At["prices"], "The tiers of \"{0}\" jump in {1}. If they are right, write \"confirmed: true\".", item.Item.Id, price.Region);
            if (Jumps(price.Rate.First, item.Item.Prices[0].Rate.First, RegionalJump))
                Report(item.File, item.At["prices"], "The price of \"{0}\" jumps: {1} in {2} beside {3} in {4}. If it is right, write \"confirmed: true\".", item.Item.Id, price.Rate.First, price.Region, item.Item.Prices[0].Rate.First, item.Item.Prices[0].Region);
        }
    }

    private void CheckRegions(FileItem item, ILookup<string, string> known)
    {
        var names = item.Item.Prices.Select(price => price.Region).Concat(item.Item.Commitments.Select(offer => offer.Region)).Distinct();
        foreach (var name in names.Where(name => name != PriceItem.Everywhere && !known[item.Item.Provider].Contains(name)))
            Report(item.File, item.At["prices"], "{0} has no region \"{1}\".{2}", item.Item.Provider, name, NearestWord.Of(name, known[item.Item.Provider]) is { } near ? $" Did you mean \"{near}\"?" : "");
    }

    private void CheckCommitments(FileItem item)
    {
        foreach (var offer in item.Item.Commitments)
        {
            var onDemand = item.Item.Prices.FirstOrDefault(price => price.Region == offer.Region)?.Rate.First * item.Item.Unit.PeriodsPerMonth / item.Item.Unit.Multiplier;
            if (offer.Rate.First * offer.Unit.PeriodsPerMonth / offer.Unit.Multiplier > onDemand)
                Report(item.File, item.At["commitments"], "A commitment of \"{0}\" costs more than the price that it replaces.", item.Item.Id);
        }
    }

    private void CheckLife(FileItem item, ILookup<string, FileItem> byId)
    {
        if (item.Item.ValidFrom > item.Item.ValidTo)
            Report(item.File, item.At["validTo"], "\"{0}\" ends before it begins.", item.Item.Id);
        if (item.Item.Successor is { } successor && !byId.Contains(successor))
            Report(item.File, item.At["successor"], "There is no price \"{0}\".{1}", successor, NearestWord.Of(successor, byId.Select(known => known.Key)) is { } near ? $" Did you mean \"{near}\"?" : "");
    }

    private void CheckVersions(IReadOnlyList<FileItem> versions)
    {
        foreach (var (earlier, later) in versions.Zip(versions.Skip(1)))
        {
            if ((earlier.Item.ValidTo ?? DateOnly.MaxValue) >= (later.Item.ValidFrom ?? DateOnly.MinValue))
                Report(later.File, later.At["id"], "\"{0}\" stands twice, here and in {1}, for the same days. Give them days with \"validFrom\" and \"validTo\".", later.Item.Id, earlier.Item.Origin);
            else if (!later.IsConfirmed && Jumps(earlier.Item.Prices[0].Rate.First, later.Item.Prices[0].Rate.First, Jump))
                Report(later.File, later.At["prices"], "The price of \"{0}\" jumps: {1} after {2}. If it is right, write \"confirmed: true\".", later.Item.Id, later.Item.Prices[0].Rate.First, earlier.Item.Prices[0].Rate.First);
        }
    }

    private void CheckPool(IReadOnlyList<FileItem> pool)
    {
        foreach (var item in pool.Where(item => item.Item.Free != pool[0].Item.Free || item.Item.Unit.Thing != pool[0].Item.Unit.Thing || item.Item.Unit.Period != pool[0].Item.Unit.Period))
            Report(item.File, item.At["free"], "\"{0}\" shares the allowance \"{1}\" with \"{2}\", but states it otherwise.", item.Item.Id, item.Item.Free!.Pool!, pool[0].Item.Id); // grouped by the pool
    }

    private static bool Jumps(decimal left, decimal right, decimal factor) => left > 0m && right > 0m && (left / right > factor || right / left > factor);

    private void Report(string file, YamlNode? at, string text, params object[] arguments) => problems.Add(new YamlProblem(file, at?.Line ?? 1, at?.Column ?? 1, text, arguments));
}
