namespace Lectern.Tests.Fakes;

/// <summary>
/// A clock that stands still until a test moves it. Timers, <c>Task.Delay(…, time)</c> and
/// <c>new CancellationTokenSource(…, time)</c> hang on it like on the real one.
/// </summary>
public sealed class VirtualTime(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<VirtualTimer> _timers = [];
    private DateTimeOffset _now = start ?? new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
    private long _order;

    /// <summary>How many timers have fired: who waits for something should not look for it all the time.</summary>
    public int Fired { get; private set; }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and fires what falls due, in order, each timer at its own moment; on the caller's thread.</summary>
    public void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (FireNext(target))
        {
        }
    }

    /// <summary>As <see cref="Advance"/>, but lets everything on the <see cref="VirtualLoop"/> come to rest before and after each timer.</summary>
    public async Task Pass(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        await Settle();
        while (FireNext(target))
            await Settle();
    }

    /// <summary>Completes when nothing but time can move the <see cref="VirtualLoop"/> any more.</summary>
    public static async Task Settle()
    {
        if (SynchronizationContext.Current is not VirtualLoop loop)
            throw new InvalidOperationException("Settle works inside VirtualLoop.Run only.");
        while (!loop.IsQuiet)
            await Task.Yield();
    }

    private bool FireNext(DateTimeOffset target)
    {
        VirtualTimer? next;
        lock (_lock)
        {
            next = _timers.Where(t => t.Due <= target).OrderBy(t => t.Due).ThenBy(t => t.Order).FirstOrDefault();
            _now = next is null ? target : next.Due > _now ? next.Due : _now;
            next?.Reschedule(_now);
            Fired += next is null ? 0 : 1;
        }
        next?.Fire();
        return next is not null;
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; }

        public long Order { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Due = time._now + dueTime;
                Order = time._order++;
                time._timers.Add(this);
                return true;
            }
        }

        public void Reschedule(DateTimeOffset now)
        {
            if (_period > TimeSpan.Zero)
                Due = now + _period;
            else
                time._timers.Remove(this);
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (time._lock)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
