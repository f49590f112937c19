namespace Lectern.Costs.Prices.Billing;

/// <summary>
/// max(floor, Σ bands): a share of what the account spends, by marginal bands, and never less than the floor.
/// Source: aws.amazon.com/premiumsupport/pricing: greater of 100 or 10 % to 10,000, 7 % to 80,000, 5 % to 250,000, 3 % above.
/// </summary>
public static class SupportPlan
{
    public static decimal Cost(TieredRate bands, decimal floor, decimal spending) => Math.Max(floor, bands.Cost(spending));
}
