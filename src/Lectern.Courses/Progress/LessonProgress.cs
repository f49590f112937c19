using Lectern.Platform.Data;

namespace Lectern.Courses.Progress;

/// <summary>How far one person is with one lesson.</summary>
internal sealed class LessonProgress : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public Guid PersonId { get; private set; }

    public Guid CourseId { get; private set; }

    public Guid LessonId { get; private set; }

    public DateTimeOffset OpenedAt { get; private set; }

    public DateTimeOffset LastOpenedAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    public static LessonProgress Create(Guid personId, Guid courseId, Guid lessonId, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), PersonId = personId, CourseId = courseId, LessonId = lessonId, OpenedAt = now, LastOpenedAt = now };

    public void Mark(bool isFinished, DateTimeOffset now) => FinishedAt = isFinished ? FinishedAt ?? now : null;
}
