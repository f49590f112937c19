using Lectern.Voice.Hearing;

namespace Lectern.Tutoring.Live.Audio;

/// <summary>
/// Puts a microphone's frames in order: what was lost on the way is silence, what comes twice is dropped, and sound that comes faster than it
/// can have been heard, as with a wrong sample rate, is noticed.
/// </summary>
internal sealed class MicrophoneLine(TimeProvider time)
{
    private const double Fastest = 1.5;
    private const int Burst = 2 * Recording.SampleRate;
    private const int LongestGap = Recording.SampleRate;

    private readonly long _start = time.GetTimestamp();
    private long _next;
    private long _taken;

    /// <summary>More than one and a half times real time, over two seconds.</summary>
    public bool IsTooFast => _taken > Burst + time.GetElapsedTime(_start).TotalSeconds * Recording.SampleRate * Fastest;

    /// <summary>The samples to be heard now; empty for what has been heard.</summary>
    public ReadOnlyMemory<short> Take(uint position, short[] samples)
    {
        _taken += samples.Length;
        var gap = position - _next;
        if (gap < 0 && position != 0)
            return default;
        _next = position + (long)samples.Length;
        return gap is > 0 and <= LongestGap && gap < position ? (short[])[.. new short[gap], .. samples] : samples;
    }
}
