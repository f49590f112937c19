using Lectern.Accounts.SignIns;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Accounts.Contracts;

public static class CookieAntiforgery
{
    /// <summary>
    /// For endpoints of the API that change something: a request that is signed in by cookie must carry the antiforgery token in the header
    /// <c>RequestVerificationToken</c> (from <c>GET /api/v1/auth/antiforgery</c> or a page); one with an access token need not, since no
    /// browser adds that by itself. Answers 400 <c>urn:lectern:accounts:antiforgery</c> otherwise.
    /// </summary>
    public static TBuilder RequireAntiforgeryForCookies<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter(async (call, next) => await IsForgedAsync(call.HttpContext)
            ? TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, type: "urn:lectern:accounts:antiforgery", title: "The antiforgery token is missing or too old.",
                detail: "Nothing was changed. Load the page again, or use an access token.")
            : await next(call));

    private static async Task<bool> IsForgedAsync(HttpContext http)
    {
        var isSafe = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method);
        if (isSafe || http.User.Identity?.AuthenticationType != LecternAuthentication.ByCookie)
            return false;
        return !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
    }
}
