using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lectern.Platform.Operations;

/// <summary>The address that people type, for links that are made without a request at hand, such as those in mail.</summary>
/// <param name="Local">Where this machine reaches the program, for links made when neither a setting nor a request tells.</param>
public sealed record PublicAddress(string? Url, string Local = "http://localhost")
{
    /// <summary>The absolute address of a path: by the setting, else by the request.</summary>
    public string Of(string path, HttpRequest? request)
    {
        var root = Url?.TrimEnd('/') ?? (request is null ? Local : $"{request.Scheme}://{request.Host}");
        return root + path;
    }
}

public static class HostNames
{
    /// <summary>Answers only to the named hosts (400 otherwise); an empty list answers to all.</summary>
    public static IApplicationBuilder UseHostNames(this IApplicationBuilder app, IReadOnlyList<string> hosts)
    {
        if (hosts.Count == 0)
            return app;
        return app.Use(async (http, next) =>
        {
            if (hosts.Any(host => Matches(host, http.Request.Host.Host)))
                await next(http);
            else
                await Results.Problem(statusCode: StatusCodes.Status400BadRequest, type: "urn:lectern:platform:unknown-host", title: "This server does not answer to that host name.").ExecuteAsync(http);
        });
    }

    private static bool Matches(string pattern, string host) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : string.Equals(pattern, host, StringComparison.OrdinalIgnoreCase);
}
