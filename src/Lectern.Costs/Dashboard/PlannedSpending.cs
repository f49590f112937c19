using Lectern.Costs.Metering;
using Lectern.Costs.Planning;
using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices;

namespace Lectern.Costs.Dashboard;

/// <summary>What of a plan's bill is metered later, so that the two can be compared: servers, storage and the like are not.</summary>
internal static class PlannedSpending
{
    /// <summary>US dollars in the plan's last month, the middle of each range, not rounded. What the plan does not have is not there.</summary>
    public static Dictionary<CostCategory, decimal> Of(PlanResult result, PriceCatalogue catalogue) => result.Shown.Last.Lines
        .Select(line => (Category: CategoryOf(line, catalogue), Middle: line.Role == LineRole.Saving ? line.Shown.Middle : line.Counted.Middle))
        .Where(line => line.Category is not null)
        .GroupBy(line => line.Category.GetValueOrDefault(), line => line.Middle)
        .ToDictionary(group => group.Key, group => group.Sum());

    /// <summary>In another currency, rounded to its minor unit; null where there is no rate.</summary>
    public static Dictionary<string, decimal>? In(this IReadOnlyDictionary<CostCategory, decimal> dollars, string currency, Exchange exchange)
    {
        if (Rate(currency, exchange) is not { } rate)
            return null;
        return dollars.ToDictionary(figure => figure.Key.ToString(), figure => Money.Round(figure.Value * rate, currency));
    }

    /// <summary>How much of the currency a dollar is; null when nobody has said.</summary>
    public static decimal? Rate(string currency, Exchange exchange) =>
        exchange.ToInstallation(1, "USD") is { } ours ? exchange.FromInstallation(ours, currency) : null;

    private static CostCategory? CategoryOf(BillLine line, PriceCatalogue catalogue) => line.Category switch
    {
        BillCategories.Teacher => line.PriceId is { } id && catalogue.Items.TryGetValue(id, out var versions) ? OfTeacher(versions[^1].Kind) : null,
        BillCategories.Avatar => CostCategory.Avatar,
        BillCategories.Telephone => CostCategory.Telephone,
        BillCategories.Mail => CostCategory.Mail,
        _ => null,
    };

    private static CostCategory? OfTeacher(string kind) => kind switch
    {
        PriceKinds.ModelInput or PriceKinds.ModelCached or PriceKinds.ModelOutput => CostCategory.Model,
        PriceKinds.TextToSpeech => CostCategory.Voice,
        PriceKinds.SpeechToText => CostCategory.Hearing,
        _ => null,
    };
}
