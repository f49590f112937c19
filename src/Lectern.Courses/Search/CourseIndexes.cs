using System.Collections.Concurrent;

namespace Lectern.Courses.Search;

/// <summary>The indexes of the courses asked about of late, each known by its course and that course's last change.</summary>
internal sealed class CourseIndexes(TimeProvider time)
{
    /// <summary>An index takes some times its course's text: about 1 MB for a long one. The vectors of words are shared by all.</summary>
    private const int Most = 200;

    private readonly ConcurrentDictionary<Guid, Held> _held = new();

    public CourseIndex? Find(Guid course, DateTimeOffset changedAt)
    {
        if (!_held.TryGetValue(course, out var held) || held.ChangedAt != changedAt)
            return null;
        held.UsedAt = time.GetTimestamp();
        return held.Index;
    }

    /// <summary>As it was when it was last asked about, for when nobody can tell whether it has changed.</summary>
    public CourseIndex? FindLast(Guid course) => _held.TryGetValue(course, out var held) ? held.Index : null;

    public void Keep(Guid course, DateTimeOffset changedAt, CourseIndex index)
    {
        _held[course] = new Held(changedAt, index) { UsedAt = time.GetTimestamp() };
        while (_held.Count > Most)
            _held.TryRemove(_held.MinBy(pair => pair.Value.UsedAt).Key, out _);
    }

    private sealed class Held(DateTimeOffset changedAt, CourseIndex index)
    {
        public DateTimeOffset ChangedAt { get; } = changedAt;

        public CourseIndex Index { get; } = index;

        public long UsedAt { get; set; }
    }
}
