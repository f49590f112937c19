using System.Threading.Channels;

namespace Lectern.Tutoring.Live;

/// <summary>One client's end of a session: frames wait here until the socket has taken them. A client too slow to take them is dropped.</summary>
internal sealed class LiveConnection
{
    /// <summary>About two minutes of phrases; a client that lags further behind does better to reconnect.</summary>
    private const int Capacity = 256;

    private readonly Channel<OutgoingFrame> _frames = Channel.CreateBounded<OutgoingFrame>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _closeCode;

    public ChannelReader<OutgoingFrame> Frames => _frames.Reader;

    /// <summary>What to close with once all frames are sent; valid when <see cref="Frames"/> has completed.</summary>
    public int CloseCode => _closeCode;

    /// <summary>Nothing more is sent, nor heeded.</summary>
    public bool IsClosed => Volatile.Read(ref _closeCode) != 0;

    /// <summary>Completes as soon as it is closed, though frames may still wait.</summary>
    public Task Closed => _closed.Task;

    public void Send(ServerFrame frame) => Send(new OutgoingFrame(frame.ToBytes(), IsText: true));

    /// <summary>Sound.</summary>
    public void Send(byte[] binary) => Send(new OutgoingFrame(binary, IsText: false));

    /// <summary>Closes after what was sent before; the first code counts.</summary>
    public void Close(int code)
    {
        Interlocked.CompareExchange(ref _closeCode, code, 0);
        _frames.Writer.TryComplete();
        _closed.TrySetResult();
    }

    private void Send(OutgoingFrame frame)
    {
        if (!_frames.Writer.TryWrite(frame))
            Close(CloseCodes.TryAgainLater);
    }
}

internal sealed record OutgoingFrame(byte[] Bytes, bool IsText);

/// <summary>RFC 6455 and docs/live-protocol.md, section 5.</summary>
internal static class CloseCodes
{
    public const int Normal = 1000;
    public const int TooBig = 1009;
    public const int Defect = 1011;
    public const int Restart = 1012;
    public const int TryAgainLater = 1013;
    public const int NoHello = 4001;
    public const int Malformed = 4002;
    public const int BadTicket = 4003;
    public const int Flood = 4008;
    public const int Elsewhere = 4009;
    public const int Over = 4010;
}
