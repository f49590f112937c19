using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Profiles;

/// <summary>Servers of one kind that carry a need, the cheapest that can be had.</summary>
/// <param name="Count">How many.</param>
/// <param name="BurstHours">vCPU-hours a month beyond what burstable servers include.</param>
internal sealed record ServerChoice(PriceItem Item, Interval Count, Interval BurstHours)
{
    // More than this in a region nobody wants to run; larger ones are taken then, dearer or not.
    private const decimal Many = 24;

    // What each server needs for itself: its system, schedules, connections to the database.
    private const decimal OwnCores = 0.25m;

    /// <param name="cores">At the busiest moment, head-room included.</param>
    /// <param name="memoryMb">What grows with the conversations.</param>
    /// <param name="baseMb">What each server needs before the first conversation, its system included.</param>
    /// <param name="average">Cores in use on average over the month.</param>
    /// <param name="largestOnly">One server must do: the need is not spread.</param>
    /// <returns>Null when nothing on offer carries it.</returns>
    public static ServerChoice? Cheapest(Pricing pricing, Interval cores, Interval memoryMb, decimal baseMb, Interval average, int least, int spare, bool largestOnly = false)
    {
        ServerChoice? best = null;
        var cheapest = (TooMany: decimal.MaxValue, Dollars: decimal.MaxValue);
        var disk = pricing.OfKind(PriceKinds.BlockStorage).FirstOrDefault(item => item.Unit.Thing is "GB" or "GiB") is { } block ? pricing.Find(block.Id).Price?.MonthlyCostOf(30) ?? 0 : 0;
        var burstPrice = pricing.OfKind(PriceKinds.BurstCpu) is [var burst, ..] ? pricing.Find(burst.Id).Price : null;
        foreach (var item in pricing.OfKind(PriceKinds.Server))
        {
            if (Fit(item, cores, memoryMb, baseMb, average, least, spare) is not { } choice || (largestOnly && choice.Count.High > 1) || pricing.Find(item.Id, mayCommit: true).Price is not { } price)
                continue;
            if (choice.BurstHours.High > 0 && burstPrice is null)
                continue;
            var dollars = (price.MonthlyCostOf(choice.Count.High) + (burstPrice?.CostOf(choice.BurstHours.High) ?? 0) + (item.Fact("diskGb") is null ? disk * choice.Count.High : 0)) * (pricing.Dollars(1, price.Currency)?.Money.Amount ?? 1);
            var rank = (Math.Max(0, choice.Count.High - Many), dollars);
            if (rank.CompareTo(cheapest) < 0)
                (best, cheapest) = (choice, rank);
        }
        return best;
    }

    private static ServerChoice? Fit(PriceItem item, Interval cores, Interval memoryMb, decimal baseMb, Interval average, int least, int spare)
    {
        if (item.Fact("vcpu") is not { } vcpu || item.Fact("memoryGb") is not { } memoryGb || memoryGb * 1024 <= baseMb)
            return null;
        var room = memoryGb * 1024 - baseMb;
        var count = new Interval(Nodes(cores.Low, memoryMb.Low), Nodes(cores.High, memoryMb.High));
        var baseline = item.Fact("baselineCpu") ?? 1;
        return new ServerChoice(item, count, new Interval(Burst(average.Low, count.Low), Burst(average.High, count.High)));

        decimal Nodes(decimal needed, decimal memory) => Math.Max(least, Math.Ceiling(Math.Max(needed / (vcpu - OwnCores), memory / room)) + spare);

        decimal Burst(decimal used, decimal nodes) => ComputeHours.BurstVcpuHours(Math.Min(1, used / (nodes * vcpu)), baseline, vcpu * nodes);
    }
}
