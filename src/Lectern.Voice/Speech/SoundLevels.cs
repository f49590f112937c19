using System.Runtime.InteropServices;

namespace Lectern.Voice.Speech;

/// <summary>How loud the sent sound is, every 20 ms, for the last few seconds.</summary>
internal sealed class SoundLevels(int sampleRate)
{
    public const int FrameMs = 20;
    private const int Kept = 512;

    private readonly float[] _levels = new float[Kept];
    private readonly long[] _frames = Enumerable.Repeat(-1L, Kept).ToArray();

    /// <summary>In dB below full scale, -90 where nothing is known.</summary>
    public float At(double ms)
    {
        var frame = (long)(ms / FrameMs);
        return ms >= 0 && _frames[frame % Kept] == frame ? _levels[frame % Kept] : Loudness.Silence;
    }

    public void Add(long position, ReadOnlySpan<byte> pcm)
    {
        var samples = MemoryMarshal.Cast<byte, short>(pcm);
        var perFrame = sampleRate * FrameMs / 1000;
        for (var from = 0; from < samples.Length; from += perFrame)
        {
            var frame = (position + from) / perFrame;
            _frames[frame % Kept] = frame;
            _levels[frame % Kept] = Loudness.Of(samples[from..Math.Min(samples.Length, from + perFrame)]);
        }
    }
}
