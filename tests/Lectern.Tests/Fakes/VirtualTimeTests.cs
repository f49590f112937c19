namespace Lectern.Tests.Fakes;

public sealed class VirtualTimeTests
{
    [Fact]
    public void Time_stands_still_until_it_is_advanced_and_timers_fire_in_order_at_their_moment()
    {
        var time = new VirtualTime();
        var start = time.GetUtcNow();
        var fired = new List<double>();
        using var late = time.CreateTimer(_ => fired.Add((time.GetUtcNow() - start).TotalSeconds), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        using var often = time.CreateTimer(_ => fired.Add((time.GetUtcNow() - start).TotalSeconds), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5));

        Assert.Equal(start, time.GetUtcNow());
        time.Advance(TimeSpan.FromSeconds(4.2));

        Assert.Equal([1, 2.5, 3, 4], fired);
        Assert.Equal(TimeSpan.FromSeconds(4.2), time.GetUtcNow() - start);
        Assert.Equal(TimeSpan.FromSeconds(4.2), time.GetElapsedTime(start.UtcTicks));
    }

    [Fact]
    public void A_disposed_timer_does_not_fire()
    {
        var time = new VirtualTime();
        var fired = false;
        time.CreateTimer(_ => fired = true, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Dispose();
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(fired);
    }

    [Fact]
    public void Passing_time_lets_delays_that_follow_each_other_begin_at_their_own_moment() => VirtualLoop.Run(async () =>
    {
        var time = new VirtualTime();
        var start = time.GetUtcNow();
        var woken = WakeTwice();

        await time.Pass(TimeSpan.FromSeconds(10));

        Assert.Equal(TimeSpan.FromSeconds(3), await woken);

        async Task<TimeSpan> WakeTwice()
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time);
            await Task.Delay(TimeSpan.FromSeconds(2), time);
            return time.GetUtcNow() - start;
        }
    });

    [Fact]
    public void A_test_that_waits_for_what_never_happens_fails_instead_of_hanging() =>
        Assert.Throws<InvalidOperationException>(() => VirtualLoop.Run(() => new TaskCompletionSource().Task));
}
