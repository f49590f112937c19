using Lectern.Courses.Catalogue;
using Lectern.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Courses.Contracts;

/// <summary>Who teaches a course. A person's role in the school opens pages; this opens a course.</summary>
public sealed class CourseRoles(LecternDb db, TimeProvider time)
{
    internal static readonly string[] Teaching = [CourseRole.Teacher, CourseRole.Assistant];

    /// <summary>Whether the person teaches the course or assists in it.</summary>
    public Task<bool> IsTeacherAsync(Guid personId, Guid courseId, CancellationToken ct) =>
        db.Set<CourseRole>().AnyAsync(role => role.PersonId == personId && role.CourseId == courseId && Teaching.Contains(role.Role), ct);

    /// <summary>The people who teach the course or assist in it.</summary>
    public async Task<IReadOnlyList<Guid>> TeachersAsync(Guid courseId, CancellationToken ct) =>
        await db.Set<CourseRole>().Where(role => role.CourseId == courseId && Teaching.Contains(role.Role)).OrderBy(role => role.GrantedAt).Select(role => role.PersonId).Distinct().ToListAsync(ct);

    /// <summary>Makes somebody a teacher of the course; nothing happens if they are.</summary>
    public async Task AppointAsync(Guid personId, Guid courseId, CancellationToken ct)
    {
        if (await db.Set<CourseRole>().AnyAsync(role => role.PersonId == personId && role.CourseId == courseId && role.Role == CourseRole.Teacher, ct))
            return;
        db.Add(CourseRole.Create(courseId, personId, CourseRole.Teacher, time.GetUtcNow()));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Ends somebody's teaching of the course.</summary>
    public Task DismissAsync(Guid personId, Guid courseId, CancellationToken ct) =>
        db.Set<CourseRole>().Where(role => role.PersonId == personId && role.CourseId == courseId && Teaching.Contains(role.Role)).ExecuteDeleteAsync(ct);
}
