namespace Lectern.Voice.Loop;

/// <summary>The loop's only clock: time since it began, and a wake-up at the next moment that matters.</summary>
internal sealed class LoopTimer : IDisposable
{
    // The system's timers may fire a little early; a shorter wait would spin.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private TimeSpan _armedFor = TimeSpan.MaxValue;
    private volatile bool _hasFired;

    public LoopTimer(TimeProvider time, Wake wake)
    {
        _time = time;
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(
            _ =>
            {
                _hasFired = true;
                wake.Set();
            },
            state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Wakes the loop at <paramref name="due"/> or, if it is far, some time before.</summary>
    public void Arm(TimeSpan due)
    {
        var now = Now;
        // One that fired a little early is spent, although what it was set for is still to come.
        if (due == _armedFor && due > now && !_hasFired)
            return;
        _hasFired = false;
        _armedFor = due;
        var wait = due - now;
        _timer.Change(wait < Shortest ? Shortest : wait > Longest ? Longest : wait, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();
}
