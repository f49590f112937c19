using Microsoft.AspNetCore.Http;

namespace Lectern.Tests.Fakes.Speech;

/// <summary>One request to the <see cref="FakeSpeechServer"/>, and the ways in which an answer may go wrong.</summary>
public abstract class FakeAudioCall
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpContext _context = null!; // set before the script runs

    /// <summary>Completes when the request has been read.</summary>
    public Task Arrived => _arrived.Task;

    /// <summary>Completes when the client closes the connection before the answer is complete.</summary>
    public Task Gone => _gone.Task;

    /// <summary>Header names to values, as received.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; private set; } = new Dictionary<string, string>();

    private protected HttpResponse Response => _context.Response;

    /// <summary>An error as the format has it, instead of an answer.</summary>
    public Task FailAsync(int status, string code = "some_error", string message = "It does not work.", string? retryAfter = null)
    {
        Response.StatusCode = status;
        if (retryAfter is not null)
            Response.Headers.RetryAfter = retryAfter;
        return Response.WriteAsJsonAsync(new { error = new { message, type = "invalid_request_error", param = (string?)null, code } });
    }

    /// <summary>Anything at all.</summary>
    public Task RawAsync(string text, string contentType = "application/json", int status = 200)
    {
        Response.StatusCode = status;
        Response.ContentType = contentType;
        return Response.WriteAsync(text, _context.RequestAborted);
    }

    /// <summary>Breaks the connection.</summary>
    public Task CutAsync()
    {
        _context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Waits for the test, at most until the client is gone.</summary>
    public Task WaitAsync(Task gate) => gate.WaitAsync(_context.RequestAborted);

    /// <summary>Says nothing more, until the client is gone.</summary>
    public Task HoldAsync() => Gone;

    internal async Task AnswerAsync(HttpContext context, Action arrived)
    {
        _context = context;
        Headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        await using var aborted = context.RequestAborted.Register(() => _gone.TrySetResult());
        try
        {
            await ReadAsync(context.Request);
            arrived();
            _arrived.TrySetResult();
            await RunAsync();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away in the middle, as the test wanted.
        }
    }

    private protected abstract Task ReadAsync(HttpRequest request);

    private protected abstract Task RunAsync();
}
