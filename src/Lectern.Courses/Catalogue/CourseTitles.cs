using Lectern.Costs.Contracts;
using Lectern.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Courses.Catalogue;

/// <summary>Tells the room of costs what courses are called, those that are not published included: they may have cost something.</summary>
internal sealed class CourseTitles(LecternDb db) : ICourseTitles
{
    public async Task<IReadOnlyList<CourseTitle>> AllAsync(CancellationToken ct) =>
        await db.Set<Course>().AsNoTracking().OrderBy(course => course.Title).Select(course => new CourseTitle(course.Id, course.Title)).ToListAsync(ct);
}
