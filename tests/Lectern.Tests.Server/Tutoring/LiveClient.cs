using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Lectern.Tests.Server.Fakes;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>A program that speaks <c>lectern.live.v1</c>. Every wait ends after a generous time, as a failure that says what had come.</summary>
internal sealed class LiveClient : IAsyncDisposable
{
    public const string Subprotocol = "lectern.live.v1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();
    private readonly HttpMessageInvoker _http;
    private readonly byte[] _buffer = new byte[256 * 1024];

    private LiveClient(LecternNode node) => _http = new HttpMessageInvoker(node.Handler());

    /// <summary>Binary frames received so far.</summary>
    public List<byte[]> Sounds { get; } = [];

    /// <summary>Called with each frame as it comes, text or binary.</summary>
    public Func<JsonElement?, byte[]?, Task>? Received { get; set; }

    /// <summary>All frames received so far.</summary>
    public List<JsonElement> Frames { get; } = [];

    public long LastSeq => Frames.Count == 0 ? 0 : Frames.Max(frame => frame.GetProperty("seq").GetInt64());

    public IEnumerable<string> Types => Frames.Select(TypeOf);

    /// <summary>Opens the socket; says nothing.</summary>
    /// <exception cref="WebSocketException">The handshake was refused; <see cref="RefusedAsync"/> tells with what.</exception>
    /// <param name="language">What the handshake accepts; null for none.</param>
    public static async Task<LiveClient> OpenAsync(LecternNode node, string? ticket = null, string host = LecternNode.DemoHost, string? language = null)
    {
        var client = new LiveClient(node);
        if (language is not null)
            client._socket.Options.SetRequestHeader("Accept-Language", language);
        await client.ConnectAsync(node, host, [Subprotocol, .. ticket is null ? Array.Empty<string>() : [$"ticket.{ticket}"]], origin: null);
        return client;
    }

    /// <summary>Opens the socket, says hello with the ticket and waits until ready.</summary>
    /// <param name="audio">What it wants to hear and say.</param>
    public static async Task<LiveClient> EnterAsync(LecternNode node, string ticket, long? after = null, string host = LecternNode.DemoHost, object? audio = null)
    {
        var client = await OpenAsync(node, host: host);
        await client.HelloAsync(ticket, after, audio);
        await client.UntilAsync("ready");
        return client;
    }

    /// <summary>The status with which a handshake is refused.</summary>
    public static async Task<int> RefusedAsync(LecternNode node, string[] subprotocols, string? origin = null, string host = LecternNode.DemoHost)
    {
        await using var client = new LiveClient(node);
        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(node, host, subprotocols, origin));
        return (int)client._socket.HttpStatusCode;
    }

    public Task HelloAsync(string? ticket, long? after = null, object? audio = null) =>
        SendAsync(new Dictionary<string, object?> { ["type"] = "hello", ["client"] = new { name = "test", version = "1" }, ["ticket"] = ticket, ["after"] = after, ["audio"] = audio }
            .Where(field => field.Value is not null).ToDictionary());

    public Task SayAsync(string id, string text) => SendAsync(new { type = "say", id, text });

    public Task SendAsync(string type) => SendAsync(new { type });

    public Task SendAsync(object frame) => SendRawAsync(JsonSerializer.Serialize(frame));

    public Task SendRawAsync(string text, WebSocketMessageType type = WebSocketMessageType.Text) => SendRawAsync(Encoding.UTF8.GetBytes(text), type);

    public async Task SendRawAsync(byte[] bytes, WebSocketMessageType type)
    {
        using var patience = new CancellationTokenSource(Patience);
        await _socket.SendAsync(bytes, type, endOfMessage: true, patience.Token);
    }

    /// <summary>The next frame; null when the server has closed.</summary>
    public async Task<JsonElement?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part;
            try
            {
                part = await _socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"Nothing came for {Patience.TotalSeconds} s, after:\n{string.Join('\n', Frames.TakeLast(12))}", e);
            }
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            length += part.Count;
            if (!part.EndOfMessage)
                continue;
            if (part.MessageType == WebSocketMessageType.Binary)
            {
                Sounds.Add(_buffer[..length]);
                length = 0;
                await (Received?.Invoke(null, Sounds[^1]) ?? Task.CompletedTask);
                continue;
            }
            using var json = JsonDocument.Parse(_buffer.AsMemory(0, length));
            Frames.Add(json.RootElement.Clone());
            await (Received?.Invoke(Frames[^1], null) ?? Task.CompletedTask);
            return Frames[^1];
        }
    }

    /// <summary>Reads until such a frame has come, and returns it.</summary>
    public Task<JsonElement> UntilAsync(string type) => UntilAsync(type, _ => true);

    /// <summary>Reads until one of either type has come, and returns it.</summary>
    public Task<JsonElement> UntilEitherAsync(string one, string other) => UntilAsync(frame => TypeOf(frame) == one || TypeOf(frame) == other, $"{one} or {other}");

    public Task<JsonElement> UntilAsync(string type, Func<JsonElement, bool> suits) => UntilAsync(frame => TypeOf(frame) == type && suits(frame), type);

    private async Task<JsonElement> UntilAsync(Func<JsonElement, bool> suits, string wanted)
    {
        while (await ReadAsync() is { } frame)
        {
            if (suits(frame))
                return frame;
        }
        throw new InvalidOperationException($"Closed with {(int?)_socket.CloseStatus} before {wanted} came, after:\n{string.Join('\n', Frames.TakeLast(12))}");
    }

    /// <summary>Asks, and reads until the answer is complete and the teacher listens again.</summary>
    public async Task<JsonElement> AskAsync(string id, string text)
    {
        await SayAsync(id, text);
        var question = await UntilAsync("question", frame => frame.GetProperty("id").GetString() == id);
        var turn = question.GetProperty("turn").GetInt32();
        var answer = await UntilAsync("answer", frame => frame.GetProperty("turn").GetInt32() == turn);
        await UntilAsync("state", frame => frame.GetProperty("value").GetString() == "listening");
        return answer;
    }

    /// <summary>Reads to the end: the close code.</summary>
    public async Task<int> ClosedAsync()
    {
        while (await ReadAsync() is not null)
        {
        }
        return (int)_socket.CloseStatus!; // the server has closed
    }

    /// <summary>Breaks the line without a word.</summary>
    public void Break() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ConnectAsync(LecternNode node, string host, string[] subprotocols, string? origin)
    {
        foreach (var subprotocol in subprotocols)
            _socket.Options.AddSubProtocol(subprotocol);
        _socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
            _socket.Options.SetRequestHeader("Origin", origin);
        using var patience = new CancellationTokenSource(Patience);
        await _socket.ConnectAsync(new UriBuilder(node.Url(host)) { Scheme = "ws", Path = "/live/v1" }.Uri, _http, patience.Token);
    }

    private static string TypeOf(JsonElement frame) => frame.GetProperty("type").GetString()!; // every frame has a type
}
