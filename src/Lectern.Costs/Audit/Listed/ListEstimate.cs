using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Prices;

namespace Lectern.Costs.Audit.Listed;

/// <summary>What something should cost by the list, and the items that say so.</summary>
/// <param name="IsLeast">There may be more to pay: only an amount below it is worth a report.</param>
internal sealed record ListEstimate(Extent Cost, IReadOnlyList<PriceItem> Items, bool IsLeast = false);

/// <summary>Works out list prices for what an estimate describes.</summary>
internal static class ListEstimator
{
    private const decimal GigabytesPerTerabyte = 1000m;

    public static ListEstimate? Of(Described thing, ListPrices prices) =>
        Machines.Estimate(thing, prices) ?? Functions(thing, prices) ?? Tokens(thing, prices) ?? Service(thing, prices) ?? Cheapest(thing, prices);

    private static ListEstimate? Service(Described thing, ListPrices prices)
    {
        foreach (var service in KnownServices.All.Where(service => service.Names.Any(thing.Says) && service.And.All(thing.Says) && !service.Unless.Any(thing.Says)))
        {
            if (service.Fixed is { } id)
                return prices.Item(id) is { } paid ? new ListEstimate(Extent.Of(ListPrices.Keep(paid, null)) * CountOf(thing), [paid], IsLeast: true) : null;
            if (Metered(thing, service, prices) is { } estimate)
                return estimate;
        }
        return null;
    }

    private static ListEstimate? Metered(Described thing, KnownService service, ListPrices prices)
    {
        var (sum, items) = (Extent.Zero, new List<PriceItem>());
        foreach (var figure in thing.Figures.Where(figure => !figure.IsMoney && !figure.IsPercent && figure.Value.Low > 0))
        {
            var after = thing.After(figure);
            var meter = service.Meters.FirstOrDefault(meter => Means(figure, after, meter.Unit) && (meter.Context.Count == 0 || meter.Context.Any(word => after.Contains(word, StringComparison.OrdinalIgnoreCase))));
            if (meter is null || prices.Item(meter.Item) is not { } item)
                continue;
            var hours = meter.Hours ? PriceUnit.HoursPerMonth : 1;
            sum += new Extent(ListPrices.Cost(item, figure.Value.Low * hours), ListPrices.Cost(item, figure.Value.High * hours));
            items.Add(item);
        }
        return items.Count > 0 ? new ListEstimate(sum, items) : null;
    }

    // "1,500 API calls": the unit may be the second or third word.
    private static bool Means(Figure figure, string after, string unit) =>
        figure.Unit == unit || figure.Unit.Length > 0 && figure.Unit is not ("gb" or "hour" or "minute" or "second") && Tables.Words.Of(after).Take(2).Any(word => Units.Plain(word).Unit == unit);

    // Memory × duration × requests; no free allowance, since the account may use it elsewhere.
    private static ListEstimate? Functions(Described thing, ListPrices prices)
    {
        var (duration, requests) = thing.Says("Lambda") ? ("aws-lambda-x86", "aws-lambda-requests") : thing.Says("Azure Functions") && !thing.Says("Premium") ? ("azure-functions", "azure-functions-requests") : ("", "");
        if (duration.Length == 0 || prices.Item(duration) is not { } compute || prices.Item(requests) is not { } calls)
            return null;
        var memory = thing.Figures.FirstOrDefault(figure => figure.Unit == "gb" && figure.Value.Low is > 0 and <= 10);
        var time = thing.Figures.FirstOrDefault(figure => figure.Unit is "second" or "millisecond");
        var count = thing.Figures.FirstOrDefault(figure => figure.Unit == "request");
        if (memory is null || time is null || count is null)
            return null;
        var seconds = time.Value.Low / (time.Unit == "millisecond" ? 1000 : 1);
        // Memory comes in steps of 128 MB, of which 8 make a gigabyte.
        var gigabytes = memory.Value.Low * 1000 % 128 == 0 ? memory.Value.Low / 1.024m : memory.Value.Low;
        return new ListEstimate(Extent.Of(ListPrices.Cost(compute, count.Value.Low * seconds * gigabytes) + ListPrices.Cost(calls, count.Value.Low)), [compute, calls]);
    }

    // Between all tokens read by the cheapest model and all tokens written by the dearest, or by the model that is named.
    private static ListEstimate? Tokens(Described thing, ListPrices prices)
    {
        if (!thing.Says("OpenAI") && !thing.Text.Contains("GPT-", StringComparison.OrdinalIgnoreCase))
            return null;
        var tokens = thing.Figures.Where(figure => figure.Unit == "token" || figure.Unit is "input" or "output").Sum(figure => figure.Value.High);
        var read = prices.OfKind("openai", PriceKinds.ModelInput).ToList();
        var written = prices.OfKind("openai", PriceKinds.ModelOutput).ToList();
        if (read.FindAll(item => thing.Text.Contains(item.Meter.Split(',')[0], StringComparison.OrdinalIgnoreCase)) is { Count: > 0 } named)
            (read, written) = (named, written.FindAll(item => thing.Text.Contains(item.Meter.Split(',')[0], StringComparison.OrdinalIgnoreCase)));
        if (tokens == 0 || read.Count == 0 || written.Count == 0)
            return null;
        var (cheapest, dearest) = (read.MinBy(item => item.Prices[0].Rate.First)!, written.MaxBy(item => item.Prices[0].Rate.First)!); // both hold something
        return new ListEstimate(new Extent(ListPrices.Cost(cheapest, tokens), ListPrices.Cost(dearest, tokens)), [cheapest, dearest]);
    }

    private static ListEstimate? Cheapest(Described thing, ListPrices prices)
    {
        foreach (var (names, unless, ids) in KnownServices.Cheapest)
        {
            var gigabytes = thing.Figures.FirstOrDefault(figure => figure is { Unit: "gb", Value.Low: >= GigabytesPerTerabyte });
            if (gigabytes is null || !names.Any(thing.Says) || unless.Any(thing.Says))
                continue;
            var best = ids.Select(prices.Item).OfType<PriceItem>().MinBy(item => ListPrices.Cost(item, gigabytes.Value.Low));
            return best is null ? null : new ListEstimate(Extent.Of(ListPrices.Cost(best, gigabytes.Value.Low)), [best], IsLeast: true);
        }
        return null;
    }

    private static decimal CountOf(Described thing) => thing.Text.IndexOf('×', StringComparison.Ordinal) is var at and > 0 && thing.Figures.FirstOrDefault(figure => figure.Start > at && figure.Start - at < 3) is { Unit: "" } count ? count.Value.Low : 1;
}
