using Lectern.Courses.Catalogue;
using Lectern.Courses.Lessons;
using Lectern.Courses.Progress;
using Lectern.Platform.Data;
using Lectern.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Courses.Privacy;

internal sealed class CoursesPersonalData(LecternDb db) : IPersonalData
{
    public string Room => "Courses";

    public async Task<object> ExportAsync(Guid personId, CancellationToken ct) => new
    {
        Progress = await (
            from progress in db.Set<LessonProgress>()
            join lesson in db.Set<Lesson>() on progress.LessonId equals lesson.Id
            where progress.PersonId == personId
            orderby progress.OpenedAt
            select new { Lesson = lesson.Title, progress.OpenedAt, progress.LastOpenedAt, progress.FinishedAt }).ToListAsync(ct),
        Roles = await (
            from role in db.Set<CourseRole>()
            join course in db.Set<Course>() on role.CourseId equals course.Id
            where role.PersonId == personId
            select new { Course = course.Title, role.Role, role.GrantedAt }).ToListAsync(ct),
    };

    public async Task EraseAsync(Guid personId, CancellationToken ct)
    {
        await db.Set<LessonProgress>().Where(row => row.PersonId == personId).ExecuteDeleteAsync(ct);
        await db.Set<CourseRole>().Where(row => row.PersonId == personId).ExecuteDeleteAsync(ct);
        // Cohorts have no entity until they have a use.
        await db.Database.ExecuteSqlAsync($"delete from cohort_member where person_id = {personId}", ct);
    }
}
