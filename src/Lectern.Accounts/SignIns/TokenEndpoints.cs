using System.ComponentModel.DataAnnotations;
using Lectern.Accounts.Passwords;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Accounts.SignIns;

/// <summary>E-mail address and password of an account in the school of the host.</summary>
public sealed record TokenRequest([property: Required, EmailAddress, MaxLength(254)] string Email, [property: Required, MaxLength(PasswordRules.MaxLength)] string Password);

/// <summary>A refresh token, or for revoking any token of the sign-in.</summary>
public sealed record RefreshRequest([property: Required, MaxLength(200)] string RefreshToken);

/// <param name="AccessToken">Goes into <c>Authorization: Bearer …</c>.</param>
/// <param name="ExpiresIn">Seconds that the access token works.</param>
/// <param name="RefreshToken">Gives new tokens, once.</param>
public sealed record TokenResponse(string AccessToken, int ExpiresIn, string RefreshToken);

/// <param name="Header">The header that carries the token.</param>
public sealed record AntiforgeryResponse(string Header, string Token);

/// <summary><c>/api/v1/auth</c>: access for programs.</summary>
internal static class TokenEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/auth").AllowAnonymous().WithTags("Accounts");
        group.MapPost("/token", IssueAsync).WithSummary("Sign in with e-mail address and password.");
        group.MapPost("/refresh", RefreshAsync).WithSummary("Exchange a refresh token for new tokens. Using one twice ends the sign-in.");
        group.MapPost("/revoke", RevokeAsync).WithSummary("End the sign-in that a token belongs to.");
        group.MapGet("/antiforgery", Antiforgery).WithSummary("The antiforgery token for requests that are signed in by cookie.");
    }

    private static async Task<Results<Ok<TokenResponse>, ProblemHttpResult>> IssueAsync(
        TokenRequest request, HttpContext http, SignInWithPassword check, SignInBook signIns, CancellationToken ct)
    {
        var origin = Origin.Of(http);
        return await check.CheckAsync(request.Email, request.Password, origin.Ip, ct) switch
        {
            SignInOutcome.Right right => TypedResults.Ok(Response(await signIns.IssueApiAsync(right.PersonId, origin, ct))),
            SignInOutcome.Unconfirmed => Problem(403, "email-not-confirmed", "The e-mail address is not confirmed.", "Open the link in the mail that was sent to it."),
            SignInOutcome.Locked => Problem(403, "locked", "This account is locked.", "Ask the school."),
            SignInOutcome.TooMany many => Later(http, 429, "too-many-attempts", "There were too many attempts.", many.RetryAfter),
            SignInOutcome.Busy => Later(http, 503, "busy", "Very many people are signing in.", TimeSpan.FromSeconds(30)),
            _ => Problem(401, "wrong-password", "E-mail address or password is wrong.", "Nobody was signed in."),
        };
    }

    private static async Task<Results<Ok<TokenResponse>, ProblemHttpResult>> RefreshAsync(RefreshRequest request, SignInBook signIns, CancellationToken ct) =>
        await signIns.RefreshAsync(request.RefreshToken, ct) is { } tokens
            ? TypedResults.Ok(Response(tokens))
            : Problem(401, "refresh-token", "The refresh token is not, or no longer, good.", "Sign in again. If the token was used before, its sign-in was ended.");

    private static async Task<NoContent> RevokeAsync(RefreshRequest request, SignInBook signIns, CancellationToken ct)
    {
        await signIns.RevokeByTokenAsync(request.RefreshToken, ct);
        return TypedResults.NoContent();
    }

    private static Ok<AntiforgeryResponse> Antiforgery(HttpContext http, IAntiforgery antiforgery)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        return TypedResults.Ok(new AntiforgeryResponse(tokens.HeaderName ?? "", tokens.RequestToken ?? ""));
    }

    private static TokenResponse Response(ApiTokens tokens) => new(tokens.Access, (int)tokens.AccessLifetime.TotalSeconds, tokens.Refresh);

    private static ProblemHttpResult Problem(int status, string type, string title, string detail) =>
        TypedResults.Problem(statusCode: status, type: $"urn:lectern:accounts:{type}", title: title, detail: detail);

    private static ProblemHttpResult Later(HttpContext http, int status, string type, string title, TimeSpan wait)
    {
        var seconds = RetryAfter.Write(http, wait);
        return Problem(status, type, title, $"Try again in {seconds} seconds.");
    }
}
