namespace Lectern.Ai.Speech.Endpoints;

/// <summary>Cuts a stream of 16-bit samples into parts, wherever the network cut it: each is a whole number of samples.</summary>
/// <param name="maxBytes">Of a part; even.</param>
internal sealed class PcmStream(Stream stream, int maxBytes) : IAsyncDisposable
{
    private byte? _half;

    /// <summary>What <see cref="ReadAsync"/> found; empty at the end. Half a sample at the very end is dropped.</summary>
    public ReadOnlyMemory<byte> Part { get; private set; }

    /// <summary>The sound begins like a file of WAV, MP3, Ogg or FLAC, which would be heard as noise.</summary>
    public bool IsFile => Part.Span is [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] or [(byte)'I', (byte)'D', (byte)'3', ..] or [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] or [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..];

    /// <summary>Waits for the next part.</summary>
    /// <returns>False at the end.</returns>
    public async Task<bool> ReadAsync(CancellationToken ct)
    {
        var part = new byte[maxBytes];
        var length = 0;
        if (_half is { } half)
            part[length++] = half;
        do
        {
            var read = await stream.ReadAsync(part.AsMemory(length), ct);
            length += read;
            if (read == 0)
                break;
        }
        while (length < sizeof(short));
        _half = length % sizeof(short) == 0 ? null : part[length - 1];
        Part = part.AsMemory(0, length - (length % sizeof(short)));
        return Part.Length > 0;
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
