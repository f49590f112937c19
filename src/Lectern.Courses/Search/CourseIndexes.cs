using System.Collections.Concurrent;

namespace Lectern.Courses.Search;

/// <summary>A course and the school it belongs to: what is remembered for one school is never found by another.</summary>
internal sealed record CourseKey(Guid School, Guid Course);

/// <summary>The indexes of the courses asked about of late, each known by its course and that course's last change.</summary>
internal sealed class CourseIndexes(TimeProvider time) : IDisposable
{
    /// <summary>An index takes some times its course's text: about 1 MB for a long one. The vectors of words are shared by all.</summary>
    private const int Most = 200;

    /// <summary>How long a course is taken not to have changed on another node; a class that asks at once need not ask for that each time.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<CourseKey, Held> _held = new();
    private readonly SemaphoreSlim _making = new(1);

    /// <summary>The course's index, if it was made sure within the last second that it is the newest.</summary>
    public CourseIndex? FindFresh(CourseKey course) =>
        _held.TryGetValue(course, out var held) && time.GetElapsedTime(held.CheckedAt) < Fresh ? Use(held) : null;

    /// <summary>As it was when it was last asked about, for when nobody can tell whether it has changed.</summary>
    public CourseIndex? FindLast(CourseKey course) => _held.TryGetValue(course, out var held) ? held.Index : null;

    /// <summary>The index of the course as it was at its last change. One is made at a time, so that a class that asks first makes it once.</summary>
    public async Task<CourseIndex> GetAsync(CourseKey course, DateTimeOffset changedAt, Func<Task<CourseIndex>> make, CancellationToken ct)
    {
        if (FindAt(course, changedAt) is { } known)
            return known;
        await _making.WaitAsync(ct);
        try
        {
            if (FindAt(course, changedAt) is { } made)
                return made;
            var index = await make();
            Keep(course, changedAt, index);
            return index;
        }
        finally
        {
            _making.Release();
        }
    }

    public void Dispose() => _making.Dispose();

    private CourseIndex? FindAt(CourseKey course, DateTimeOffset changedAt)
    {
        if (!_held.TryGetValue(course, out var held) || held.ChangedAt != changedAt)
            return null;
        held.CheckedAt = time.GetTimestamp();
        return Use(held);
    }

    private CourseIndex Use(Held held)
    {
        held.UsedAt = time.GetTimestamp();
        return held.Index;
    }

    private void Keep(CourseKey course, DateTimeOffset changedAt, CourseIndex index)
    {
        _held[course] = new Held(changedAt, index) { UsedAt = time.GetTimestamp(), CheckedAt = time.GetTimestamp() };
        while (_held.Count > Most)
            _held.TryRemove(_held.MinBy(pair => pair.Value.UsedAt).Key, out _);
    }

    private sealed class Held(DateTimeOffset changedAt, CourseIndex index)
    {
        public DateTimeOffset ChangedAt { get; } = changedAt;

        public CourseIndex Index { get; } = index;

        public long UsedAt { get; set; }

        public long CheckedAt { get; set; }
    }
}
