namespace Lectern.Costs.Prices.Billing;

/// <summary>What one line uses of an item in one month, before anything is free.</summary>
/// <param name="Quantity">In single units of the item.</param>
public sealed record MonthlyUse(PriceItem Item, decimal Quantity);

/// <summary>What a line pays for after free allowances.</summary>
public sealed record BillableUse(PriceItem Item, decimal Quantity, decimal Free);

/// <summary>
/// q_billable = max(0, Σ_account q − free): an allowance belongs to the ACCOUNT and the service, or to a pool of services, not to each line.
/// Source: aws.amazon.com/free, "always free" of Lambda (x86 and Arm share it); learn.microsoft.com/azure/container-apps/billing (per subscription).
/// </summary>
public static class FreeAllowances
{
    /// <summary>Takes the allowances off, line by line in the order given.</summary>
    /// <param name="uses">Everything that one account uses of one cloud in the month.</param>
    /// <param name="opened">The day when the account was opened; some allowances end with its age.</param>
    /// <param name="month">The first day of the month that is billed.</param>
    public static IReadOnlyList<BillableUse> Apply(IEnumerable<MonthlyUse> uses, DateOnly opened, DateOnly month)
    {
        var left = new Dictionary<string, decimal>();
        var billable = new List<BillableUse>();
        foreach (var use in uses)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(use.Quantity, 0m);
            var free = use.Item.Free is { } allowance && allowance.AppliesTo(opened, month) ? Take(use, allowance, left) : 0m;
            billable.Add(new BillableUse(use.Item, use.Quantity - free, free));
        }
        return billable;
    }

    private static decimal Take(MonthlyUse use, FreeAllowance allowance, Dictionary<string, decimal> left)
    {
        if (allowance.Scope == FreeScope.Resource)
            return Math.Min(use.Quantity, allowance.PerMonth);
        var pool = allowance.Pool ?? use.Item.Id;
        var available = left.TryGetValue(pool, out var rest) ? rest : allowance.PerMonth;
        var taken = Math.Min(use.Quantity, available);
        left[pool] = available - taken;
        return taken;
    }
}
