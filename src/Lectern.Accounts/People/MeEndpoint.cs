using System.Security.Claims;
using Lectern.Accounts.Contracts;
using Lectern.Accounts.SignIns;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Accounts.People;

/// <summary>Who is signed in, and at which school.</summary>
public sealed record MeResponse(Guid Id, string DisplayName, string Email, string? Locale, IReadOnlyList<string> Roles, MySchool School);

public sealed record MySchool(Guid Id, string Name, string TimeZone, string Locale);

/// <param name="IsThis">Whether it is the one the request itself was made with.</param>
public sealed record MySignIn(Guid Id, string Kind, string Device, string Address, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, bool IsThis);

/// <summary><c>/api/v1/me</c>: the signed-in person and their sign-ins.</summary>
internal static class MeEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/me").RequireAntiforgeryForCookies().WithTags("Accounts");
        group.MapGet("", ShowAsync).WithSummary("Who is signed in.");
        group.MapGet("/sign-ins", ListAsync).WithSummary("The person's living sign-ins, browsers and programs alike.");
        group.MapDelete("/sign-ins/{id:guid}", EndAsync).WithSummary("End one sign-in.");
        group.MapDelete("/sign-ins", EndAllAsync).WithSummary("End every sign-in, this one too.");
    }

    private static async Task<Results<Ok<MeResponse>, NotFound>> ShowAsync(ClaimsPrincipal user, IPeople people, SchoolContext context, CancellationToken ct)
    {
        var school = context.Required;
        return await people.FindAsync(user.RequirePersonId(), ct) is { } person
            ? TypedResults.Ok(new MeResponse(person.Id, person.DisplayName, person.Email, person.Locale, person.Roles, new MySchool(school.Id, school.Name, school.TimeZone, school.Locale)))
            : TypedResults.NotFound();
    }

    private static async Task<Ok<IReadOnlyList<MySignIn>>> ListAsync(ClaimsPrincipal user, SignInBook signIns, CancellationToken ct)
    {
        var rows = await signIns.ListAsync(user.RequirePersonId(), ct);
        return TypedResults.Ok<IReadOnlyList<MySignIn>>([.. rows.Select(row =>
            new MySignIn(row.Id, row.Kind == SignInKind.Api ? "api" : "browser", row.Device, row.Ip, row.CreatedAt, row.LastSeenAt, row.Id == user.FindSignInId()))]);
    }

    private static async Task<Results<NoContent, NotFound>> EndAsync(Guid id, ClaimsPrincipal user, SignInBook signIns, CancellationToken ct) =>
        await signIns.RevokeAsync(user.RequirePersonId(), id, ct) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<NoContent> EndAllAsync(ClaimsPrincipal user, SignInBook signIns, CancellationToken ct)
    {
        await signIns.RevokeAllAsync(user.RequirePersonId(), except: null, ct);
        return TypedResults.NoContent();
    }
}
