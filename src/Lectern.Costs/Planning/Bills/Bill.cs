using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Bills;

/// <summary>The bill of one month.</summary>
/// <param name="Warnings">What the reader has to know before trusting it.</param>
internal sealed record Bill(Cloud Cloud, int Month, IReadOnlyList<BillLine> Lines, IReadOnlyList<PlanWarning> Warnings)
{
    /// <summary>Low to low and high to high; optional lines at the high end only; savings never below what they reduce.</summary>
    public Interval Total { get; } = Sum(Lines);

    /// <summary>By category, in the order of the bill; what counts nothing is left out.</summary>
    public IReadOnlyList<Subtotal> Subtotals => [.. Lines.GroupBy(line => line.Category).OrderBy(group => BillCategories.Order(group.Key)).Select(group => new Subtotal(group.Key, Sum([.. group], Lines)))];

    /// <summary>The share of the total, at its high end, that rests on prices nobody could confirm.</summary>
    public decimal UnverifiedShare => Total.High == 0 ? 0 : Lines.Where(line => line.Evidence == Evidence.Unverified).Sum(line => line.Counted.High) / Total.High;

    private static Interval Sum(IReadOnlyList<BillLine> lines, IReadOnlyList<BillLine>? all = null)
    {
        var sum = lines.Aggregate(Interval.Zero, (total, line) => total + line.Counted);
        foreach (var saving in lines.Where(line => line.Role == LineRole.Saving))
            sum = new Interval(sum.Low - Reduced(saving, all ?? lines).High, sum.High - Reduced(saving, all ?? lines).Low);
        return new Interval(Math.Min(sum.Low, sum.High), sum.High);
    }

    // A saving takes off at most what the line it names costs.
    private static Interval Reduced(BillLine saving, IReadOnlyList<BillLine> lines)
    {
        var cost = lines.Where(line => line.Service == saving.For).Aggregate(Interval.Zero, (total, line) => total + line.Counted);
        return new Interval(Math.Min(saving.Monthly.Low, cost.Low), Math.Min(saving.Monthly.High, cost.High));
    }
}

internal sealed record Subtotal(string Category, Interval Monthly);

/// <param name="Kind">A stable word, such as <c>retired</c>.</param>
internal sealed record PlanWarning(string Kind, PlanText Text);
