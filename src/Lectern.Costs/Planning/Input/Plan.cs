using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Input;

/// <summary>A plan as it was written, with defaults filled in and named.</summary>
internal sealed record Plan
{
    public required string Name { get; init; }

    public required string File { get; init; }

    public required IReadOnlyList<Phase> Phases { get; init; }

    public required Cloud Cloud { get; init; }

    /// <summary>The region per cloud, as the catalogue names it; a cloud without one uses the catalogue's first.</summary>
    public required IReadOnlyDictionary<Cloud, string> Regions { get; init; }

    /// <summary>When the account with the provider was opened: older ones have other free allowances.</summary>
    public required DateOnly AccountOpened { get; init; }

    /// <summary>The share of a node that stays free at the busiest moment.</summary>
    public required decimal HeadRoom { get; init; }

    public required PlanServices Services { get; init; }

    public IReadOnlyList<KeptService> Existing { get; init; } = [];

    public IReadOnlyList<StaffRow> Staff { get; init; } = [];

    /// <summary>Approved, a month.</summary>
    public decimal? Budget { get; init; }

    /// <summary>Alarms that somebody has set or wants to set, a month.</summary>
    public IReadOnlyList<decimal> Alarms { get; init; } = [];

    /// <summary>The share of students for whom somebody pays.</summary>
    public decimal Paying { get; init; } = 1;

    /// <summary>How many regions the profile of several regions has.</summary>
    public int RegionCount { get; init; } = 3;

    /// <summary>Promised share of time, such as 0.999; null when nothing is promised.</summary>
    public decimal? Availability { get; init; }

    /// <summary>What the plan did not say and was supposed.</summary>
    public required IReadOnlyList<Assumed> Assumed { get; init; }
}

/// <summary>A stretch of the plan with its own workload.</summary>
/// <param name="FirstMonth">The phase's first month, counted from 1 at the start of the plan.</param>
/// <param name="Months">How many months it lasts.</param>
internal sealed record Phase(string Name, DateOnly From, int FirstMonth, int Months, ProfileKind Profile, Purchase Purchase, Workload Workload, IReadOnlyList<DocumentedRow> Documented, StatedTotal? Stated);

/// <summary>What was supposed because the plan did not say it.</summary>
internal sealed record Assumed(string Key, string Value, string Label);

/// <summary>A service that stays as it is, with its price a month.</summary>
internal sealed record KeptService(string Name, string Category, Interval Price, LineRole Role);

/// <param name="Salary">For one person, a month.</param>
internal sealed record StaffRow(string Name, decimal People, Interval Salary);

/// <summary>A row of somebody's estimate, taken as it is.</summary>
/// <param name="Stated">The amount the estimate prints; null where it prints none.</param>
/// <param name="For">The row that this one replaces or reduces.</param>
internal sealed record DocumentedRow(int Line, string Category, string Service, string Specification, Interval Quantity, Interval? UnitPrice, Interval? Stated, LineRole Role, string? For);

/// <summary>The total that the estimate prints.</summary>
internal sealed record StatedTotal(int Line, Interval Monthly);

internal sealed record PlanServices(string? Model, string? SpeechToText, string? TextToSpeech, string? Avatar, string? Telephony, string? Mail, string? Support);

internal enum Cloud
{
    Aws,
    Azure,
    Gcp,
    Server,
}

internal enum ProfileKind
{
    SingleServer,
    ManagedDatabase,
    TwoZones,
    Cluster,
    SeveralRegions,
    Documented,
}

/// <summary>How a line counts.</summary>
internal enum LineRole
{
    /// <summary>Counts at both ends.</summary>
    Additive,

    /// <summary>May be left out: counts at the high end only.</summary>
    Optional,

    /// <summary>Instead of another line, which counts; this one is shown.</summary>
    Alternative,

    /// <summary>Replaces the line it names when chosen; until then shown.</summary>
    Commitment,

    /// <summary>Lessens the line it names, never below nothing.</summary>
    Saving,
}
