using System.Collections.Immutable;

namespace Lectern.Costs.Prices;

/// <summary>How sure a price is.</summary>
public enum Evidence
{
    /// <summary>The provider's price interface, or the vendor's own page.</summary>
    Source,

    /// <summary>Somebody else's catalogue, data set or page.</summary>
    Secondary,

    /// <summary>Known in the trade; no document was found.</summary>
    Unverified,

    /// <summary>Entered by the installation or the school for itself.</summary>
    Stated,
}

/// <summary>How a resource is bought.</summary>
public enum Purchase
{
    OnDemand,

    /// <summary>Reserved or committed for one year.</summary>
    OneYear,

    /// <summary>As <see cref="OneYear"/>, and may be exchanged for another size.</summary>
    OneYearConvertible,

    /// <summary>Reserved or committed for three years.</summary>
    ThreeYears,

    /// <summary>What the provider can take away at any time.</summary>
    Spot,
}

/// <summary>
/// One thing that a provider charges for, at the prices of one span of days. The same id may occur with other days, never with the same day twice.
/// </summary>
public sealed record PriceItem
{
    /// <summary>The region of a price that is the same everywhere.</summary>
    public const string Everywhere = "global";

    /// <summary>Such as <c>aws-ec2-t3-medium</c>; what plans, meters and overrides name.</summary>
    public required string Id { get; init; }

    /// <summary>Who is paid: <c>aws</c>, <c>azure</c>, <c>gcp</c>, <c>hetzner</c>, <c>openai</c> …</summary>
    public required string Provider { get; init; }

    /// <summary>What it is good for, the same word on every cloud: <c>server</c>, <c>postgres</c>, <c>egress</c> … One of <see cref="PriceKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The provider's name of the service: Amazon EC2.</summary>
    public required string Service { get; init; }

    /// <summary>What is metered: t3.medium, Linux.</summary>
    public required string Meter { get; init; }

    public required PriceUnit Unit { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Price by region, the region of reference first; <see cref="Everywhere"/> for one price in all.</summary>
    public required ImmutableArray<RegionPrice> Prices { get; init; }

    /// <summary>Other ways to buy it. Each REPLACES the price above, nothing is added to it.</summary>
    public ImmutableArray<Commitment> Commitments { get; init; } = [];

    public FreeAllowance? Free { get; init; }

    /// <summary>Each use is rounded up to whole blocks before it is priced.</summary>
    public UsageBlock? Block { get; init; }

    /// <summary>The least that one use is charged for, in the unit of <see cref="Block"/>; null when there is none.</summary>
    public decimal? MinimumPerUse { get; init; }

    /// <summary>The least sum that a month is charged for, in <see cref="Currency"/>; null when there is none.</summary>
    public decimal? Floor { get; init; }

    /// <summary>What a plan with a fixed price includes; null when the item is no such plan.</summary>
    public PlanAllowance? Plan { get; init; }

    /// <summary>Days that an object is charged for even when it is deleted earlier.</summary>
    public int? MinimumDays { get; init; }

    /// <summary>First day of these prices; null: as long as anybody knows.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Last day of these prices; null: until further notice.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>The day from which it can't be had any more.</summary>
    public DateOnly? RetiredOn { get; init; }

    /// <summary>The day from which no new customer gets it, though it still runs for the others.</summary>
    public DateOnly? ClosedToNewOn { get; init; }

    /// <summary>The item to take in its place.</summary>
    public string? Successor { get; init; }

    /// <summary>Where the price was read: an address, or a document that can be found by its name.</summary>
    public required string Source { get; init; }

    /// <summary>The day of that evidence.</summary>
    public required DateOnly Checked { get; init; }

    public required Evidence Evidence { get; init; }

    /// <summary>Measures that plans calculate with: <c>vcpu</c>, <c>memoryGb</c>, <c>diskGb</c>, <c>baselineCpu</c>, <c>concurrency</c>, <c>connections</c> …</summary>
    public IReadOnlyDictionary<string, decimal> Facts { get; init; } = ImmutableDictionary<string, decimal>.Empty;

    /// <summary>A sentence for people: a rule that the numbers don't show.</summary>
    public string? Note { get; init; }

    /// <summary>File and line that the item comes from.</summary>
    public string Origin { get; init; } = "";

    /// <summary>The measure, or null when the item doesn't state it.</summary>
    public decimal? Fact(string name) => Facts.TryGetValue(name, out var value) ? value : null;

    public bool IsValidOn(DateOnly day) => (ValidFrom is not { } from || day >= from) && (ValidTo is not { } to || day <= to);

    public bool IsRetiredOn(DateOnly day) => RetiredOn <= day;

    /// <summary>Not looked at for longer than <see cref="PriceCatalogue.StaleAfterDays"/>.</summary>
    public bool IsStaleOn(DateOnly day) => day.DayNumber - Checked.DayNumber > PriceCatalogue.StaleAfterDays;
}

/// <summary>The price in one region.</summary>
public sealed record RegionPrice(string Region, TieredRate Rate);

/// <summary>Another way to buy an item in one region, in a unit of its own.</summary>
/// <param name="Upfront">What is paid once at the beginning of the term, shown apart from the monthly price.</param>
public sealed record Commitment(Purchase Purchase, string Region, PriceUnit Unit, TieredRate Rate, decimal Upfront);

/// <summary>Each use is rounded up to whole blocks: 60 seconds of a call, 32 KB of a message, 1,000 connections of a unit.</summary>
/// <param name="Size">How large one block is.</param>
/// <param name="Of">What the size is counted in: <c>second</c>, <c>millisecond</c>, <c>KB</c>, <c>connection</c>.</param>
public sealed record UsageBlock(decimal Size, string Of);

/// <summary>For whom a free allowance is counted.</summary>
public enum FreeScope
{
    /// <summary>Once for everything that the account uses of it, however many lines that is.</summary>
    Account,

    /// <summary>For each resource anew.</summary>
    Resource,
}

/// <summary>What is free before a price is asked.</summary>
/// <param name="Amount">In single units of the item.</param>
/// <param name="Per">The time after which it begins anew.</param>
/// <param name="Pool">Items with the same pool share one allowance; null: it is the item's own.</param>
/// <param name="ExpiresAfterMonths">Months of the account after which it ends; null: never.</param>
/// <param name="OnlyAccountsBefore">Only accounts opened before this day have it.</param>
public sealed record FreeAllowance(decimal Amount, BillingPeriod Per, FreeScope Scope, string? Pool, int? ExpiresAfterMonths, DateOnly? OnlyAccountsBefore)
{
    /// <summary>What is free in a month of 730 hours.</summary>
    public decimal PerMonth => Per is BillingPeriod.Day ? Amount * PriceUnit.DaysPerMonth : Amount;

    /// <param name="opened">The day when the account was opened.</param>
    /// <param name="month">The first day of the month that is billed.</param>
    public bool AppliesTo(DateOnly opened, DateOnly month) =>
        (OnlyAccountsBefore is not { } limit || opened < limit) && (ExpiresAfterMonths is not { } months || month < opened.AddMonths(months));
}

/// <summary>What a plan with a fixed price per month includes.</summary>
/// <param name="Included">In units of <paramref name="Of"/>.</param>
/// <param name="Of">What is included: <c>credit</c>, <c>mail</c>, <c>GB</c>.</param>
/// <param name="Overage">The price of each further unit; null: there is none, use ends at the allowance.</param>
/// <param name="Concurrency">How many sessions the plan lets run at once; null: not known.</param>
public sealed record PlanAllowance(decimal Included, string Of, decimal? Overage, int? Concurrency);
