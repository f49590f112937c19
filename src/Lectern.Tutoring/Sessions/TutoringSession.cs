using Lectern.Courses.Contracts;
using Lectern.Platform.Data;
using Lectern.Tutoring.Characters;
using Lectern.Tutoring.Settings;

namespace Lectern.Tutoring.Sessions;

/// <summary>
/// A student's conversation with a teacher. Names of course, lesson and teacher are kept as they were. <see cref="Owner"/>,
/// <see cref="Epoch"/> and <see cref="LeaseUntil"/> say which node speaks for it (see the migration).
/// </summary>
internal sealed class TutoringSession : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public Guid PersonId { get; private set; }

    public Guid CourseId { get; private set; }

    /// <summary>The lesson the student was on; null for the whole course.</summary>
    public Guid? LessonId { get; private set; }

    public string CourseSlug { get; private set; } = "";

    public string LessonSlug { get; private set; } = "";

    /// <summary>BCP 47, of the course.</summary>
    public string Language { get; private set; } = "";

    /// <summary>The lesson's, else the course's.</summary>
    public string Title { get; private set; } = "";

    public string TeacherSlug { get; private set; } = "";

    public string TeacherName { get; private set; } = "";

    /// <summary>Whether the student was told, before it began, that the course's teachers may read it.</summary>
    public bool IsShared { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    public DateTimeOffset EndsAt { get; private set; }

    public int IdleMinutes { get; private set; }

    public int MaxMessages { get; private set; }

    public DateTimeOffset LastActiveAt { get; private set; }

    public Guid? Owner { get; private set; }

    public int Epoch { get; private set; }

    public DateTimeOffset? LeaseUntil { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The protocol's word: student, time, idle, messages, shutdown, error.</summary>
    public string? EndReason { get; private set; }

    public int? Rating { get; private set; }

    public string RatingComment { get; private set; } = "";

    public DateTimeOffset? RatedAt { get; private set; }

    public static TutoringSession Start(Guid person, CourseBrief course, LessonBrief? lesson, Character teacher, SessionLimits limits, bool isShared, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        PersonId = person,
        CourseId = course.Id,
        LessonId = lesson?.Id,
        CourseSlug = course.Slug,
        LessonSlug = lesson?.Slug ?? "",
        Language = course.Language,
        Title = lesson?.Title ?? course.Title,
        TeacherSlug = teacher.Slug,
        TeacherName = teacher.Name,
        IsShared = isShared,
        StartedAt = now,
        EndsAt = now.AddMinutes(limits.Minutes),
        IdleMinutes = limits.IdleMinutes,
        MaxMessages = limits.Messages,
        LastActiveAt = now,
    };

    public void Rate(int stars, string comment, DateTimeOffset now) => (Rating, RatingComment, RatedAt) = (stars, comment, now);
}
