namespace Lectern.Costs.Prices.Billing;

/// <summary>What a commitment changes: it REPLACES the price on demand; what is paid upfront is shown apart from the month.</summary>
/// <param name="Monthly">The line's cost in a month with the commitment.</param>
/// <param name="Upfront">Paid once, at the beginning of the term.</param>
/// <param name="Saving">Against the price on demand, per month, with the upfront sum spread over the term; negative when it costs more.</param>
public sealed record CommitmentSaving(decimal Monthly, decimal Upfront, decimal Saving)
{
    /// <summary>Source: aws.amazon.com/ec2/pricing/reserved-instances; learn.microsoft.com/azure/cost-management-billing/reservations.</summary>
    /// <param name="count">Resources kept for the whole month.</param>
    public static CommitmentSaving Of(Price onDemand, Price committed, decimal count)
    {
        var monthly = committed.MonthlyCostOf(count);
        var upfront = committed.Upfront * count;
        return new CommitmentSaving(monthly, upfront, onDemand.MonthlyCostOf(count) - monthly - (upfront / Months(committed.Purchase)));
    }

    private static decimal Months(Purchase purchase) => purchase == Purchase.ThreeYears ? 36m : 12m;
}
