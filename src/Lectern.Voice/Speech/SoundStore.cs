namespace Lectern.Voice.Speech;

/// <summary>An utterance's sound: what is still to be sent, and of what was sent so much as may have to be sent again.</summary>
internal sealed class SoundStore(int sampleRate, TimeSpan chunk)
{
    private readonly LinkedList<(long Position, ReadOnlyMemory<byte> Pcm)> _sounds = new();
    private readonly int _chunkBytes = (int)(sampleRate * chunk.TotalSeconds) * 2;
    private LinkedListNode<(long Position, ReadOnlyMemory<byte> Pcm)>? _toSend;
    private long _end;
    private long _sent;

    public SoundLevels Levels { get; } = new(sampleRate);

    public bool HasMore => _toSend is not null;

    /// <summary>How long all of it is, sent or not.</summary>
    public int EndMs => Ms(_end);

    public double SentMs => _sent * 1000.0 / sampleRate;

    /// <param name="pcm">16-bit samples; kept as they are, so not to be changed.</param>
    public void Add(ReadOnlyMemory<byte> pcm)
    {
        for (var from = 0; from + 1 < pcm.Length; from += _chunkBytes)
        {
            var piece = pcm.Slice(from, Math.Min(_chunkBytes, (pcm.Length - from) & ~1));
            var added = _sounds.AddLast((_end, piece));
            _toSend ??= added;
            _end += piece.Length / 2;
        }
    }

    /// <summary>The next piece to send; its place is counted in samples.</summary>
    public (long Position, ReadOnlyMemory<byte> Pcm) Next()
    {
        var node = _toSend!; // asked for only while HasMore
        _toSend = node.Next;
        _sent = node.Value.Position + node.Value.Pcm.Length / 2;
        Levels.Add(node.Value.Position, node.Value.Pcm.Span);
        return node.Value;
    }

    /// <summary>What was sent and ends before this will not be needed again.</summary>
    public void Forget(int beforeMs)
    {
        while (_sounds.First is { } first && first != _toSend && Ms(first.Value.Position + first.Value.Pcm.Length / 2) <= beforeMs)
            _sounds.RemoveFirst();
    }

    /// <summary>Everything from this moment on is to be sent again.</summary>
    /// <returns>The moment it really begins with, which is later if what was before has been forgotten.</returns>
    public double Rewind(int toMs)
    {
        var position = (long)Math.Ceiling(toMs * (double)sampleRate / 1000);
        var node = _sounds.First;
        while (node is not null && node.Value.Position + node.Value.Pcm.Length / 2 <= position)
            node = node.Next;
        if (node is not null && position > node.Value.Position)
            node = Split(node, position);
        _toSend = node;
        _sent = node?.Value.Position ?? _end;
        return SentMs;
    }

    private LinkedListNode<(long Position, ReadOnlyMemory<byte> Pcm)> Split(LinkedListNode<(long Position, ReadOnlyMemory<byte> Pcm)> node, long position)
    {
        var (start, pcm) = node.Value;
        var bytes = (int)(position - start) * 2;
        node.Value = (start, pcm[..bytes]);
        return _sounds.AddAfter(node, (position, pcm[bytes..]));
    }

    private int Ms(long samples) => (int)(samples * 1000 / sampleRate);
}
