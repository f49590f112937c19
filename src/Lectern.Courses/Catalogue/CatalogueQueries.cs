using Lectern.Courses.Lessons;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Courses.Catalogue;

internal sealed record CatalogueEntry(Guid Id, string Slug, string Title, string Summary, string Subject, string Level, string Language, int Lessons, int Minutes);

internal sealed record LessonEntry(Guid Id, string Slug, int Position, string Title, string Summary, int Minutes);

internal sealed record CourseView(Guid Id, string Slug, string Title, string Summary, string Language, string Subject, string Level, string Teacher, string Licence, string Author, IReadOnlyList<LessonEntry> Lessons);

internal sealed record LessonView(Guid Id, string Slug, string Title, string Summary, int Minutes, int Position, IReadOnlyList<string> Objectives, string Html, int Revision);

/// <summary>What the pages of the catalogue show.</summary>
internal sealed class CatalogueQueries(LecternDb db, SchoolContext school, CourseShelf shelf, DatabaseWatch watch)
{
    public const int PageSize = 20;

    public async Task<(IReadOnlyList<CatalogueEntry> Entries, int Total)> ListAsync(string? search, int page, CancellationToken ct)
    {
        var courses = db.Set<Course>().AsNoTracking().Where(course => course.IsPublished);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = $"%{search.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            courses = courses.Where(course => EF.Functions.ILike(course.Title, pattern) || EF.Functions.ILike(course.Summary, pattern) || EF.Functions.ILike(course.Subject, pattern));
        }
        var total = await courses.CountAsync(ct);
        var entries = await courses.OrderBy(course => course.Title).Skip((page - 1) * PageSize).Take(PageSize)
            .Select(course => new CatalogueEntry(course.Id, course.Slug, course.Title, course.Summary, course.Subject, course.Level, course.Language,
                db.Set<Lesson>().Count(lesson => lesson.CourseId == course.Id),
                db.Set<Lesson>().Where(lesson => lesson.CourseId == course.Id).Sum(lesson => lesson.Minutes))).ToListAsync(ct);
        return (entries, total);
    }

    /// <summary>The course; while the database is away, as it was last seen here.</summary>
    /// <exception cref="DatabaseAwayException">It is away, and the course is not in memory.</exception>
    public async Task<CourseView?> FindAsync(string slug, CancellationToken ct)
    {
        var place = Place(slug);
        if (watch.IsAway)
            return shelf.FindLast(place) ?? throw new DatabaseAwayException();
        if (shelf.FindFresh(place) is { } fresh)
            return fresh;
        var changed = await db.Set<Course>().AsNoTracking().Where(course => course.Slug == slug && course.IsPublished).Select(course => (DateTimeOffset?)course.ChangedAt).SingleOrDefaultAsync(ct);
        if (changed is not { } at)
        {
            shelf.Forget(place);
            return null;
        }
        if (shelf.FindAt(place, at) is { } known)
            return known;
        var read = await ReadAsync(slug, ct);
        if (read is not null)
            shelf.Keep(place, at, read);
        return read;
    }

    /// <summary>A lesson of the course as it was found.</summary>
    public async Task<LessonView?> FindLessonAsync(CourseView course, string slug, CancellationToken ct)
    {
        if (course.Lessons.All(lesson => lesson.Slug != slug))
            return null;
        if (shelf.FindLesson(Place(course.Slug), course, slug) is { } known)
            return known;
        var read = await ReadLessonAsync(course.Id, slug, ct);
        if (read is not null)
            shelf.Keep(Place(course.Slug), course, read);
        return read;
    }

    private ShelfPlace Place(string slug) => new(school.Required.Id, slug);

    private async Task<CourseView?> ReadAsync(string slug, CancellationToken ct)
    {
        var course = await db.Set<Course>().AsNoTracking().SingleOrDefaultAsync(row => row.Slug == slug && row.IsPublished, ct);
        if (course is null)
            return null;
        var lessons = await db.Set<Lesson>().AsNoTracking().Where(lesson => lesson.CourseId == course.Id).OrderBy(lesson => lesson.Position)
            .Select(lesson => new LessonEntry(lesson.Id, lesson.Slug, lesson.Position, lesson.Title, lesson.Summary, lesson.Minutes)).ToListAsync(ct);
        return new CourseView(course.Id, course.Slug, course.Title, course.Summary, course.Language, course.Subject, course.Level, course.Teacher, course.Licence, course.Author, lessons);
    }

    private Task<LessonView?> ReadLessonAsync(Guid courseId, string slug, CancellationToken ct) => (
        from lesson in db.Set<Lesson>().AsNoTracking()
        join revision in db.Set<LessonRevision>() on new { LessonId = lesson.Id, Number = lesson.Revision } equals new { revision.LessonId, revision.Number }
        where lesson.CourseId == courseId && lesson.Slug == slug
        select new LessonView(lesson.Id, lesson.Slug, lesson.Title, lesson.Summary, lesson.Minutes, lesson.Position, lesson.Objectives, revision.Html, lesson.Revision)).SingleOrDefaultAsync(ct);
}
