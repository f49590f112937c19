using System.Collections.Concurrent;
using Lectern.Platform.Data;

namespace Lectern.Accounts.SignIns;

/// <summary>A sign-in and its person as they were read a moment ago: what a request needs to know.</summary>
internal sealed record KnownSignIn(
    Guid Id, Guid PersonId, SignInKind Kind, byte[] SecretHash, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, DateTimeOffset? AccessExpiresAt,
    string DisplayName, string? Locale, IReadOnlyList<string> Roles);

/// <summary>
/// Spares each request the question to the database for some seconds. What is revoked on this node is forgotten at once; on other
/// nodes it ends within <see cref="MaxAge"/>. While the database is away, what is known goes on to hold.
/// </summary>
internal sealed class SignInCache(DatabaseWatch watch, TimeProvider time)
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(15);

    /// <summary>Nothing can be revoked meanwhile, and nothing is read but pages from memory.</summary>
    private static readonly TimeSpan MaxAgeWhileAway = TimeSpan.FromMinutes(30);

    private const int SweepAt = 20_000;

    private readonly ConcurrentDictionary<(Guid School, Guid SignIn), (KnownSignIn Known, long ReadAt)> _entries = new();
    private long _generation;

    /// <summary>Read before the database is asked, and handed to <see cref="Keep"/>: an answer that a revocation overtook is not kept.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    public KnownSignIn? Find(Guid schoolId, Guid signInId) =>
        _entries.TryGetValue((schoolId, signInId), out var entry) && time.GetElapsedTime(entry.ReadAt) < (watch.IsAway ? MaxAgeWhileAway : MaxAge) ? entry.Known : null;

    public void Keep(Guid schoolId, KnownSignIn known, long generation)
    {
        if (_entries.Count >= SweepAt)
            Sweep();
        var entry = (known, time.GetTimestamp());
        _entries[(schoolId, known.Id)] = entry;
        if (Generation != generation)
            _entries.TryRemove(new KeyValuePair<(Guid, Guid), (KnownSignIn, long)>((schoolId, known.Id), entry));
    }

    public void Forget(Guid schoolId, Guid signInId)
    {
        Interlocked.Increment(ref _generation);
        _entries.TryRemove((schoolId, signInId), out _);
    }

    public void ForgetPerson(Guid schoolId, Guid personId)
    {
        Interlocked.Increment(ref _generation);
        foreach (var (key, entry) in _entries)
        {
            if (key.School == schoolId && entry.Known.PersonId == personId)
                _entries.TryRemove(key, out _);
        }
    }

    private void Sweep()
    {
        foreach (var (key, entry) in _entries)
        {
            if (time.GetElapsedTime(entry.ReadAt) >= MaxAge)
                _entries.TryRemove(key, out _);
        }
        if (_entries.Count >= SweepAt)
            _entries.Clear();
    }
}
