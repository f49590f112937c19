using Lectern.Costs.Audit.Checks;
using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Prices;

namespace Lectern.Costs.Audit.Listed;

/// <summary>Machines and plans that an estimate names: "15 × Standard_D8s_v3", "db.r5.large", "Redis Premium P3".</summary>
internal static class Machines
{
    private static readonly string[] Discounted = ["reserved", "reservation", "commitment", "spot", "savings plan", "or"];
    private static readonly string[] VagueService = ["azure", "amazon", "aws", "cache", "for", "database", "service", "managed", "google", "cloud", "virtual", "on"];

    public static ListEstimate? Estimate(Described thing, ListPrices prices)
    {
        if (Discounted.Where(word => word != "spot").Any(thing.Says))
            return null;
        foreach (var (name, start) in NamesIn(thing.Text))
        {
            var (item, factor) = ItemOf(name, thing, prices);
            if (item is null)
                continue;
            var hours = thing.Figures.FirstOrDefault(figure => figure.Unit == "hour" && figure.Value.Low is > 0 and < 700)?.Value.Low;
            return new ListEstimate(CountOf(thing, start) * ListPrices.Keep(item, hours) * factor, [item]);
        }
        return null;
    }

    // A name that is unmistakable, or one whose service is named too; another size of the same family counts by its size.
    private static (PriceItem? Item, decimal Factor) ItemOf(string name, Described thing, ListPrices prices)
    {
        var isPlain = !name.Contains('.', StringComparison.Ordinal) && !name.Contains('_', StringComparison.Ordinal) && !name.Contains('-', StringComparison.Ordinal);
        // "t4g.micro" under ElastiCache is cache.t4g.micro.
        var item = new[] { "cache.", "db.", "ml." }.SelectMany(kind => prices.Named(kind + name)).FirstOrDefault(known => SharesService(known, thing))
            ?? prices.Named(name).OrderByDescending(known => SharesService(known, thing)).FirstOrDefault(known => !isPlain || SharesService(known, thing));
        if (item is not null || isPlain || MachineSizes.Of(name) is not { Size: > 0 } wanted)
            return (item, 1);
        var kin = prices.Machines.Select(machine => (machine.Item, Size: MachineSizes.Of(machine.Name))).FirstOrDefault(machine => machine.Size is { } size && size.Family == wanted.Family);
        return kin.Size is { } known ? (kin.Item, wanted.Size / known.Size) : (null, 1);
    }

    private static bool SharesService(PriceItem item, Described thing) => item.Service.Split(' ').Where(word => !VagueService.Contains(word.ToLowerInvariant())).Any(thing.Says);

    private static IEnumerable<(string Name, int Start)> NamesIn(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' || text[end] is '.' or '-' && end > at && end + 1 < text.Length && char.IsAsciiLetterOrDigit(text[end + 1])))
                end++;
            if (end - at is > 1 and < 40 && char.IsAsciiLetter(text[at]) && text.AsSpan(at, end - at).IndexOfAnyInRange('0', '9') >= 0)
                yield return (text[at..end], at);
            at = end + 1;
        }
    }

    // "15 × c5.2xlarge", or a quantity of nodes or instances; a machine that is named without a number is one.
    private static Extent CountOf(Described thing, int start)
    {
        if (thing.Figures.LastOrDefault(figure => figure.End <= start && start - figure.End <= 4) is { Unit: "", IsMoney: false } before && thing.Text.AsSpan(before.End, start - before.End).IndexOfAny("×x*") >= 0)
            return before.Value;
        // "3-node replica" describes one thing; "3 nodes" are three.
        return thing.Figures.FirstOrDefault(figure => figure.Unit is "instance" or "task" && figure.Value.Low > 0 && !thing.Text.AsSpan(figure.Start, figure.End - figure.Start).Contains('-'))?.Value ?? Extent.Of(1);
    }
}
