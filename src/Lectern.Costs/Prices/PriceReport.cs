using Lectern.Costs.Yaml;

namespace Lectern.Costs.Prices;

/// <summary>An item that somebody should look at.</summary>
/// <param name="AgeDays">Days since its evidence.</param>
/// <param name="IsStale">Nobody has looked for longer than <see cref="PriceCatalogue.StaleAfterDays"/>.</param>
/// <param name="IsRetired">It can't be had any more, or not by new customers.</param>
public sealed record PriceFinding(PriceItem Item, int AgeDays, bool IsStale, bool IsUnverified, bool IsRetired);

/// <summary>What <c>lectern prices check</c> tells.</summary>
/// <param name="Problems">What is wrong in the files; then nothing else is known.</param>
/// <param name="Findings">Items to look at, the oldest evidence first.</param>
/// <param name="Items">How many items there are.</param>
public sealed record PriceReport(IReadOnlyList<YamlProblem> Problems, IReadOnlyList<PriceFinding> Findings, int Items)
{
    /// <summary>Checks our files and those of the folder.</summary>
    /// <param name="folder">The installation's folder of price files; it may be missing.</param>
    public static PriceReport Of(string folder, DateOnly today)
    {
        var problems = new List<YamlProblem>();
        return PriceFiles.Load(PriceFiles.Own(folder), problems) is { } catalogue ? Of(catalogue, today) : new PriceReport(problems, [], 0);
    }

    public static PriceReport Of(PriceCatalogue catalogue, DateOnly today)
    {
        List<PriceItem> items = [.. catalogue.Items.Values.SelectMany(versions => versions).Where(item => item.ValidTo is not { } last || last >= today)];
        return new PriceReport([], [.. items.Select(item => Look(item, today)).OfType<PriceFinding>().OrderByDescending(finding => finding.AgeDays).ThenBy(finding => finding.Item.Id, StringComparer.Ordinal)], items.Count);
    }

    private static PriceFinding? Look(PriceItem item, DateOnly today)
    {
        var finding = new PriceFinding(item, today.DayNumber - item.Checked.DayNumber, item.IsStaleOn(today), item.Evidence == Evidence.Unverified, item.IsRetiredOn(today) || item.ClosedToNewOn <= today);
        return finding.IsStale || finding.IsUnverified || finding.IsRetired ? finding : null;
    }
}
