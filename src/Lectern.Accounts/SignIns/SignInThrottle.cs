using System.Collections.Concurrent;

namespace Lectern.Accounts.SignIns;

/// <summary>
/// Counts attempts per key in a sliding window, in the memory of this node. The lock-out in the database is what holds for the whole installation; this
/// one also answers for addresses that belong to nobody, so that being locked out does not tell who has an account.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    private const int SweepAt = 20_000;

    private readonly ConcurrentDictionary<string, Attempts> _keys = new(StringComparer.Ordinal);

    /// <summary>How long to wait until the key has fewer than <paramref name="limit"/> attempts in the window; null if it has now.</summary>
    public TimeSpan? WaitFor(string key, int limit, TimeSpan window)
    {
        if (!_keys.TryGetValue(key, out var attempts))
            return null;
        var now = time.GetUtcNow();
        lock (attempts)
        {
            attempts.ForgetBefore(now - window);
            return attempts.Count < limit ? null : attempts.Oldest(limit) + window - now;
        }
    }

    public void Count(string key, TimeSpan window)
    {
        if (_keys.Count >= SweepAt)
            Sweep(window);
        var attempts = _keys.GetOrAdd(key, _ => new Attempts());
        lock (attempts)
            attempts.Add(time.GetUtcNow());
    }

    public void Forget(string key) => _keys.TryRemove(key, out _);

    private void Sweep(TimeSpan window)
    {
        var before = time.GetUtcNow() - window;
        foreach (var (key, attempts) in _keys)
        {
            lock (attempts)
            {
                attempts.ForgetBefore(before);
                if (attempts.Count == 0)
                    _keys.TryRemove(key, out _);
            }
        }
        // Somebody is making up keys: better to forget counts than to run out of memory. The lock-out in the database remains.
        if (_keys.Count >= SweepAt)
            _keys.Clear();
    }

    private sealed class Attempts
    {
        private const int Most = 1000;

        private readonly Queue<DateTimeOffset> _times = [];

        public int Count => _times.Count;

        public void Add(DateTimeOffset now)
        {
            _times.Enqueue(now);
            if (_times.Count > Most)
                _times.Dequeue();
        }

        public void ForgetBefore(DateTimeOffset limit)
        {
            while (_times.TryPeek(out var oldest) && oldest <= limit)
                _times.Dequeue();
        }

        // The attempt that must leave the window before there are fewer than the limit.
        public DateTimeOffset Oldest(int limit) => _times.ElementAt(_times.Count - limit);
    }
}
