using Lectern.Courses.Catalogue;
using Lectern.Courses.Lessons;
using Lectern.Platform.Data;
using Lectern.Platform.Operations;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;
using static Lectern.Platform.Data.FrequentStatement;

namespace Lectern.Courses.Progress;

/// <summary>Where people are in their lessons.</summary>
internal sealed class ProgressBook(LecternDb db, SchoolContext school, MaintenanceMode maintenance, DatabaseWatch watch, TimeProvider time)
{
    // $1 school, $2 id, $3 person, $4 course, $5 lesson, $6 now.
    private static readonly FrequentStatement Opening = new("""
        insert into lesson_progress (school_id, id, person_id, course_id, lesson_id, opened_at, last_opened_at) values ($1, $2, $3, $4, $5, $6, $6)
        on conflict (school_id, person_id, lesson_id) do update set last_opened_at = excluded.last_opened_at
        returning (finished_at is not null)::int
        """);

    /// <summary>Notes that a person opened a lesson, in one statement: it happens with every page. Nothing in read-only mode.</summary>
    /// <returns>Whether they have finished it; null while the database is away.</returns>
    public async Task<bool?> OpenAsync(Guid personId, Guid courseId, Guid lessonId, CancellationToken ct)
    {
        if (watch.IsAway)
            return null;
        if (maintenance.IsOn)
            return await db.Set<LessonProgress>().AnyAsync(row => row.PersonId == personId && row.LessonId == lessonId && row.FinishedAt != null, ct);
        var now = time.GetUtcNow();
        return await Opening.RunAsync(db, [Value(school.Required.Id), Value(Guid.CreateVersion7(now)), Value(personId), Value(courseId), Value(lessonId), Value(now)], ct) > 0;
    }

    public async Task MarkAsync(Guid personId, Guid courseId, Guid lessonId, bool isFinished, CancellationToken ct)
    {
        var progress = await FindOrAdd(personId, courseId, lessonId, ct);
        progress.Mark(isFinished, time.GetUtcNow());
        await SaveAsync(ct);
    }

    /// <summary>Lessons of the course that the person has finished, and the one opened last; null while the database is away.</summary>
    public async Task<CourseProgress?> OfCourseAsync(Guid personId, Guid courseId, CancellationToken ct)
    {
        if (watch.IsAway)
            return null;
        var rows = await db.Set<LessonProgress>().AsNoTracking().Where(row => row.PersonId == personId && row.CourseId == courseId)
            .Select(row => new { row.LessonId, row.LastOpenedAt, IsFinished = row.FinishedAt != null }).ToListAsync(ct);
        return new CourseProgress(rows.Where(row => row.IsFinished).Select(row => row.LessonId).ToHashSet(), rows.MaxBy(row => row.LastOpenedAt)?.LessonId);
    }

    /// <summary>The courses a person has begun, the one opened last first, with the lesson they were on.</summary>
    public async Task<IReadOnlyList<BegunCourse>> BegunAsync(Guid personId, int take, CancellationToken ct)
    {
        var opened = await db.Set<LessonProgress>().AsNoTracking().Where(row => row.PersonId == personId)
            .Join(db.Set<Lesson>(), row => row.LessonId, lesson => lesson.Id, (row, lesson) => new { row.CourseId, row.LastOpenedAt, IsFinished = row.FinishedAt != null, lesson.Slug, lesson.Title })
            .OrderByDescending(row => row.LastOpenedAt).ToListAsync(ct);
        var begun = opened.GroupBy(row => row.CourseId).Take(take).ToList();
        var ids = begun.ConvertAll(course => course.Key);
        var courses = await db.Set<Course>().AsNoTracking().Where(course => ids.Contains(course.Id))
            .Select(course => new { course.Id, course.Slug, course.Title, Lessons = db.Set<Lesson>().Count(lesson => lesson.CourseId == course.Id) }).ToDictionaryAsync(course => course.Id, ct);
        return [.. begun.Select(rows => (Course: courses[rows.Key], Last: rows.First(), Finished: rows.Count(row => row.IsFinished)))
            .Select(begun => new BegunCourse(begun.Course.Slug, begun.Course.Title, begun.Last.Slug, begun.Last.Title, begun.Finished, begun.Course.Lessons))];
    }

    private async Task<LessonProgress> FindOrAdd(Guid personId, Guid courseId, Guid lessonId, CancellationToken ct)
    {
        var progress = await db.Set<LessonProgress>().SingleOrDefaultAsync(row => row.PersonId == personId && row.LessonId == lessonId, ct);
        if (progress is null)
            db.Add(progress = LessonProgress.Create(personId, courseId, lessonId, time.GetUtcNow()));
        return progress;
    }

    // Two tabs may open the same lesson for the first time at once; the unique key lets one of them through, and that is enough.
    private async Task SaveAsync(CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (failure.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
        }
    }
}

internal sealed record BegunCourse(string Slug, string Title, string LessonSlug, string LessonTitle, int Finished, int Lessons);

internal sealed record CourseProgress(IReadOnlySet<Guid> Finished, Guid? LastOpened)
{
    public static CourseProgress None { get; } = new(new HashSet<Guid>(), null);
}
