namespace Lectern.Voice.Speech;

/// <summary>The loudness of samples.</summary>
internal static class Loudness
{
    /// <summary>What counts as no sound at all, in dB below full scale.</summary>
    public const float Silence = -90;

    /// <summary>The root of the mean square in dB below full scale, -90 to 0.</summary>
    public static float Of(ReadOnlySpan<short> samples)
    {
        if (samples.IsEmpty)
            return Silence;
        double sum = 0;
        foreach (var sample in samples)
            sum += (double)sample * sample;
        var level = 10 * Math.Log10(sum / samples.Length / (32768.0 * 32768.0) + 1e-9);
        return (float)Math.Max(Silence, level);
    }
}
