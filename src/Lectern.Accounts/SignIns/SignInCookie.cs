using Microsoft.AspNetCore.Http;

namespace Lectern.Accounts.SignIns;

/// <summary>
/// The browser's cookie. Over HTTPS its name starts with <c>__Host-</c>: the browser then refuses it from a sibling host or an insecure page.
/// </summary>
internal static class SignInCookie
{
    private const string Plain = "lectern-sign-in";
    private const string Secure = "__Host-lectern-sign-in";

    public static string? Read(HttpRequest request) => request.Cookies[NameFor(request)];

    /// <param name="lasts">Kept after the browser is closed, for this long; null for a cookie of the browser's session.</param>
    public static void Write(HttpContext http, string value, TimeSpan? lasts)
    {
        var options = Options(http.Request);
        options.MaxAge = lasts;
        http.Response.Cookies.Append(NameFor(http.Request), value, options);
    }

    /// <summary>Signs the browser in as the person; the sign-in that it had before ends.</summary>
    public static async Task ReplaceAsync(HttpContext http, SignInBook book, Guid personId, Origin origin, TimeSpan? lasts)
    {
        await book.RevokeByTokenAsync(Read(http.Request), http.RequestAborted);
        Write(http, await book.IssueBrowserAsync(personId, origin, http.RequestAborted), lasts);
    }

    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(NameFor(http.Request), Options(http.Request));

    private static string NameFor(HttpRequest request) => request.IsHttps ? Secure : Plain;

    private static CookieOptions Options(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = request.IsHttps,
        Path = "/",
        IsEssential = true,
    };
}
