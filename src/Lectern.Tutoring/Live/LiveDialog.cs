using System.Net.WebSockets;
using Lectern.Platform.Data;
using Lectern.Platform.Localization;
using Lectern.Platform.Schools;

namespace Lectern.Tutoring.Live;

/// <summary>One socket, from its first frame to its close: reads frames, heeds the protocol's limits, and passes on what the client wants.</summary>
/// <param name="t">In the language of whoever connected.</param>
/// <param name="takeTicket">Uses a ticket up; the session it opens, or null.</param>
internal sealed class LiveDialog(WebSocket socket, LiveSessions sessions, School school, Texts t, TimeProvider time, Func<string, CancellationToken, Task<Guid?>> takeTicket)
{
    private const int LargestFrame = 16 * 1024;
    private const int MostMalformed = 3;
    private static readonly TimeSpan HelloPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(5);

    private readonly LiveConnection _connection = new();
    private readonly FloodGate _flood = new(time, most: 20);
    private readonly FloodGate _reports = new(time, most: 80);
    private readonly byte[] _buffer = new byte[LargestFrame];
    private LiveSession? _session;
    private volatile bool _hasGreeted;
    private long _sequence;
    private int _malformed;

    /// <param name="session">The one the ticket in the handshake opened; null when the ticket is to come with hello.</param>
    public async Task RunAsync(Guid? session, CancellationToken aborted)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var writing = WriteAsync(closing.Token);
        var leaving = LeaveAsync(closing);
        try
        {
            using var patience = time.CreateTimer(_ => FailWithoutHello(), state: null, HelloPatience, Timeout.InfiniteTimeSpan);
            await ReadAsync(session, closing.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The line broke: there is nobody to tell.
        }
        catch (Exception e) when (DatabaseTrouble.IsAway(e))
        {
            _connection.Close(CloseCodes.TryAgainLater);
        }
        catch
        {
            Fail(CloseCodes.Defect, "internal", t["Something went wrong on our side"], t["What was said up to here is stored. Connect again."]);
            throw;
        }
        finally
        {
            _session?.Detach(_connection);
            _connection.Close(CloseCodes.Normal);
            await writing;
            await leaving;
        }
    }

    // After the server has closed, frames are still taken in, so that its last words reach a client that is sending, but not heeded.
    private async Task ReadAsync(Guid? session, CancellationToken ct)
    {
        while (await ReceiveAsync(ct) is { } message)
        {
            if (_connection.IsClosed)
                continue;
            if (message.IsText)
                await TakeAsync(ClientFrames.Read(message.Bytes), session, ct);
            else if (_session?.Hear(_connection, message.Bytes.Span) is { } why)
                Complain(new ClientFrame.Malformed(why), "bad-audio");
        }
    }

    // Reports of a player come by themselves, so they are counted apart from what a person does.
    private async Task TakeAsync(ClientFrame frame, Guid? session, CancellationToken ct)
    {
        if (!(frame is ClientFrame.Played or ClientFrame.Words ? _reports : _flood).Pass())
            Fail(CloseCodes.Flood, "flood", t["Too many messages at once"], t["Wait a moment before you go on."]);
        else
            await HandleAsync(frame, session, ct);
    }

    private async Task HandleAsync(ClientFrame frame, Guid? session, CancellationToken ct)
    {
        if (frame is ClientFrame.Malformed malformed)
            Complain(malformed);
        else if (_session is not null)
            await (frame is ClientFrame.Hello ? ValueTask.CompletedTask : _session.HandleAsync(_connection, frame, ct));
        else if (frame is ClientFrame.Hello hello)
            await GreetAsync(hello, session, ct);
        else
            Fail(CloseCodes.NoHello, "no-hello", t["The greeting is missing"], "hello must be the first frame.");
    }

    private async Task GreetAsync(ClientFrame.Hello hello, Guid? session, CancellationToken ct)
    {
        _hasGreeted = true;
        var id = session ?? (hello.Ticket is { } ticket ? await takeTicket(ticket, ct) : null);
        if (id is null)
            Fail(CloseCodes.BadTicket, "bad-ticket", t["The ticket is not valid"], t["It was used, is too old, or belongs elsewhere."]);
        else if (await sessions.OpenAsync(school, id.Value) is not { } live)
            _connection.Close(sessions.IsStopping ? CloseCodes.Restart : CloseCodes.Over);
        else if (live.Attach(_connection, t, hello))
            _session = live;
        else
            _connection.Close(CloseCodes.Restart);
    }

    private void Complain(ClientFrame.Malformed malformed, string code = "malformed")
    {
        if (++_malformed >= MostMalformed)
            Fail(CloseCodes.Malformed, code, t["A message could not be read"], malformed.Why);
        else
            Send(new ErrorFrame(code, t["A message could not be read"], malformed.Why, Fatal: false));
    }

    private void FailWithoutHello()
    {
        if (!_hasGreeted)
            Fail(CloseCodes.NoHello, "no-hello", t["The greeting is missing"], "No hello within 10 seconds.");
    }

    private void Fail(int code, string name, string title, string detail)
    {
        Send(new ErrorFrame(name, title, detail, Fatal: true));
        _connection.Close(code);
    }

    // Numbers of frames belong to the session; before there is one, they count from 1.
    private void Send(ServerFrame frame)
    {
        if (_session is { } session)
            session.SendTo(_connection, frame);
        else
            _connection.Send(frame with { Seq = Interlocked.Increment(ref _sequence) });
    }

    private async Task<(bool IsText, ReadOnlyMemory<byte> Bytes)?> ReceiveAsync(CancellationToken ct)
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), ct);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            // Sound that was not agreed upon is nothing, however large.
            length = part.MessageType == WebSocketMessageType.Text || _session is { TakesSound: true } ? length + part.Count : 0;
            if (part.EndOfMessage)
                return (part.MessageType == WebSocketMessageType.Text, _buffer.AsMemory(0, length));
            if (length < LargestFrame)
                continue;
            _connection.Close(CloseCodes.TooBig);
            length = 0;
        }
    }

    // A client that does not read, or does not answer the close, holds the socket no longer than this: what waits for it in memory goes with it.
    private async Task LeaveAsync(CancellationTokenSource closing)
    {
        await _connection.Closed;
        closing.CancelAfter(ClosePatience);
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var frame in _connection.Frames.ReadAllAsync(ct))
                await socket.SendAsync(frame.Bytes, frame.IsText ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true, ct);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync((WebSocketCloseStatus)_connection.CloseCode, statusDescription: null, ct);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The line broke: the reader notices as well.
        }
    }
}

/// <summary>So many frames in any 10 seconds.</summary>
internal sealed class FloodGate(TimeProvider time, int most)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Queue<long> _passed = new(most + 1);

    public bool Pass()
    {
        while (_passed.TryPeek(out var first) && time.GetElapsedTime(first) >= Window)
            _passed.Dequeue();
        _passed.Enqueue(time.GetTimestamp());
        return _passed.Count <= most;
    }
}
