using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lectern.Platform.Operations;

/// <summary>
/// Read-only mode: everything can be read, nothing is changed, while an operator backs up, moves or mends. Switched by
/// <c>Lectern:ReadOnly</c> or by a file named <c>read-only</c> in the data folder, which <c>./lectern maintenance on</c> writes; its text is shown to people.
/// </summary>
public sealed class MaintenanceMode(DataFolder data, bool isAlwaysOn, TimeProvider time)
{
    private readonly string _file = data.File("read-only");
    private long _checkedAt = long.MinValue;
    private volatile bool _hasFile;

    /// <summary>True while nothing may be changed. Looks at the file at most once a second.</summary>
    public bool IsOn
    {
        get
        {
            var last = Interlocked.Read(ref _checkedAt);
            if (last == long.MinValue || time.GetElapsedTime(last) >= TimeSpan.FromSeconds(1))
            {
                _hasFile = File.Exists(_file);
                Interlocked.Exchange(ref _checkedAt, time.GetTimestamp());
            }
            return isAlwaysOn || _hasFile;
        }
    }

    /// <summary>Switches the mode for every node that shares the data folder.</summary>
    public void Switch(bool on)
    {
        if (on)
            File.WriteAllText(_file, "");
        else
            File.Delete(_file);
        Interlocked.Exchange(ref _checkedAt, long.MinValue);
    }
}

public static class MaintenanceMiddleware
{
    /// <summary>Refuses what would change something (503 with Retry-After) while the mode is on.</summary>
    public static IApplicationBuilder UseMaintenanceMode(this IApplicationBuilder app, MaintenanceMode mode) => app.Use(async (http, next) =>
    {
        if (!mode.IsOn || HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method))
        {
            await next(http);
            return;
        }
        http.Response.Headers.RetryAfter = "300";
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            await Results.Problem(statusCode: 503, type: "urn:lectern:platform:read-only", title: "Lectern is read-only for maintenance.", detail: "Nothing was changed. Try again later.").ExecuteAsync(http);
    });
}
