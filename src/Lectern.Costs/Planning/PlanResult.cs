using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning;

/// <summary>What a plan costs. Amounts are US dollars, not rounded.</summary>
internal sealed record PlanResult
{
    public required Plan Plan { get; init; }

    /// <summary>The day of the calculation: evidence is aged by it.</summary>
    public required DateOnly Day { get; init; }

    public required Cloud Cloud { get; init; }

    /// <summary>The phase whose lines are shown.</summary>
    public required PhaseCost Shown { get; init; }

    public required IReadOnlyList<PhaseCost> Phases { get; init; }

    /// <summary>Over all months of all phases.</summary>
    public Interval Total => Phases.Aggregate(Interval.Zero, (sum, phase) => sum + phase.Sum);

    /// <summary>Calendar quarters with what falls into them.</summary>
    public required IReadOnlyList<QuarterCost> Quarters { get; init; }

    public required IReadOnlyList<CloudCost> Clouds { get; init; }

    public required IReadOnlyList<PurchaseCost> Purchases { get; init; }

    /// <summary>What changes the bill most, first.</summary>
    public required IReadOnlyList<Driver> Drivers { get; init; }

    public required UnitCosts Units { get; init; }

    public required IReadOnlyList<PlanWarning> Warnings { get; init; }

    /// <summary>The measurements that numbers of servers stand on.</summary>
    public required IReadOnlyList<PlanText> Sources { get; init; }

    /// <summary>Cost per student a month against the number of students, all else equal.</summary>
    public IReadOnlyList<ScalePoint> Scale { get; init; } = [];
}

/// <param name="Last">The bill of its last month, when it has grown.</param>
/// <param name="Sum">Over its months.</param>
internal sealed record PhaseCost(Phase Phase, Bill Last, Interval Sum);

internal sealed record QuarterCost(int Year, int Quarter, Interval Sum);

/// <param name="Difference">To the cloud of the plan; more is dearer.</param>
internal sealed record CloudCost(Cloud Cloud, Bill Bill, Interval Difference, bool IsCheapest);

/// <param name="Saving">Against on demand.</param>
internal sealed record PurchaseCost(Purchase Purchase, Interval Monthly, Interval Saving);

/// <param name="Less">The month's bill with a fifth less of it.</param>
/// <param name="More">With a fifth more.</param>
internal sealed record Driver(WorkloadInput Input, decimal Less, decimal More)
{
    /// <summary>How far the bill moves between the two.</summary>
    public decimal Swing => Math.Abs(More - Less);
}

/// <param name="PerStudent">A month.</param>
/// <param name="BreakEven">What each paying student has to pay a month, staff included where the plan names it.</param>
internal sealed record UnitCosts(Interval? PerStudent, Interval? PerActiveStudent, Interval? PerSession, Interval? PerCall, Interval Staff, Interval? BreakEven);

internal sealed record ScalePoint(decimal Students, Interval PerStudent);
