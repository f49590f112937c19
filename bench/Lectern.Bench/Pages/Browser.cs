using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Lectern.Bench.Pages;

/// <summary>A browser's requests: kept-alive connections, compressed answers, the cookie of a sign-in.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly WireCounter _wire = new();
    private readonly HttpClient _http;
    private readonly int _connections;
    private string _cookie = "";

    public Browser(int port, int connections)
    {
        _connections = connections;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = connections, ConnectCallback = (_, ct) => _wire.ConnectAsync(port, ct) };
        _http = new HttpClient(handler) { BaseAddress = new Uri($"http://demo.localhost:{port}") };
    }

    /// <summary>Signs the demo's student in, by the form.</summary>
    public async Task SignInAsync(CancellationToken ct)
    {
        using var form = await SendAsync(HttpMethod.Get, "/sign-in", content: null, "", ct);
        var html = await TextAsync(form, ct);
        var fields = Hidden().Matches(html).ToDictionary(field => field.Groups["name"].Value, field => WebUtility.HtmlDecode(field.Groups["value"].Value));
        (fields["Input.Email"], fields["Input.Password"]) = (Visited.Email, Visited.Password);
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await SendAsync(HttpMethod.Post, "/sign-in", content, Cookies(form), ct);
        _cookie = Cookies(answer);
        if (answer.StatusCode != HttpStatusCode.Redirect || _cookie.Length == 0)
            throw new InvalidOperationException($"The sign-in was refused ({(int)answer.StatusCode}).");
    }

    /// <summary>Asks for a page again and again, on all connections at once.</summary>
    /// <returns>How long each request took, in ms, and the bytes that came in for all of them, headers included.</returns>
    public async Task<(IReadOnlyList<double> Took, long Bytes)> VisitAsync(Page page, int requests, CancellationToken ct)
    {
        var (before, left, took) = (_wire.Received, requests, new List<double>[_connections]);
        await Task.WhenAll(Enumerable.Range(0, _connections).Select(async connection =>
        {
            took[connection] = [];
            while (Interlocked.Decrement(ref left) >= 0)
                took[connection].Add(await VisitAsync(page, ct));
        }));
        return ([.. took.SelectMany(all => all)], _wire.Received - before);
    }

    /// <summary>The bytes of a first visit: the page, and the style sheet, scripts and pictures that it names.</summary>
    public async Task<long> FirstVisitAsync(Page page, CancellationToken ct)
    {
        var before = _wire.Received;
        using var answer = await SendAsync(HttpMethod.Get, page.Path, content: null, page.IsAnonymous ? "" : _cookie, ct);
        var html = await TextAsync(answer, ct);
        foreach (var file in Linked().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups["file"].Value)).Distinct())
            (await SendAsync(HttpMethod.Get, file, content: null, _cookie, ct)).Dispose();
        return _wire.Received - before;
    }

    public void Dispose() => _http.Dispose();

    private async Task<double> VisitAsync(Page page, CancellationToken ct)
    {
        var from = Stopwatch.GetTimestamp();
        using var content = page.Password is null ? null : JsonContent.Create(page.Password);
        using var answer = await SendAsync(content is null ? HttpMethod.Get : HttpMethod.Post, page.Path, content, page.IsAnonymous ? "" : _cookie, ct);
        var took = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        return answer.StatusCode == HttpStatusCode.OK ? took : throw new InvalidOperationException($"{page.Path}: {(int)answer.StatusCode}");
    }

    // Read to its end, as it came: a browser unpacks on its own time.
    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, string cookie, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept", path.StartsWith("/api", StringComparison.Ordinal) ? "application/json" : "text/html,application/xhtml+xml,*/*;q=0.8");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br, zstd");
        request.Headers.TryAddWithoutValidation("Accept-Language", "en");
        if (cookie.Length > 0)
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, ct);
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        var body = await answer.Content.ReadAsStreamAsync(ct);
        await using var plain = answer.Content.Headers.ContentEncoding.FirstOrDefault() switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body };
        using var reader = new StreamReader(plain);
        return await reader.ReadToEndAsync(ct);
    }

    private static string Cookies(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var set) ? string.Join("; ", set.Select(cookie => cookie.Split(';')[0]).Where(cookie => !cookie.EndsWith('='))) : "";

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex("""(?:<link[^>]*\srel="(?:stylesheet|icon|modulepreload)"[^>]*\shref|<(?:script|img)[^>]*\ssrc)="(?<file>/[^"]*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Linked();
}
