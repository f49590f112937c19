using Lectern.Platform.Data;

namespace Lectern.Courses.Catalogue;

/// <summary>What somebody is in one course.</summary>
internal sealed class CourseRole : ISchoolOwned
{
    public const string Teacher = "teacher";
    public const string Assistant = "assistant";

    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public Guid CourseId { get; private set; }

    public Guid PersonId { get; private set; }

    /// <summary>student, teacher or assistant.</summary>
    public string Role { get; private set; } = "";

    public DateTimeOffset GrantedAt { get; private set; }

    public static CourseRole Create(Guid courseId, Guid personId, string role, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), CourseId = courseId, PersonId = personId, Role = role, GrantedAt = now };
}
