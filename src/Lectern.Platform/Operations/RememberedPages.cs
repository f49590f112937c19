using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform.Operations;

/// <summary>
/// The pages that people have read of late, each as it was sent and only for whoever it was sent to (the same cookies and token), so that they can read on while the
/// database is away. Bounded in size and age; what must not be stored (<c>no-store</c>: pages with forms), errors and large pages are left out.
/// </summary>
internal sealed class RememberedPages : IDisposable
{
    private const long MostBytes = 32 * 1024 * 1024;
    private const int LargestPage = 256 * 1024;
    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(30);

    private readonly MemoryCache _pages = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    /// <summary>Whether this reader has read the page here of late.</summary>
    public bool Has(HttpRequest request) => _pages.TryGetValue(Key(request), out _);

    /// <summary>The page as HTML; null when this reader has not read it here of late.</summary>
    public string? Find(HttpRequest request)
    {
        if (!_pages.TryGetValue(Key(request), out Page? page) || page is null)
            return null;
        using var body = new MemoryStream(page.Body, writable: false);
        using Stream plain = page.Encoding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public void Dispose() => _pages.Dispose();

    /// <summary>Sends what <paramref name="next"/> answers, and keeps a copy of a page as it goes out, compressed as it is.</summary>
    public async Task PassAsync(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || !http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }
        var key = Key(http.Request);
        var sent = http.Response.Body;
        await using var copy = new CopyingStream(sent, LargestPage);
        http.Response.Body = copy;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = sent;
        }
        if (IsReadable(http.Response) && copy.Copy is { Length: > 0 } body)
            Keep(key, new Page(body, http.Response.Headers.ContentEncoding.ToString()));
    }

    private void Keep(string key, Page page)
    {
        using var entry = _pages.CreateEntry(key);
        entry.Value = page;
        entry.Size = page.Body.Length + 300;
        entry.SlidingExpiration = Unused;
    }

    private static bool IsReadable(HttpResponse response) =>
        response.StatusCode == StatusCodes.Status200OK
        && response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true
        && !response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.Ordinal)
        && response.Headers.SetCookie.Count == 0
        && response.Headers.ContentEncoding.ToString() is "" or "br" or "gzip";

    private static string Key(HttpRequest request)
    {
        var whole = string.Join('\n', request.Host.Value, request.PathBase.Value + request.Path.Value + request.QueryString.Value, request.Headers.Cookie.ToString(), request.Headers.Authorization.ToString(), request.Headers.AcceptLanguage.ToString());
        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(whole)));
    }

    private sealed record Page(byte[] Body, string Encoding);
}

/// <summary>Passes everything on and keeps a copy, unless it grows too large.</summary>
internal sealed class CopyingStream(Stream inner, int most) : Stream
{
    private readonly MemoryStream _copy = new();
    private bool _isTooLarge;

    /// <summary>What was written; null if it was too much.</summary>
    public byte[]? Copy => _isTooLarge ? null : _copy.ToArray();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Take(buffer);
        inner.Write(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Take(buffer.Span);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _copy.Dispose();
        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> written)
    {
        _isTooLarge = _isTooLarge || _copy.Length + written.Length > most;
        if (!_isTooLarge)
            _copy.Write(written);
    }
}

public static class RememberedPagesRegistration
{
    /// <summary>Stands outside of the compression, so that pages are kept as small as they were sent.</summary>
    public static IApplicationBuilder UseRememberedPages(this IApplicationBuilder app)
    {
        var pages = app.ApplicationServices.GetRequiredService<RememberedPages>();
        return app.Use(next => http => pages.PassAsync(http, next));
    }
}
