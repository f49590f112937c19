namespace Lectern.Costs.Prices.Billing;

/// <summary>
/// Units of a load balancer: in each hour the LARGEST of its dimensions counts, not their sum.
/// </summary>
public static class LoadBalancerUnits
{
    /// <summary>
    /// LCU of an Application Load Balancer: 25 new connections a second, 3,000 active ones, 1 GB an hour, 1,000 rule evaluations a second.
    /// Source: aws.amazon.com/elasticloadbalancing/pricing, "LCU details".
    /// </summary>
    public static decimal Lcu(decimal newConnectionsPerSecond, decimal activeConnections, decimal gigabytesPerHour, decimal ruleEvaluationsPerSecond) =>
        Math.Max(Math.Max(newConnectionsPerSecond / 25m, activeConnections / 3000m), Math.Max(gigabytesPerHour, ruleEvaluationsPerSecond / 1000m));

    /// <summary>
    /// Capacity units of an Azure Application Gateway v2: 2,500 connections, 2.22 Mbit/s, or compute units.
    /// Source: learn.microsoft.com/azure/application-gateway/understanding-pricing.
    /// </summary>
    public static decimal CapacityUnits(decimal connections, decimal megabitsPerSecond, decimal computeUnits) =>
        Math.Max(Math.Max(connections / 2500m, megabitsPerSecond / 2.22m), computeUnits);
}
