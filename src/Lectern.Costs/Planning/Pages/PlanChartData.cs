using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;

namespace Lectern.Costs.Planning.Pages;

/// <summary>A bar of a stacked chart.</summary>
/// <param name="Low">The whole bar at its low end, as a share of the longest.</param>
/// <param name="High">At its high end.</param>
/// <param name="IsName">The label is a name, which no language changes.</param>
internal sealed record StackedBar(string Label, bool IsName, string Amount, IReadOnlyList<BarPart> Parts, decimal Low, decimal High);

/// <summary>A part of a bar, in hundredths of the longest bar.</summary>
/// <param name="Series">Which of the eight colours, from 1.</param>
internal sealed record BarPart(int Series, decimal Start, decimal Length);

/// <summary>Lays out the chart of clouds: the largest seven categories have colours of their own, the rest shares the eighth.</summary>
internal sealed record PlanChartData(IReadOnlyList<string> Categories, bool HasRest, IReadOnlyList<StackedBar> Bars)
{
    private const int Own = 7;

    public static PlanChartData Of(IReadOnlyList<CloudCost> clouds, Func<CloudCost, string> label, Func<CloudCost, string> amount)
    {
        var sums = clouds.SelectMany(cloud => cloud.Bill.Subtotals).GroupBy(subtotal => subtotal.Category).Select(group => (Category: group.Key, Sum: group.Sum(subtotal => subtotal.Monthly.Middle))).Where(entry => entry.Sum > 0).OrderByDescending(entry => entry.Sum).ToList();
        var own = sums.Take(Own).Select(entry => entry.Category).OrderBy(BillCategories.Order).ToList();
        var longest = Math.Max(0.01m, clouds.Max(cloud => cloud.Bill.Total.High));
        return new PlanChartData(own, sums.Count > Own, [.. clouds.Select(cloud => new StackedBar(label(cloud), cloud.Cloud != Cloud.Server, amount(cloud), Parts(cloud.Bill, own, longest), cloud.Bill.Total.Low / longest * 100, cloud.Bill.Total.High / longest * 100))]);
    }

    private static List<BarPart> Parts(Bill bill, List<string> own, decimal longest)
    {
        var lengths = new decimal[Own + 1];
        foreach (var subtotal in bill.Subtotals)
            lengths[own.IndexOf(subtotal.Category) is var index and >= 0 ? index : Own] += Math.Max(0, subtotal.Monthly.Middle) / longest * 100;
        var (parts, start) = (new List<BarPart>(), 0m);
        for (var series = 0; series < lengths.Length; series++)
        {
            if (lengths[series] > 0)
                parts.Add(new BarPart(series + 1, Math.Round(start, 3), Math.Round(lengths[series], 3)));
            start += lengths[series];
        }
        return parts;
    }
}
