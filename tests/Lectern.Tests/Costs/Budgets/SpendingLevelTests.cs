using Lectern.Costs.Budgets;
using Lectern.Costs.Contracts;

namespace Lectern.Tests.Costs.Budgets;

/// <summary>What a budget switches off, and where a month is going to end; without a database.</summary>
public sealed class SpendingLevelTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, SpendingLevel.Everything)]
    [InlineData(79_999_999, SpendingLevel.Everything)]
    [InlineData(80_000_000, SpendingLevel.Voice)]
    [InlineData(90_000_000, SpendingLevel.Written)]
    [InlineData(95_000_000, SpendingLevel.Typed)]
    [InlineData(100_000_000, SpendingLevel.Closed)]
    [InlineData(130_000_000, SpendingLevel.Closed)]
    public void Each_threshold_switches_one_thing_off(long spent, SpendingLevel level) => Assert.Equal(level, SpendingLevels.Of(Cap(), 100_000_000, new SpentSoFar(spent, 0, 0)));

    [Fact]
    public void What_is_leased_out_counts_as_spent() => Assert.Equal(SpendingLevel.Voice, SpendingLevels.Of(Cap(), 100_000_000, new SpentSoFar(70_000_000, 10_000_000, 0)));

    [Fact]
    public void An_alarm_switches_nothing_off() =>
        Assert.Equal(SpendingLevel.Everything, SpendingLevels.Of(Make(BudgetTerms.Alarm(100, "USD")), 100_000_000, new SpentSoFar(900_000_000, 0, 0)));

    [Fact]
    public void A_threshold_that_was_left_out_is_passed_over() =>
        Assert.Equal(SpendingLevel.Everything, SpendingLevels.Of(Make(BudgetTerms.Cap(100, "USD") with { AvatarOff = null, VoiceOff = null }), 100_000_000, new SpentSoFar(94_000_000, 0, 0)));

    [Fact]
    public void A_rest_that_is_too_small_for_what_was_asked_is_used_up_until_there_is_more_room()
    {
        Assert.Equal(SpendingLevel.Closed, SpendingLevels.Of(Cap(), 100_000_000, new SpentSoFar(99_000_000, 0, Wanting: 1_500_000)));
        Assert.Equal(SpendingLevel.Typed, SpendingLevels.Of(Cap(), 100_000_000, new SpentSoFar(98_000_000, 0, Wanting: 1_500_000)));
        Assert.Equal(SpendingLevel.Everything, SpendingLevels.Of(Cap(), 200_000_000, new SpentSoFar(99_000_000, 0, Wanting: 1_500_000)));
    }

    [Fact]
    public void A_budget_without_an_exchange_rate_allows_nothing_rather_than_anything() => Assert.Equal(SpendingLevel.Closed, SpendingLevels.Of(Cap(), limit: null, SpentSoFar.Nothing));

    [Fact]
    public void A_month_ends_where_the_last_seven_days_lead()
    {
        long[] week = [10, 10, 10, 10, 10, 10, 10];

        Assert.Equal(200 + 90, Projection.Of(spent: 200, new DateOnly(2026, 11, 21), spentToday: 10, week)); // nine days are left
        Assert.Equal(200 + 6 + 90, Projection.Of(200, new DateOnly(2026, 11, 21), spentToday: 4, week)); // today comes to the average at least
        Assert.Equal(200 + 90, Projection.Of(200, new DateOnly(2026, 11, 21), spentToday: 50, week));
        Assert.Equal(200, Projection.Of(200, new DateOnly(2026, 11, 30), spentToday: 10, week));
    }

    [Theory]
    [InlineData(0, 0, 0, 0, 0, 0, 0, null)]
    [InlineData(10, 10, 0, 0, 0, 0, 0, null)]
    [InlineData(10, 10, 10, 0, 0, 0, 0, 290L)]
    [InlineData(0, 0, 30, 0, 0, 0, 0, 290L)]
    public void The_first_days_tell_nothing_yet(long d1, long d2, long d3, long d4, long d5, long d6, long d7, long? expected) =>
        Assert.Equal(expected, Projection.Of(200, new DateOnly(2026, 11, 21), spentToday: 10, [d1, d2, d3, d4, d5, d6, d7]));

    private static Budget Cap() => Make(BudgetTerms.Cap(100, "USD"));

    private static Budget Make(BudgetTerms terms) => Budget.Create(SpentKey.School, course: null, SpentKey.Month, terms, Now);
}
