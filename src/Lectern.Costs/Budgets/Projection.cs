namespace Lectern.Costs.Budgets;

/// <summary>Where a month is going to end: what is spent, and for the days left the average of the last full days.</summary>
internal static class Projection
{
    /// <summary>So many days are looked back on: every weekday once.</summary>
    public const int Days = 7;

    // One day says nothing about the next.
    private const int FewestDays = 3;

    /// <param name="spent">In this month so far, today included.</param>
    /// <param name="before">What each of the last <see cref="Days"/> full days came to, the newest first; they may lie in the month before.</param>
    /// <returns>Null as long as it is too early to tell.</returns>
    public static long? Of(long spent, DateOnly today, long spentToday, IReadOnlyList<long> before)
    {
        // Days before the first use say nothing.
        var days = before.Reverse().SkipWhile(day => day == 0).ToList();
        if (days.Count < FewestDays)
            return null;
        var average = days.Average();
        var left = DateTime.DaysInMonth(today.Year, today.Month) - today.Day;
        // Today is not over: it comes to the average at least, unless it is above it already.
        return spent + (long)Math.Round(Math.Max(0, average - spentToday) + average * left);
    }
}
