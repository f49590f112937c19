using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lectern.Platform.Schools;

/// <summary>Finds the school of a request by its host name; a host that belongs to no school gets 404.</summary>
internal sealed class SchoolMiddleware(RequestDelegate next, SchoolDirectory directory)
{
    public async Task InvokeAsync(HttpContext http, SchoolContext context)
    {
        var school = await directory.FindByHostAsync(http.Request.Host.Host, http.RequestAborted);
        if (school is not null)
            context.Enter(school);
        else if (http.GetEndpoint()?.Metadata.GetMetadata<WithoutSchool>() is null)
        {
            await Results.Problem(statusCode: StatusCodes.Status404NotFound, type: "urn:lectern:platform:unknown-host", title: "No school answers to this host name.")
                .ExecuteAsync(http);
            return;
        }
        await next(http);
    }
}

/// <summary>Marks an endpoint that works without a school, such as health checks and static files.</summary>
public sealed class WithoutSchool
{
    public static WithoutSchool Instance { get; } = new();
}

public static class SchoolMiddlewareRegistration
{
    public static IApplicationBuilder UseSchools(this IApplicationBuilder app) => app.UseMiddleware<SchoolMiddleware>();
}
