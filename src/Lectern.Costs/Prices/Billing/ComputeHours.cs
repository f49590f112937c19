namespace Lectern.Costs.Prices.Billing;

/// <summary>Servers by the hour, and what a burstable one pays on top.</summary>
public static class ComputeHours
{
    /// <summary>n · hours: 730 a month, or those of a schedule.</summary>
    public static decimal Hours(decimal servers, decimal hoursPerMonth = PriceUnit.HoursPerMonth) => servers * hoursPerMonth;

    /// <summary>
    /// Surplus credits of a burstable server in unlimited mode, in vCPU-hours: max(0, load − baseline) · vCPU · hours, where the load is the mean over 24 hours.
    /// Source: docs.aws.amazon.com/AWSEC2, "Unlimited mode", 0.05 a vCPU-hour; a t3.medium has a baseline of 20 % of each vCPU.
    /// </summary>
    /// <param name="load">Mean load of each vCPU, 0 to 1.</param>
    /// <param name="baseline">What the price includes, 0 to 1.</param>
    public static decimal BurstVcpuHours(decimal load, decimal baseline, decimal vcpu, decimal hours = PriceUnit.HoursPerMonth) => Math.Max(0m, load - baseline) * vcpu * hours;
}
