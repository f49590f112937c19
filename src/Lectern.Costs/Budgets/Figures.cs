using System.Collections.Frozen;
using Lectern.Costs.Contracts;
using Lectern.Costs.Metering;
using Lectern.Platform.Schools;

namespace Lectern.Costs.Budgets;

/// <summary>A budget and how far it is used up in its present period.</summary>
/// <param name="Limit">Its amount in millionths of the installation's currency; null when there is no rate for it.</param>
/// <param name="Ends">When the next period begins.</param>
internal sealed record BudgetFigures(Budget Budget, long? Limit, DateOnly Starts, DateTimeOffset Ends, SpentSoFar Spent)
{
    public SpendingLevel Level => SpendingLevels.Of(Budget, Limit, Spent);

    /// <summary>Booked, as a share of the amount in percent; whoever refuses has used all of it up.</summary>
    public decimal Percent => Limit is not { } limit ? 100 : Math.Max(Spent.Settled * 100m / limit, Budget.IsCap && SpendingLevels.IsExhausted(limit, Spent) ? 100 : 0);
}

/// <summary>How one school stands, as read at one moment: its budgets and the installation's, and the prices it has agreed itself.</summary>
internal sealed record Figures(School School, IReadOnlyList<BudgetFigures> Budgets, IReadOnlyDictionary<string, UnitRate> OwnRates, long ReadAt)
{
    private readonly FrozenSet<Guid> _cappedCourses = Budgets.Where(figures => figures.Budget is { IsCap: true, CourseId: not null }).Select(figures => figures.Budget.CourseId!.Value).ToFrozenSet(); // as the condition says

    /// <summary>Something limits what the school may spend.</summary>
    public bool HasCap { get; } = Budgets.Any(figures => figures.Budget.IsCap);

    /// <summary>The course has a cap of its own, so that blocks are leased for it alone.</summary>
    public bool IsCapped(Guid course) => _cappedCourses.Contains(course);

    /// <summary>The lowest of all that hold for the course, and when it ends.</summary>
    public SpendingState StateOf(Guid? course)
    {
        var state = new SpendingState(SpendingLevel.Everything);
        foreach (var figures in Budgets.Where(figures => figures.Budget.CourseId is not { } its || its == course))
        {
            if (figures.Level > state.Level || (figures.Level == state.Level && state.Until < figures.Ends))
                state = new SpendingState(figures.Level, figures.Level == SpendingLevel.Everything ? null : figures.Ends);
        }
        return state;
    }
}
