using System.Security.Claims;
using System.Text.Encodings.Web;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lectern.Accounts.SignIns;

/// <summary>
/// The one authentication scheme: a browser's cookie, or an access token in <c>Authorization: Bearer</c>. Both stand for a row of <c>sign_in</c> in the
/// request's school, so that those of another school are nobody here.
/// </summary>
internal sealed class LecternAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Lectern";

    /// <summary>Authentication types of the identity: they tell how the request proved who it is.</summary>
    public const string ByCookie = "Lectern.Cookie";
    public const string ByToken = "Lectern.Token";

    private const string BearerPrefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Files and health checks are the same for everybody: asking who it is would cost them a question to the database.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<WithoutSchool>() is not null)
            return AuthenticateResult.NoResult();
        var bearer = Bearer(Request);
        var value = bearer ?? SignInCookie.Read(Request);
        if (value is null)
            return AuthenticateResult.NoResult();
        var book = (SignInBook)Context.RequestServices.GetService(typeof(SignInBook))!; // registered by the module
        var known = await book.FindAsync(value, bearer is null ? SignInKind.Browser : SignInKind.Api, Context.RequestAborted);
        if (known is null)
            return AuthenticateResult.Fail("The sign-in is unknown or has ended.");
        var school = ((SchoolContext)Context.RequestServices.GetService(typeof(SchoolContext))!).Required; // a sign-in is found in a school only
        return AuthenticateResult.Success(new AuthenticationTicket(Principal(known, school, bearer is null ? ByCookie : ByToken), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (IsForPrograms(Request.Path))
        {
            Response.Headers.WWWAuthenticate = "Bearer";
            await Results.Problem(statusCode: StatusCodes.Status401Unauthorized, type: "urn:lectern:accounts:not-signed-in", title: "Please sign in.",
                detail: "The request carries no sign-in, or one that has ended.").ExecuteAsync(Context);
            return;
        }
        // What was sent by a form cannot be sent again after signing in; the page it stood on can be shown.
        Response.Redirect($"/sign-in?returnUrl={Uri.EscapeDataString(Request.PathBase + Request.Path + Request.QueryString)}");
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (IsForPrograms(Request.Path))
            await Results.Problem(statusCode: StatusCodes.Status403Forbidden, type: "urn:lectern:accounts:forbidden", title: "This is not open to you.",
                detail: "Your role does not include it.").ExecuteAsync(Context);
        else
            Response.StatusCode = StatusCodes.Status403Forbidden;
    }

    private static ClaimsPrincipal Principal(KnownSignIn known, School school, string how)
    {
        List<Claim> claims =
        [
            new(PersonClaims.PersonId, known.PersonId.ToString()),
            new(PersonClaims.SignInId, known.Id.ToString()),
            new(PersonClaims.SchoolId, school.Id.ToString()),
            new(ClaimTypes.Name, known.DisplayName),
            .. known.Roles.Select(role => new Claim(ClaimTypes.Role, role)),
        ];
        if (known.Locale is not null)
            claims.Add(new Claim(PersonClaims.Locale, known.Locale));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, how, ClaimTypes.Name, ClaimTypes.Role));
    }

    private static string? Bearer(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) ? header[BearerPrefix.Length..].Trim() : null;
    }

    private static bool IsForPrograms(PathString path) => path.StartsWithSegments("/api", StringComparison.Ordinal) || path.StartsWithSegments("/live", StringComparison.Ordinal);
}
