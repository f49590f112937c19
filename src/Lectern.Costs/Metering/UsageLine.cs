using Lectern.Costs.Contracts;

namespace Lectern.Costs.Metering;

/// <summary>A use with its price, as it is booked.</summary>
/// <param name="Day">The school's day; that of the leave where there was one, so that a call over midnight is booked where its sum is held.</param>
/// <param name="InstallationDay">The same by the installation's clock.</param>
/// <param name="BlockId">What it was drawn on; null when no leave was asked.</param>
/// <param name="Rate">Per unit of the kind, in <paramref name="RateCurrency"/>; null without a price.</param>
/// <param name="Amount">Millionths of <paramref name="Currency"/>.</param>
internal sealed record UsageLine(
    Usage Usage, DateOnly Day, DateOnly InstallationDay, Guid? BlockId, decimal? Rate, string? RateCurrency, long Amount, string Currency, string Pricing)
{
    public const string Priced = "priced";
    public const string Free = "free";
    public const string Unpriced = "unpriced";
    public const string Correction = "correction";

    public static DateOnly MonthOf(DateTimeOffset at) => new(at.UtcDateTime.Year, at.UtcDateTime.Month, 1);
}
