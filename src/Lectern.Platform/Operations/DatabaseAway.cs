using System.Text.Encodings.Web;
using Lectern.Platform.Data;
using Lectern.Platform.Localization;
using Lectern.Platform.Schools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lectern.Platform.Operations;

/// <summary>
/// Answers requests that need the database while it is away: 503 with Retry-After, for people a plain page made without it, for programs a problem.
/// A page that its reader has read here of late is shown again instead, and one that can be made from memory (<see cref="ReadsFromMemoryAttribute"/>) is made, both with a notice that nothing can be changed. A database that takes nothing new (its disk is full) refuses changes in the same way; reading goes on. What lives without the database passes.
/// </summary>
internal sealed class DatabaseAway(RequestDelegate next, DatabaseWatch watch, SchoolDirectory schools, TextLibrary library, RememberedPages pages)
{
    private const string RetrySeconds = "5";
    private const string BeforeContent = "<main id=\"content\"";

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<WithoutSchool>() is not null)
        {
            await next(http);
            return;
        }
        if (watch.IsAway)
        {
            await WithoutDatabaseAsync(http);
            return;
        }
        try
        {
            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && (DatabaseTrouble.IsAway(e) || DatabaseTrouble.TakesNothing(e)))
        {
            watch.Suspect();
            await AnswerAsync(http, DatabaseTrouble.IsAway(e));
        }
    }

    // A page as its reader last saw it tells more than one from memory, such as how far they are.
    private async Task WithoutDatabaseAsync(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<ReadsFromMemoryAttribute>() is not null && !pages.Has(http.Request))
        {
            try
            {
                // It says that the database is away, so nobody may keep it.
                http.Response.Headers.CacheControl = "no-store";
                await next(http);
                return;
            }
            catch (Exception e) when (!http.Response.HasStarted && DatabaseTrouble.IsAway(e))
            {
                // Not all that it needs is in memory.
            }
        }
        await AnswerAsync(http, isAway: true);
    }

    private async Task AnswerAsync(HttpContext http, bool isAway)
    {
        Forget(http.Response);
        if (isAway && HttpMethods.IsGet(http.Request.Method) && !IsForPrograms(http.Request.Path) && pages.Find(http.Request) is { } page)
        {
            await ReadOnlyAsync(http, page);
            return;
        }
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = RetrySeconds;
        http.Response.Headers.CacheControl = "no-store";
        var school = schools.Remembered(http.Request.Host.Host);
        var t = Texts(http);
        var (title, detail) = isAway
            ? (t["The school's database cannot be reached just now"], t["Conversations that are running go on. If you were sending something, look whether it arrived before you send it again."])
            : (t["Nothing can be stored just now"], t["You can go on reading. What you were sending was not taken."]);
        if (IsForPrograms(http.Request.Path))
            await Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, type: isAway ? "urn:lectern:database-away" : "urn:lectern:database-takes-nothing", title: title, detail: detail).ExecuteAsync(http);
        else
            await WritePageAsync(http, t, school?.Name ?? "Lectern", title, detail);
    }

    private async Task ReadOnlyAsync(HttpContext http, string page)
    {
        var t = Texts(http);
        var notice = $"""<p class="site-notice tone-warning" role="status">{HtmlEncoder.Default.Encode(t["The school's database cannot be reached just now. You can go on reading what you have read before; nothing can be changed until it is back."])}</p>""";
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(page.Insert(Math.Max(0, page.IndexOf(BeforeContent, StringComparison.Ordinal)), notice));
    }

    private Texts Texts(HttpContext http)
    {
        var school = schools.Remembered(http.Request.Host.Host);
        return library.For(LanguageChoice.Choose(library, http.Request, http.User, school?.Locale).Tag, school);
    }

    // What the request had begun to answer; headers that hold for every answer stay.
    private static void Forget(HttpResponse response)
    {
        foreach (var name in (string[])["Content-Type", "Content-Length", "Location", "ETag", "Last-Modified", "Set-Cookie"])
            response.Headers.Remove(name);
    }

    private static Task WritePageAsync(HttpContext http, Texts t, string school, string title, string detail)
    {
        var encode = HtmlEncoder.Default;
        var again = HttpMethods.IsGet(http.Request.Method)
            ? $"""<div class="actions"><a class="button" href="{encode.Encode(http.Request.PathBase + http.Request.Path + http.Request.QueryString)}">{encode.Encode(t["Try again"])}</a></div>""" : "";
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="{t.Language.HtmlTag}" dir="{t.Language.Direction}">
            <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>{encode.Encode(title)}</title>
                <link rel="stylesheet" href="/_content/Lectern.Ui/lectern.css">
            </head>
            <body>
                <main id="content" class="site-main">
                    <p class="muted">{encode.Encode(school)}</p>
                    <h1>{encode.Encode(title)}</h1>
                    <div class="problem prose">
                        <p>{encode.Encode(detail)}</p>
                        <p>{encode.Encode(t["This usually passes within a minute. Nothing that was stored is lost."])}</p>
                        {again}
                    </div>
                </main>
            </body>
            </html>
            """);
    }

    private static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.Ordinal) || path.StartsWithSegments("/live", StringComparison.Ordinal) || path.StartsWithSegments("/openapi", StringComparison.Ordinal);
}

public static class DatabaseAwayRegistration
{
    /// <summary>Stands after routing and before everything that asks the database.</summary>
    public static IApplicationBuilder UseDatabaseAway(this IApplicationBuilder app) => app.UseMiddleware<DatabaseAway>();
}
