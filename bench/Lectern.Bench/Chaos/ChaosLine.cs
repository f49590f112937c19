using System.Net.WebSockets;
using System.Text.Json;

namespace Lectern.Bench.Chaos;

/// <summary>The line is gone: the node was killed, or has closed it.</summary>
internal sealed class LineLostException(string how, Exception? inner = null) : Exception(how, inner);

/// <summary>A frame, or sound.</summary>
internal readonly record struct Received(JsonElement Frame, ReadOnlyMemory<byte> Sound)
{
    public string? Type => Frame.ValueKind == JsonValueKind.Object ? Frame.GetProperty("type").GetString() : null;
}

/// <summary>A WebSocket that speaks <c>lectern.live.v1</c>; see docs/live-protocol.md.</summary>
internal sealed class ChaosLine : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly byte[] _buffer = new byte[256 * 1024];

    public static async Task<ChaosLine> OpenAsync(int port, CancellationToken ct)
    {
        var line = new ChaosLine();
        line._socket.Options.AddSubProtocol("lectern.live.v1");
        line._socket.Options.SetRequestHeader("Host", "demo.localhost");
        await GuardAsync(() => line._socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/live/v1"), ct));
        return line;
    }

    /// <exception cref="LineLostException">It is.</exception>
    public async Task SendAsync(object frame, CancellationToken ct)
    {
        await _sending.WaitAsync(ct);
        try
        {
            await GuardAsync(() => _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame), WebSocketMessageType.Text, endOfMessage: true, ct));
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <exception cref="LineLostException">It is.</exception>
    public async Task<Received> ReadAsync(CancellationToken ct)
    {
        var length = 0;
        var part = default(ValueWebSocketReceiveResult);
        do
        {
            await GuardAsync(async () => part = await _socket.ReceiveAsync(_buffer.AsMemory(length), ct));
            if (part.MessageType == WebSocketMessageType.Close)
                throw new LineLostException($"closed with {(int?)_socket.CloseStatus}");
            length += part.Count;
        }
        while (!part.EndOfMessage);
        if (part.MessageType == WebSocketMessageType.Binary)
            return new Received(default, _buffer.AsMemory(0, length));
        using var json = JsonDocument.Parse(_buffer.AsMemory(0, length));
        return new Received(json.RootElement.Clone(), default);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }

    private static async Task GuardAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException or ObjectDisposedException or IOException)
        {
            throw new LineLostException(e.GetType().Name, e);
        }
    }
}
