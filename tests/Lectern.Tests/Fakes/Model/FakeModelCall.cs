using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Lectern.Tests.Fakes.Model;

/// <summary>One request to the <see cref="FakeModelServer"/>: what was asked, and the means to answer it as the format has it.</summary>
public sealed class FakeModelCall(Func<FakeModelCall, Task> script)
{
    private static readonly string Id = "chatcmpl-fake";

    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _whole = new();
    private HttpContext _context = null!; // set before the script runs
    private string? _finish;
    private (int Input, int Output)? _usage;

    /// <summary>Completes when the request has been read.</summary>
    public Task Arrived => _arrived.Task;

    /// <summary>Completes when the client closes the connection before the answer is complete.</summary>
    public Task Gone => _gone.Task;

    /// <summary>Header names to values, as received.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; private set; } = new Dictionary<string, string>();

    /// <summary>The request's JSON as received.</summary>
    public JsonElement Body { get; private set; }

    public string Model => Body.GetProperty("model").GetString()!; // read as what the format demands

    public IReadOnlyList<(string Role, string Text)> Messages =>
        [.. Body.GetProperty("messages").EnumerateArray().Select(message => (message.GetProperty("role").GetString()!, Text(message.GetProperty("content"))))];

    private bool IsStreamed => Body.TryGetProperty("stream", out var stream) && stream.GetBoolean();

    private bool WantsUsage => !IsStreamed || (Body.TryGetProperty("stream_options", out var options) && options.GetProperty("include_usage").GetBoolean());

    /// <summary>The next piece of the answer, sent at once.</summary>
    public Task SayAsync(string text)
    {
        _whole.Append(text);
        return SendAsync(Choice(new { content = text }, null));
    }

    /// <summary>The end of the words: <c>stop</c>, <c>length</c> or <c>content_filter</c>.</summary>
    public Task FinishAsync(string reason = "stop")
    {
        _finish = reason;
        return SendAsync(Choice(new { }, reason));
    }

    /// <summary>The tokens, if the request asks for them, and the end of the stream.</summary>
    public async Task EndAsync(int inputTokens = 11, int outputTokens = 7)
    {
        _usage = (inputTokens, outputTokens);
        if (!IsStreamed)
        {
            await _context.Response.WriteAsJsonAsync(Completion());
            return;
        }
        if (WantsUsage)
            await SendAsync(Chunk([], Usage()));
        await RawAsync("data: [DONE]\n\n");
    }

    /// <summary>An error as the format has it, instead of an answer.</summary>
    public async Task FailAsync(int status, string code, string message, string? retryAfter = null)
    {
        _context.Response.StatusCode = status;
        if (retryAfter is not null)
            _context.Response.Headers.RetryAfter = retryAfter;
        await _context.Response.WriteAsJsonAsync(new { error = new { message, type = "invalid_request_error", param = (string?)null, code } });
    }

    /// <summary>Anything at all; the headers of a stream go out first.</summary>
    public async Task RawAsync(string text, string contentType = "text/event-stream", int status = 200)
    {
        if (!_context.Response.HasStarted)
        {
            _context.Response.StatusCode = status;
            _context.Response.ContentType = contentType;
        }
        await _context.Response.WriteAsync(text, _context.RequestAborted);
        await _context.Response.Body.FlushAsync(_context.RequestAborted);
    }

    /// <summary>Sends another header with the answer.</summary>
    public void Header(string name, string value) => _context.Response.Headers[name] = value;

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

    internal async Task AnswerAsync(HttpContext context, Action<FakeModelCall> read)
    {
        _context = context;
        Headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        using (var body = await JsonDocument.ParseAsync(context.Request.Body))
            Body = body.RootElement.Clone();
        await using var aborted = context.RequestAborted.Register(() => _gone.TrySetResult());
        read(this);
        _arrived.TrySetResult();
        try
        {
            await script(this);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away in the middle, as the test wanted.
        }
    }

    private async Task SendAsync(object chunk)
    {
        if (!IsStreamed)
            return;
        if (!_context.Response.HasStarted)
            await RawAsync(Event(Choice(new { role = "assistant", content = "" }, null)));
        await RawAsync(Event(chunk));
    }

    private object Choice(object delta, string? finish) => Chunk([new { index = 0, delta, finish_reason = finish }], null);

    private object Chunk(object[] choices, object? usage) => new { id = Id, @object = "chat.completion.chunk", created = 1_780_000_000, model = Model, choices, usage };

    private object Completion() => new
    {
        id = Id, @object = "chat.completion", created = 1_780_000_000, model = Model,
        choices = new[] { new { index = 0, message = new { role = "assistant", content = _whole.ToString() }, finish_reason = _finish ?? "stop" } },
        usage = Usage(),
    };

    private object? Usage() => _usage is not { } usage ? null : new { prompt_tokens = usage.Input, completion_tokens = usage.Output, total_tokens = usage.Input + usage.Output };

    private static string Event(object chunk) => $"data: {JsonSerializer.Serialize(chunk)}\n\n";

    // Content is a string or a list of parts.
    private static string Text(JsonElement content) => content.ValueKind == JsonValueKind.String
        ? content.GetString()!
        : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));
}
