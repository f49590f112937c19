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

/// <summary>Rates per unit of what is metered, from the catalogue.</summary>
internal interface IRates
{
    /// <summary>Null when the catalogue does not know the item, or has no price for this kind of use.</summary>
    UnitRate? Find(string priceId, UsageKind kind);

    /// <summary>How much of <paramref name="to"/> one unit of <paramref name="from"/> is now; null when there is no rate.</summary>
    decimal? Exchange(string from, string to);
}

/// <param name="PerUnit">For one token, character, second or mail.</param>
internal readonly record struct UnitRate(decimal PerUnit, string Currency);
