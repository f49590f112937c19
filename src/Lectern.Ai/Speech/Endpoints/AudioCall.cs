using System.Net.Http.Headers;
using Lectern.Ai.Contracts;
using Lectern.Ai.Resilience;

namespace Lectern.Ai.Speech.Endpoints;

/// <summary>A request to an endpoint of sound, bounded in time. What goes wrong in it becomes a <see cref="ModelUnavailableException"/>.</summary>
/// <param name="section">Where the endpoint's settings stand, such as <c>Ai:Speech</c>.</param>
internal sealed class AudioCall(string section, IModelAddress endpoint, TimeProvider time, CancellationToken caller) : IDisposable
{
    // Of an error's body only the code is looked for.
    private const int MaxErrorLength = 65_536;

    private readonly CancellationTokenSource _patience = new(Timeout.InfiniteTimeSpan, time);
    private HttpResponseMessage? _response;

    /// <summary>Sends the request and waits for the beginning of a successful answer.</summary>
    /// <param name="path">Below the endpoint's address: <c>audio/speech</c>.</param>
    public async Task<HttpContent> SendAsync(HttpClient http, string path, HttpContent content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{endpoint.BaseUrl.TrimEnd('/')}/{path}")) { Content = content };
        if (endpoint.ApiKey.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", endpoint.ApiKey);
        _response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        if (!_response.IsSuccessStatusCode)
            throw EndpointErrors.OfStatus(section, (int)_response.StatusCode, await ErrorAsync(_response.Content, ct), _response.Headers.TryGetValues("Retry-After", out var after) ? after.FirstOrDefault() : null);
        return _response.Content;
    }

    /// <summary>Does one thing with the endpoint, within so many seconds.</summary>
    /// <param name="setting">That bounds it, such as <c>IdleSeconds</c>.</param>
    public async Task<T> WithinAsync<T>(double seconds, string setting, Func<CancellationToken, Task<T>> act)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(caller, _patience.Token);
        _patience.CancelAfter(TimeSpan.FromSeconds(seconds));
        try
        {
            return await act(either.Token);
        }
        catch (Exception) when (caller.IsCancellationRequested)
        {
            throw new OperationCanceledException(caller);
        }
        catch (Exception failure) when (failure is not ModelUnavailableException)
        {
            if (_patience.IsCancellationRequested)
                throw new ModelUnavailableException(ModelFailure.Slow, $"The endpoint gave nothing for {seconds} s ({section}:{setting}).");
            if (EndpointErrors.OfConnection(failure) is { } broken)
                throw broken;
            throw;
        }
        finally
        {
            _patience.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _response?.Dispose();
        _patience.Dispose();
    }

    private static async Task<BinaryData?> ErrorAsync(HttpContent content, CancellationToken ct)
    {
        try
        {
            return await ReadAsync(content, MaxErrorLength, ct) is { } body ? new BinaryData(body) : null;
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            return null; // the status says enough
        }
    }

    /// <summary>The whole body, or null if it is longer than allowed.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContent content, int maxLength, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        var body = new byte[maxLength + 1];
        var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, ct);
        return length > maxLength ? null : body[..length];
    }
}
