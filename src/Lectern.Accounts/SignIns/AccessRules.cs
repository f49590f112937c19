using Lectern.Platform.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Accounts.SignIns;

internal static class AccessRules
{
    /// <summary>The scheme and the policies. What has no policy of its own needs a signed-in person: closed by default.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication(LecternAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, LecternAuthentication>(LecternAuthentication.SchemeName, configureOptions: null);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Policies.Teaching, policy => policy.RequireRole(PersonRoles.Teacher, PersonRoles.SchoolAdmin, PersonRoles.PlatformAdmin))
            .AddPolicy(Policies.SchoolAdministration, policy => policy.RequireRole(PersonRoles.SchoolAdmin, PersonRoles.PlatformAdmin))
            .AddPolicy(Policies.PlatformAdministration, policy => policy.RequireRole(PersonRoles.PlatformAdmin));
    }
}
