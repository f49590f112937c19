using System.Linq.Expressions;
using Lectern.Courses.Catalogue;
using Lectern.Courses.Lessons;
using Lectern.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Courses.Contracts;

/// <param name="Language">BCP 47.</param>
/// <param name="Teacher">Slug of the AI teacher that suits the course, or empty.</param>
public sealed record CourseBrief(Guid Id, string Slug, string Title, string Language, string Teacher);

public sealed record LessonBrief(Guid Id, Guid CourseId, string Slug, string Title, int Position, int Revision);

/// <summary>A paragraph with all that a citation needs.</summary>
/// <param name="ParagraphId">Stable through revisions; the page's anchor is <c>p-</c> and this.</param>
public sealed record Passage(
    Guid LessonId, string LessonSlug, string LessonTitle, int LessonPosition, int Revision, string ParagraphId, int Ordinal,
    string Kind, string SectionId, string SectionTitle, string Box, string Text, string Spoken, double Rank = 0);

/// <summary>What other rooms may ask about courses. Only published courses of the school of the scope are seen.</summary>
public sealed class CourseReading(LecternDb db)
{
    public Task<CourseBrief?> FindCourseAsync(Guid id, CancellationToken ct) => Briefs(course => course.Id == id).SingleOrDefaultAsync(ct);

    public Task<CourseBrief?> FindCourseAsync(string slug, CancellationToken ct) => Briefs(course => course.Slug == slug).SingleOrDefaultAsync(ct);

    public Task<LessonBrief?> FindLessonAsync(Guid id, CancellationToken ct) => db.Set<Lesson>().AsNoTracking().Frequent().Where(lesson => lesson.Id == id)
        .Select(lesson => new LessonBrief(lesson.Id, lesson.CourseId, lesson.Slug, lesson.Title, lesson.Position, lesson.Revision)).SingleOrDefaultAsync(ct);

    public Task<LessonBrief?> FindLessonAsync(Guid courseId, string slug, CancellationToken ct) => db.Set<Lesson>().AsNoTracking().Frequent().Where(lesson => lesson.CourseId == courseId && lesson.Slug == slug)
        .Select(lesson => new LessonBrief(lesson.Id, lesson.CourseId, lesson.Slug, lesson.Title, lesson.Position, lesson.Revision)).SingleOrDefaultAsync(ct);

    private IQueryable<CourseBrief> Briefs(Expression<Func<Course, bool>> which) => db.Set<Course>().AsNoTracking().Frequent().Where(course => course.IsPublished).Where(which)
        .Select(course => new CourseBrief(course.Id, course.Slug, course.Title, course.Language, course.Teacher));
}
