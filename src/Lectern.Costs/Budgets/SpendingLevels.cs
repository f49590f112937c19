using Lectern.Costs.Contracts;

namespace Lectern.Costs.Budgets;

/// <summary>What has become of one row of <c>cost_spent</c>, in millionths of the installation's currency.</summary>
/// <param name="Settled">Booked.</param>
/// <param name="Held">Leased out and not yet reported, which counts as spent.</param>
/// <param name="Wanting">The least sum that was asked for in vain; 0 for none.</param>
internal sealed record SpentSoFar(long Settled, long Held, long Wanting)
{
    public static SpentSoFar Nothing { get; } = new(0, 0, 0);

    public long Committed => Settled + Held;
}

/// <summary>The one place that decides what a budget switches off.</summary>
internal static class SpendingLevels
{
    /// <param name="limit">The budget's amount in the installation's currency; null when there is no rate for it, and then nothing may be spent.</param>
    public static SpendingLevel Of(Budget budget, long? limit, SpentSoFar spent)
    {
        if (!budget.IsCap)
            return SpendingLevel.Everything;
        if (limit is not { } most || IsExhausted(most, spent))
            return SpendingLevel.Closed;
        return Passed(budget.Closed, most, spent) ? SpendingLevel.Closed
            : Passed(budget.TypedOnly, most, spent) ? SpendingLevel.Typed
            : Passed(budget.VoiceOff, most, spent) ? SpendingLevel.Written
            : Passed(budget.AvatarOff, most, spent) ? SpendingLevel.Voice
            : SpendingLevel.Everything;
    }

    /// <summary>The rest of the budget is less than what somebody needed and did not get: it never quite reaches its amount, and is used up all the same.</summary>
    public static bool IsExhausted(long limit, SpentSoFar spent) => spent.Wanting > 0 && limit - spent.Committed < spent.Wanting;

    private static bool Passed(int? percent, long limit, SpentSoFar spent) => percent is { } share && spent.Committed >= limit / 100m * share;
}
