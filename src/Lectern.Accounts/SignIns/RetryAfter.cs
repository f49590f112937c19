using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Lectern.Accounts.SignIns;

internal static class RetryAfter
{
    /// <summary>Sets the header and returns the seconds, at least one.</summary>
    public static int Write(HttpContext http, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return seconds;
    }
}
