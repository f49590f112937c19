using Lectern.Platform.Schools;
using Lectern.Ui;

namespace Lectern.Server.Hosting;

internal static class StatusPages
{
    /// <summary>
    /// An exception and an empty error answer become a page for people and a ProblemDetails for programs; an answer that has a body already stays as it is.
    /// </summary>
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler("/problem/500", createScopeForErrors: true);
        app.UseWhen(http => !IsForPrograms(http.Request.Path), branch => branch.UseStatusCodePagesWithReExecute("/problem/{0}", createScopeForStatusCodePages: true));
        app.UseWhen(http => IsForPrograms(http.Request.Path), branch => branch.UseExceptionHandler(failed => failed.Run(DescribeAsync)).UseStatusCodePages(empty => DescribeAsync(empty.HttpContext)));
        app.UseGetForProblemPages();
    }

    /// <summary>An address that leads nowhere is 404 for everybody: the policy that closes endpoints would send strangers to sign in for it.</summary>
    public static void UseNotFound(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.GetEndpoint() is not null)
            return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    // Whatever the client said it accepts: a program that says nothing must not be given a page.
    private static Task DescribeAsync(HttpContext http) => TypedResults.Problem(statusCode: http.Response.StatusCode).ExecuteAsync(http);

    private static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.Ordinal) || path.StartsWithSegments("/live", StringComparison.Ordinal) || path.StartsWithSegments("/openapi", StringComparison.Ordinal);
}
