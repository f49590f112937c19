namespace Lectern.Costs.Prices.Billing;

/// <summary>What a plan of an avatar's vendor costs in a month, and whether it lets as many sessions run at once.</summary>
/// <param name="Cost">The plan and what goes beyond it; null when the plan sells no more credits than it includes and they don't suffice.</param>
/// <param name="Beyond">Credits above the allowance.</param>
/// <param name="ConcurrencySuffices">Null when the vendor doesn't state the plan's cap.</param>
public sealed record AvatarPlanCost(PriceItem Plan, decimal? Cost, decimal Beyond, bool? ConcurrencySuffices);

/// <summary>
/// ceil_min(session) · credits per minute; the plan's allowance first, then its overage. Plans cap sessions at once, too. One minute is held when a session
/// starts. Source: docs.liveavatar.com/docs/faq/credits: 2 credits a minute with the vendor's voice and model (FULL), 1 without (LITE).
/// </summary>
public static class AvatarCredits
{
    /// <param name="sessions">Sessions of a month.</param>
    /// <param name="minutes">Length of one; each begins its last minute whole.</param>
    public static decimal Needed(decimal sessions, decimal minutes, decimal creditsPerMinute) => Blocks.Count(sessions, minutes, 1m) * creditsPerMinute;

    /// <param name="price">A plan's price, with <see cref="PriceItem.Plan"/>.</param>
    /// <param name="peakSessions">Sessions at the same time.</param>
    /// <exception cref="ArgumentException">The item is no plan.</exception>
    public static AvatarPlanCost CostOf(Price price, decimal credits, decimal peakSessions)
    {
        var plan = price.Item.Plan ?? throw new ArgumentException($"{price.Item.Id} is no plan.", nameof(price));
        var beyond = Math.Max(0m, credits - plan.Included);
        var cost = beyond == 0m ? price.UnitPrice : plan.Overage is { } overage ? price.UnitPrice + (beyond * overage) : (decimal?)null;
        return new AvatarPlanCost(price.Item, cost, beyond, plan.Concurrency is { } cap ? peakSessions <= cap : null);
    }
}
