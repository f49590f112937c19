using System.Globalization;
using Lectern.Platform.Schools;
using Microsoft.AspNetCore.Http;

namespace Lectern.Platform.Localization;

/// <summary>Chooses the language of a request, remembers a wish made by link, and tells caches what the page depends on.</summary>
internal sealed class LanguageMiddleware(RequestDelegate next, TextLibrary library)
{
    public Task InvokeAsync(HttpContext http, LanguageContext context, SchoolContext school)
    {
        var language = LanguageChoice.Choose(library, http.Request, http.User, school.Current?.Locale);
        context.Current = language;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = language.CultureFor(school.Current?.Locale);
        if (LanguageChoice.Asked(library, http.Request) is { } asked)
            Remember(http, asked);
        http.Response.OnStarting(static state => DescribePage(((HttpContext, Language))state), (http, language));
        return next(http);
    }

    private static void Remember(HttpContext http, Language language) => http.Response.Cookies.Append(LanguageChoice.CookieName, language.Tag, new CookieOptions
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = TimeSpan.FromDays(365),
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
    });

    // Scripts, pictures and JSON are the same in every language; only pages vary.
    private static Task DescribePage((HttpContext Http, Language Language) state)
    {
        var response = state.Http.Response;
        if (response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) != true)
            return Task.CompletedTask;
        response.Headers.ContentLanguage = state.Language.HtmlTag;
        response.Headers.Append("Vary", "Accept-Language, Cookie");
        return Task.CompletedTask;
    }
}
