using Lectern.Voice.Speech;

namespace Lectern.Voice.Hearing;

/// <summary>
/// Tells our own sound, leaking from the loudspeaker into the microphone, from somebody who speaks over it. An echo follows our own
/// loudness, late by the same time: the two are compared over the last 0.8 s at every lag up to 0.7 s, and how much quieter it comes back is remembered, so
/// that a voice on top of the echo is heard as one.
/// </summary>
internal sealed class EchoGuard
{
    private const int Frames = 40;
    private const int Lags = 36;

    // The player's position is known from reports only, and may be ahead of what we suppose.
    private const int FramesAhead = 5;
    private const float Alike = 0.72f;
    private const float VoiceOnTop = 8;
    private const float Deepest = -60;

    private readonly float[] _levels = Enumerable.Repeat(Deepest, Frames).ToArray();
    private float? _coupling;

    /// <summary>Takes the level of the next frame of the microphone, in dB below full scale.</summary>
    public void Hear(float level)
    {
        Array.Copy(_levels, 1, _levels, 0, Frames - 1);
        _levels[^1] = Math.Max(level, Deepest);
    }

    /// <summary>The frame just heard is our own sound.</summary>
    /// <param name="own">The level of our own sound so many milliseconds ago.</param>
    public bool IsEcho(Func<double, float> own)
    {
        var (likeness, lag) = BestLag(own);
        var ours = Loudest(own, lag);
        if (likeness < Alike || ours <= Deepest)
            return false;
        var coupling = _levels[^1] - ours;
        if (coupling > (_coupling ??= coupling) + VoiceOnTop)
            return false;
        _coupling += 0.05f * (coupling - _coupling);
        return true;
    }

    /// <summary>Forgets how much quieter our sound comes back; somebody has moved, or turned up the volume.</summary>
    public void Relearn() => _coupling = null;

    private (float Likeness, int Lag) BestLag(Func<double, float> own)
    {
        Span<float> ours = stackalloc float[Frames + Lags];
        for (var i = 0; i < ours.Length; i++)
            ours[i] = Math.Max(Deepest, own((Frames + Lags - 1 - i - FramesAhead) * VoiceActivity.FrameMs));
        var best = (Likeness: -1f, Lag: 0);
        for (var lag = 0; lag < Lags; lag++)
        {
            var likeness = Likeness(_levels, ours.Slice(Lags - lag, Frames));
            if (likeness > best.Likeness)
                best = (likeness, lag);
        }
        return best;
    }

    private static float Loudest(Func<double, float> own, int lag)
    {
        var loudest = Loudness.Silence;
        for (var i = 0; i < 4; i++)
            loudest = Math.Max(loudest, own((lag + i - 1 - FramesAhead) * VoiceActivity.FrameMs));
        return loudest;
    }

    /// <summary>Pearson's correlation.</summary>
    private static float Likeness(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float meanA = 0, meanB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            meanA += a[i];
            meanB += b[i];
        }
        (meanA, meanB) = (meanA / a.Length, meanB / b.Length);
        float ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var (x, y) = (a[i] - meanA, b[i] - meanB);
            (ab, aa, bb) = (ab + x * y, aa + x * x, bb + y * y);
        }
        // What hardly moves is like everything.
        return aa < 4 * a.Length || bb < 4 * a.Length ? 0 : ab / MathF.Sqrt(aa * bb);
    }
}
