namespace Lectern.Ai.Resilience;

internal static class EndpointConnection
{
    /// <summary>
    /// Without a limit of time: the guards bound the times, and HttpClient's own limit would cut long answers. A redirect would repeat the
    /// question elsewhere without its body and its key, so it is reported as the wrong address that it is.
    /// </summary>
    public static HttpClient Open()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(5),
        };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
