using System.Threading.Channels;

namespace Lectern.Voice.Loop;

/// <summary>The outputs on their way to the reader: bounded, and waking the loop when there is room again.</summary>
internal sealed class Outbox
{
    // An answer leaves this much room, so that a Stop passes even when the reader is slow.
    private const int RoomForInputs = 32;

    // One input puts out at most seven things, and an end and the warnings must still fit.
    private const int RoomForTime = 16;

    private readonly Channel<ConversationOutput> _channel;
    private readonly int _capacity;

    public Outbox(int capacity, Wake wake)
    {
        _capacity = Math.Max(capacity, 64);
        _channel = Channel.CreateBounded<ConversationOutput>(new BoundedChannelOptions(_capacity) { SingleWriter = true });
        Reader = new WakingReader(_channel.Reader, wake);
    }

    public ChannelReader<ConversationOutput> Reader { get; }

    public bool HasRoomForAnswer(int reserved) => Room - reserved > RoomForInputs;

    public bool HasRoomForInput(int reserved) => Room - reserved > RoomForTime;

    /// <summary>Puts out at once; lost if the reader has left no room at all, which ends the conversation before long.</summary>
    public void Write(ConversationOutput output) => _channel.Writer.TryWrite(output);

    public void Complete(Exception? error) => _channel.Writer.TryComplete(error);

    private int Room => _capacity - _channel.Reader.Count;

    private sealed class WakingReader(ChannelReader<ConversationOutput> inner, Wake wake) : ChannelReader<ConversationOutput>
    {
        public override Task Completion => inner.Completion;

        public override bool CanCount => inner.CanCount;

        public override int Count => inner.Count;

        public override bool TryRead([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out ConversationOutput item)
        {
            var before = inner.Count;
            var read = inner.TryRead(out item);
            // Only a reader that lags can have made the loop wait.
            if (read && before > RoomForTime)
                wake.Set();
            return read;
        }

        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => inner.WaitToReadAsync(cancellationToken);
    }
}
