namespace Lectern.Costs.Prices.Billing;

/// <summary>What lies in storage in one month.</summary>
/// <param name="Hot">Gigabytes in the class they were written to.</param>
/// <param name="Cold">Gigabytes that have moved to the colder class.</param>
/// <param name="Moved">Gigabytes that move in this month.</param>
/// <param name="Expired">Gigabytes that are deleted in this month.</param>
public readonly record struct StorageMonth(decimal Hot, decimal Cold, decimal Moved, decimal Expired)
{
    public decimal Total => Hot + Cold;
}

/// <summary>
/// Storage that grows and expires: in month m, Σ class (start + growth · m − expired) · rate. What is written in a month is kept for
/// <paramref name="KeptMonths"/>, and in the colder class after <paramref name="ColdAfterMonths"/>. Source: lifecycle rules and minimum storage
/// duration, aws.amazon.com/s3/pricing.
/// </summary>
/// <param name="Start">Gigabytes at the beginning, as old as month 0.</param>
/// <param name="GrowthPerMonth">Gigabytes written in each month after it.</param>
/// <param name="KeptMonths">Null: for ever.</param>
/// <param name="ColdAfterMonths">Null: never.</param>
public sealed record StorageGrowth(decimal Start, decimal GrowthPerMonth, int? KeptMonths = null, int? ColdAfterMonths = null)
{
    /// <param name="month">0 is the first month.</param>
    public StorageMonth In(int month)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(month);
        var kept = KeptMonths ?? int.MaxValue;
        var coldAfter = Math.Min(ColdAfterMonths ?? int.MaxValue, kept);
        var cold = Written(month - coldAfter) - Written(month - kept);
        var hot = Written(month) - Written(month - coldAfter);
        return new StorageMonth(hot, cold, coldAfter < kept ? WrittenIn(month - coldAfter) : 0m, WrittenIn(month - kept));
    }

    /// <summary>What is charged for objects that were deleted before the class's minimum: the days that are missing, in GB-months.</summary>
    public static decimal EarlyDeletion(decimal gigabytes, decimal ageDays, int minimumDays) => gigabytes * Math.Max(0m, minimumDays - ageDays) / PriceUnit.DaysPerMonth;

    // All that was written up to and with a month; nothing before month 0.
    private decimal Written(int month) => month < 0 ? 0m : Start + (GrowthPerMonth * month);

    private decimal WrittenIn(int month) => month < 0 ? 0m : month == 0 ? Start : GrowthPerMonth;
}
