namespace Lectern.Costs.Prices.Billing;

/// <summary>
/// ACU-hours of Aurora Serverless v2: Σ_h max(minimum, need_h) in steps of 0.5; 0 in an hour without need when the minimum is 0, for then it pauses after
/// five idle minutes. Source: docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide, "Aurora Serverless v2 capacity" and "Scaling to zero".
/// </summary>
public static class AuroraCapacity
{
    private const decimal Step = 0.5m;

    /// <param name="needs">The need of each hour in ACU; 0 when the database is idle.</param>
    /// <param name="minimum">The lowest capacity that is set; 0 lets it pause.</param>
    public static decimal AcuHours(IEnumerable<decimal> needs, decimal minimum) => needs.Sum(need => InOneHour(need, minimum));

    /// <summary>A month of which some hours are active at one need and the others idle.</summary>
    public static decimal AcuHours(decimal activeHours, decimal need, decimal minimum, decimal hours = PriceUnit.HoursPerMonth) =>
        (Math.Min(activeHours, hours) * InOneHour(need, minimum)) + (Math.Max(0m, hours - activeHours) * InOneHour(0m, minimum));

    private static decimal InOneHour(decimal need, decimal minimum) => Math.Max(minimum, Blocks.Started(need, Step) * Step);
}
