using System.Security.Claims;
using Lectern.Platform.Security;
using Microsoft.AspNetCore.Http;

namespace Lectern.Platform.Localization;

/// <summary>Which language a request is answered in.</summary>
internal static class LanguageChoice
{
    public const string QueryName = "lang";
    public const string CookieName = "lectern-lang";

    /// <summary>The address's own wish, else the cookie, the person's setting, the browser's list, the school's language, English.</summary>
    public static Language Choose(TextLibrary library, HttpRequest request, ClaimsPrincipal person, string? schoolLocale) =>
        Asked(library, request)
        ?? library.Find(request.Cookies[CookieName])
        ?? library.Find(person.FindFirstValue(PersonClaims.Locale))
        ?? Accepted(library, request)
        ?? library.Find(schoolLocale)
        ?? Language.English;

    public static Language? Asked(TextLibrary library, HttpRequest request) => library.Find(request.Query[QueryName].ToString());

    private static Language? Accepted(TextLibrary library, HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(wish => wish.Quality is null or > 0)
        .OrderByDescending(wish => wish.Quality ?? 1)
        .Select(wish => library.Find(wish.Value.Value))
        .FirstOrDefault(language => language is { IsPseudo: false });
}
