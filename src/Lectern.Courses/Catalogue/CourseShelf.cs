using System.Collections.Concurrent;
using Lectern.Courses.Lessons;

namespace Lectern.Courses.Catalogue;

/// <summary>A course by its address, in the school it belongs to: what is kept for one school is never found by another.</summary>
internal sealed record ShelfPlace(Guid School, string Slug);

/// <summary>
/// Courses and lessons as pages show them, which is the same for everybody, each kept as it was at its course's last change. Whoever asks tells when that
/// was; for a second after that the course is taken not to have changed on another node, so that a class that opens a lesson reads it once.
/// </summary>
internal sealed class CourseShelf(TimeProvider time)
{
    /// <summary>About 8 MB: some two hundred lessons.</summary>
    private const int MostCharacters = 4_000_000;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ShelfPlace, Held> _held = new();

    /// <summary>The course, if it was made sure within the last second that this is the newest.</summary>
    public CourseView? FindFresh(ShelfPlace place) => _held.TryGetValue(place, out var held) && time.GetElapsedTime(held.CheckedAt) < Fresh ? held.Course : null;

    /// <summary>The course as it was when it was last made sure; it may have changed since.</summary>
    public CourseView? FindLast(ShelfPlace place) => _held.TryGetValue(place, out var held) ? held.Course : null;

    /// <summary>The course as it was at this change; null if another is kept, or none.</summary>
    public CourseView? FindAt(ShelfPlace place, DateTimeOffset changedAt)
    {
        if (!_held.TryGetValue(place, out var held) || held.ChangedAt != changedAt)
            return null;
        held.CheckedAt = time.GetTimestamp();
        return held.Course;
    }

    /// <param name="changedAt">Read before the course was.</param>
    public void Keep(ShelfPlace place, DateTimeOffset changedAt, CourseView course) => _held[place] = new Held(changedAt, course) { CheckedAt = time.GetTimestamp() };

    /// <summary>A lesson of just this state of the course.</summary>
    public LessonView? FindLesson(ShelfPlace place, CourseView course, string slug) =>
        _held.TryGetValue(place, out var held) && ReferenceEquals(held.Course, course) ? held.Lessons.GetValueOrDefault(slug) : null;

    public void Keep(ShelfPlace place, CourseView course, LessonView lesson)
    {
        if (!_held.TryGetValue(place, out var held) || !ReferenceEquals(held.Course, course))
            return;
        held.Lessons[lesson.Slug] = lesson;
        while (_held.Count > 1 && _held.Values.Sum(kept => kept.Characters) > MostCharacters)
            _held.TryRemove(_held.Where(kept => kept.Value != held).MinBy(kept => kept.Value.CheckedAt));
    }

    /// <summary>It has just changed here, or is gone.</summary>
    public void Forget(ShelfPlace place) => _held.TryRemove(place, out _);

    private sealed class Held(DateTimeOffset changedAt, CourseView course)
    {
        public DateTimeOffset ChangedAt => changedAt;

        public CourseView Course => course;

        public ConcurrentDictionary<string, LessonView> Lessons { get; } = new(StringComparer.Ordinal);

        public long CheckedAt { get; set; }

        public int Characters => Lessons.Values.Sum(lesson => lesson.Html.Length);
    }
}
