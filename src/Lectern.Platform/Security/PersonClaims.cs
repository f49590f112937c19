using System.Security.Claims;

namespace Lectern.Platform.Security;

/// <summary>The facts a sign-in carries, as claims. Written by the room Accounts, read by every room.</summary>
public static class PersonClaims
{
    public const string PersonId = "lectern:person";
    public const string SignInId = "lectern:sign-in";
    public const string SchoolId = "lectern:school";
    public const string Locale = "lectern:locale";

    /// <summary>The signed-in person's id.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Guid RequirePersonId(this ClaimsPrincipal principal) =>
        principal.FindPersonId() ?? throw new InvalidOperationException("Nobody is signed in.");

    public static Guid? FindPersonId(this ClaimsPrincipal principal) => Parse(principal.FindFirstValue(PersonId));

    public static Guid? FindSignInId(this ClaimsPrincipal principal) => Parse(principal.FindFirstValue(SignInId));

    public static bool IsSignedIn(this ClaimsPrincipal principal) => principal.Identity?.IsAuthenticated == true;

    /// <summary>The name to show; empty for nobody.</summary>
    public static string DisplayName(this ClaimsPrincipal principal) => principal.Identity?.Name ?? "";

    private static Guid? Parse(string? value) => Guid.TryParse(value, out var id) ? id : null;
}

/// <summary>The roles a person can hold in a school. Course-level roles are kept by the room Courses.</summary>
public static class PersonRoles
{
    public const string Student = "student";
    public const string Teacher = "teacher";
    public const string SchoolAdmin = "school-admin";
    public const string PlatformAdmin = "platform-admin";

    public static IReadOnlyList<string> All { get; } = [Student, Teacher, SchoolAdmin, PlatformAdmin];
}

/// <summary>Names of the authorisation policies. Without one an endpoint needs a signed-in person.</summary>
public static class Policies
{
    /// <summary>Teachers and administrators of the school.</summary>
    public const string Teaching = "teaching";

    /// <summary>Administrators of the school (and of the platform, in the system school).</summary>
    public const string SchoolAdministration = "school-administration";

    /// <summary>Administrators of the installation.</summary>
    public const string PlatformAdministration = "platform-administration";
}
