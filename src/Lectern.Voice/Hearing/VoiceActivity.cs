using Lectern.Voice.Speech;

namespace Lectern.Voice.Hearing;

/// <summary>
/// Tells speech from background by its loudness, every 20 ms. The floor is the quietest moment of the last three seconds (minimum statistics
/// after Martin 2001, in their simplest form), so it follows a room that becomes louder and isn't moved by speech, which has gaps, nor by a shout.
/// Speech begins when three of four frames stand out, which a click doesn't, and hangs over for 120 ms, which bridges the gaps within words.
/// </summary>
public sealed class VoiceActivity
{
    public const int FrameMs = 20;
    public const int FrameSamples = Recording.SampleRate * FrameMs / 1000;

    private const float BeginAbove = 9;
    private const float GoOnAbove = 6;
    private const float Quietest = -52;
    private const float WithinFrame = 6;
    private const int FramesToBegin = 3;

    /// <summary>How much speech goes by before it is noticed.</summary>
    internal static readonly TimeSpan ToNotice = TimeSpan.FromMilliseconds(FramesToBegin * FrameMs);

    private const int FramesLookedAt = 4;
    private const int HangOver = 6;
    private const int FramesPerWindow = 10;
    private const int Windows = 15;

    private readonly float[] _minima = Enumerable.Repeat(-60f, Windows).ToArray();
    private float _windowMinimum;
    private float _smooth = -60;
    private int _inWindow;
    private int _window;
    private uint _recent;
    private int _hang;
    private float _lastIn;
    private float _lastOut;

    /// <summary>The last frame belongs to speech.</summary>
    public bool IsSpeech { get; private set; }

    /// <summary>The last frame itself stood out; false in the hang-over.</summary>
    public bool IsLoud { get; private set; }

    /// <summary>Of the last frame, in dB below full scale.</summary>
    public float Level { get; private set; } = Loudness.Silence;

    /// <summary>Of the background, in dB below full scale.</summary>
    public float Floor => Math.Max(_minima.Min(), Loudness.Silence);

    /// <summary>Takes the next frame of <see cref="FrameSamples"/> samples.</summary>
    public bool Hear(ReadOnlySpan<short> frame)
    {
        var (first, second) = (PowerOf(frame[..(frame.Length / 2)]), PowerOf(frame[(frame.Length / 2)..]));
        Level = LevelOf((first + second) / 2);
        Follow(Level);
        var threshold = Math.Max(Quietest, Floor + (IsSpeech ? GoOnAbove : BeginAbove));
        // Both halves of it: the end of a click fades in the first.
        IsLoud = Level >= threshold && LevelOf(Math.Min(first, second)) >= threshold - WithinFrame;
        _recent = ((_recent << 1) | (IsLoud ? 1u : 0)) & ((1u << FramesLookedAt) - 1);
        if (IsSpeech)
        {
            _hang = IsLoud ? HangOver : _hang - 1;
            IsSpeech = _hang > 0;
        }
        else if (System.Numerics.BitOperations.PopCount(_recent) >= FramesToBegin)
        {
            IsSpeech = true;
            _hang = HangOver;
        }
        return IsSpeech;
    }

    // A constant in the signal and the rumble of a room are no speech: one pole at about 80 Hz takes them out.
    private double PowerOf(ReadOnlySpan<short> samples)
    {
        const float Pole = 0.969f;
        double sum = 0;
        foreach (var sample in samples)
        {
            _lastOut = Pole * (_lastOut + sample - _lastIn);
            _lastIn = sample;
            sum += (double)_lastOut * _lastOut;
        }
        return samples.IsEmpty ? 0 : sum / samples.Length;
    }

    private static float LevelOf(double power) => (float)Math.Max(Loudness.Silence, 10 * Math.Log10(power / (32768.0 * 32768.0) + 1e-9));

    private void Follow(float level)
    {
        _smooth += 0.4f * (level - _smooth);
        _windowMinimum = _inWindow == 0 ? _smooth : Math.Min(_windowMinimum, _smooth);
        if (_smooth < _minima[_window])
            _minima[_window] = _smooth;
        if (++_inWindow < FramesPerWindow)
            return;
        _minima[_window] = _windowMinimum;
        _window = (_window + 1) % Windows;
        _minima[_window] = _windowMinimum;
        _inWindow = 0;
    }
}
