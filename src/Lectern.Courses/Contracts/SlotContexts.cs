namespace Lectern.Courses.Contracts;

/// <summary>What fills the slot <c>lesson-panel</c> gets.</summary>
public sealed record LessonSlotContext(Guid CourseId, string CourseSlug, Guid LessonId, string LessonSlug, string LessonTitle, string Teacher);

/// <summary>What fills the slot <c>course-panel</c> gets.</summary>
public sealed record CourseSlotContext(Guid CourseId, string CourseSlug, string CourseTitle, string Teacher);
