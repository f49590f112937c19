using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Lectern.Ui;

public static class ProblemPages
{
    /// <summary>
    /// Lets the page for a failed POST be shown: re-executed as a POST it would be taken for a form without a name and answered 400.
    /// Stands right after the middleware that re-executes, before routing.
    /// </summary>
    public static IApplicationBuilder UseGetForProblemPages(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var method = http.Request.Method;
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerPathFeature>() is not null)
            http.Request.Method = HttpMethods.Get;
        await next(http);
        http.Request.Method = method;
    });
}
