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

    public LoopTimer(TimeProvider time, Wake wake)
    {
        _time = time;
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(static wake => ((Wake)wake!).Set(), wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Wakes the loop at <paramref name="due"/> or, if it is far, some time before.</summary>
    public void Arm(TimeSpan due)
    {
        var now = Now;
        if (due == _armedFor && due > now)
            return;
        _armedFor = due;
        var wait = due - now;
        _timer.Change(wait < Shortest ? Shortest : wait > Longest ? Longest : wait, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();
}
