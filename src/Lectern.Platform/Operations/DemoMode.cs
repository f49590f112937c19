using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lectern.Platform.Operations;

/// <summary>Whether the program shows the demo school, whose passwords are public.</summary>
public sealed record DemoMode(bool IsOn);

public static class DemoGuard
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    /// <summary>
    /// Keeps the demo on this machine: only loopback, only local host names (a foreign name that resolves to 127.0.0.1 is a
    /// DNS-rebinding attack), nothing that came through a proxy or tunnel.
    /// </summary>
    public static IApplicationBuilder UseDemoGuard(this IApplicationBuilder app, DemoMode demo)
    {
        if (!demo.IsOn)
            return app;
        return app.Use(async (http, next) =>
        {
            if (IsLocal(http))
                await next(http);
            else
                await Results.Problem(statusCode: StatusCodes.Status403Forbidden, type: "urn:lectern:platform:demo-is-local", title: "The demo answers on this machine only.",
                    detail: "Its passwords are public. Start with --no-demo and a data folder of its own to serve others; see docs/configuration.md.").ExecuteAsync(http);
        });
    }

    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && IsLocalName(http.Request.Host.Host)
        && !ProxyHeaders.Any(http.Request.Headers.ContainsKey);

    private static bool IsLocalName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
