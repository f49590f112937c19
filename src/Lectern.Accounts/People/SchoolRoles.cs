using Lectern.Platform.Schools;
using Lectern.Platform.Security;

namespace Lectern.Accounts.People;

/// <summary>Which roles a school knows: platform administrators live in the system school, and only they.</summary>
internal static class SchoolRoles
{
    public static IReadOnlyList<string> Of(School school) =>
        school.IsSystem ? [PersonRoles.PlatformAdmin] : [PersonRoles.Student, PersonRoles.Teacher, PersonRoles.SchoolAdmin];

    /// <summary>The English name of a role, translated where it is shown.</summary>
    // T["Student"] T["Teacher"] T["School administrator"] T["Platform administrator"]
    public static string NameOf(string role) => role switch
    {
        PersonRoles.Student => "Student",
        PersonRoles.Teacher => "Teacher",
        PersonRoles.SchoolAdmin => "School administrator",
        PersonRoles.PlatformAdmin => "Platform administrator",
        _ => role,
    };
}
