using System.Globalization;

namespace Lectern.Costs.Prices;

/// <summary>How often a unit falls due: by use, or by the time that a thing is kept.</summary>
public enum BillingPeriod
{
    /// <summary>Charged when it is used: a request, a minute, a gigabyte sent.</summary>
    Use,

    Second,
    Hour,
    Day,
    Month,
    Year,
}

/// <summary>
/// What a price is for: <c>hour</c>, <c>GB-month</c>, <c>1M requests</c>. Quantities are always counted in single units (1,000,000 requests,
/// not 1); <see cref="Multiplier"/> is how many of them the price buys.
/// </summary>
/// <param name="Thing">What is counted (<c>GB</c>, <c>request</c>); <c>resource</c> for a bare period.</param>
/// <param name="Period">By which time it is charged; <see cref="BillingPeriod.Use"/>: when it is used.</param>
/// <param name="Multiplier">How many single units one price buys.</param>
/// <param name="Text">The unit as it is written, for people.</param>
public sealed record PriceUnit(string Thing, BillingPeriod Period, decimal Multiplier, string Text)
{
    /// <summary>Hours in the month of every price calculator: 365 days × 24 ÷ 12.</summary>
    public const decimal HoursPerMonth = 730m;

    /// <summary>Days in that month, 30.4167.</summary>
    public const decimal DaysPerMonth = HoursPerMonth / 24m;

    /// <summary>What can be counted, as the catalogue's files write it.</summary>
    public static IReadOnlyList<string> Things { get; } =
    [
        "resource", "GB", "GiB", "MB", "vCPU", "ACU", "LCU", "unit", "node", "zone", "cluster", "address", "secret", "key", "metric", "alarm", "dashboard", "rule", "user", "number",
        "request", "operation", "message", "event", "query", "object", "mail", "credential", "RU", "ECPU", "IOPS", "MBps", "credit", "minute", "connection-minute", "audio-hour", "build-minute",
        "character", "token", "call", "SMS", "spend", "share",
    ];

    /// <summary>Units as they may be written, to find the one that was meant.</summary>
    internal static IEnumerable<string> Names => [.. Periods.Keys, .. Things, .. Things.Select(thing => thing + "s"), .. Things.SelectMany(thing => Periods.Keys.Select(period => $"{thing}-{period}"))];

    private static readonly Dictionary<string, BillingPeriod> Periods = new()
    {
        ["second"] = BillingPeriod.Second,
        ["hour"] = BillingPeriod.Hour,
        ["day"] = BillingPeriod.Day,
        ["month"] = BillingPeriod.Month,
        ["year"] = BillingPeriod.Year,
    };

    /// <summary>How many periods a month of 730 hours has; 1 for what is charged by use.</summary>
    public decimal PeriodsPerMonth => Period switch
    {
        BillingPeriod.Second => HoursPerMonth * 3600m,
        BillingPeriod.Hour => HoursPerMonth,
        BillingPeriod.Day => DaysPerMonth,
        BillingPeriod.Year => 1m / 12m,
        _ => 1m,
    };

    /// <summary>Reads <c>GB-month</c>, <c>hour</c>, <c>10K requests</c>, <c>1M tokens</c>.</summary>
    /// <returns>Null when it is no unit that Lectern knows.</returns>
    public static PriceUnit? Parse(string text)
    {
        var parts = text.Trim().Split(' ', 2, StringSplitOptions.TrimEntries);
        var multiplier = parts.Length == 2 ? Quantities.Parse(parts[0]) : 1m;
        var name = parts[^1];
        if (multiplier is not > 0m)
            return null;
        if (Periods.TryGetValue(name, out var bare))
            return new PriceUnit("resource", bare, multiplier.Value, text);
        var dash = name.LastIndexOf('-');
        if (dash > 0 && Periods.TryGetValue(name[(dash + 1)..], out var period) && Singular(name[..dash]) is { } kept)
            return new PriceUnit(kept, period, multiplier.Value, text);
        return Singular(name) is { } thing ? new PriceUnit(thing, BillingPeriod.Use, multiplier.Value, text) : null;
    }

    public override string ToString() => Text;

    private static string? Singular(string name) =>
        Things.Contains(name) ? name
        : name.EndsWith("ies", StringComparison.Ordinal) && Things.Contains(name[..^3] + "y") ? name[..^3] + "y"
        : name.EndsWith('s') && Things.Contains(name[..^1]) ? name[..^1]
        : null;
}

/// <summary>Numbers as the price files write them: 0.0416, 10240, 333M, 1.5K.</summary>
public static class Quantities
{
    /// <returns>Null when the text is no such number.</returns>
    public static decimal? Parse(string text)
    {
        var factor = text.Length == 0 ? 1m : text[^1] switch { 'K' => 1_000m, 'M' => 1_000_000m, 'B' => 1_000_000_000m, _ => 1m };
        var digits = factor == 1m ? text : text[..^1];
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number < decimal.MaxValue / factor
            ? number * factor
            : null;
    }
}
