namespace Lectern.Voice.Hearing;

/// <summary>Whoever turns sound into text.</summary>
public interface ITranscriber
{
    /// <summary>The words of a recording, or an empty string when there are none in it. When <paramref name="ct"/> is cancelled it should end soon.</summary>
    Task<string> TranscribeAsync(Recording recording, CancellationToken ct);
}

/// <summary>What a microphone heard while somebody spoke.</summary>
/// <param name="Samples">Mono, <see cref="SampleRate"/> a second.</param>
/// <param name="Language">The language expected, a BCP 47 tag; empty for any.</param>
public sealed record Recording(ReadOnlyMemory<short> Samples, string Language)
{
    /// <summary>Of every recording.</summary>
    public const int SampleRate = 16_000;

    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / SampleRate);
}
