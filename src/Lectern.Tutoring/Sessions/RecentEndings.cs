namespace Lectern.Tutoring.Sessions;

/// <summary>How often this node's conversations have ended of late, to tell those who find no place when there may be one.</summary>
internal sealed class RecentEndings(TimeProvider time)
{
    private const int Most = 1_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Queue<long> _endings = new();
    private readonly long _since = time.GetTimestamp();

    public void Add()
    {
        lock (_gate)
        {
            _endings.Enqueue(time.GetTimestamp());
            while (_endings.Count > Most)
                _endings.Dequeue();
        }
    }

    /// <summary>
    /// The time to the next ending if they go on as in the last ten minutes, or since the node runs: that time by their number. Null without any.
    /// </summary>
    public TimeSpan? UsualWait
    {
        get
        {
            lock (_gate)
            {
                while (_endings.TryPeek(out var first) && time.GetElapsedTime(first) > Window)
                    _endings.Dequeue();
                if (_endings.Count == 0)
                    return null;
                var looked = _endings.Count == Most ? time.GetElapsedTime(_endings.Peek()) : time.GetElapsedTime(_since);
                return (looked < Window ? looked : Window) / _endings.Count;
            }
        }
    }
}
