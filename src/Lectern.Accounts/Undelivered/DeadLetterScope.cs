using System.Security.Claims;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;

namespace Lectern.Accounts.Undelivered;

internal static class DeadLetterScope
{
    /// <summary>Whose dead letters somebody sees: null, the whole installation's, for a platform administrator; else the school's.</summary>
    public static Guid? Of(ClaimsPrincipal person, School school) => person.IsInRole(PersonRoles.PlatformAdmin) && school.IsSystem ? null : school.Id;
}
