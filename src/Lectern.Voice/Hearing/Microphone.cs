namespace Lectern.Voice.Hearing;

/// <summary>Cuts what the microphone heard into frames, and keeps what belongs to speech, with a little before it.</summary>
internal sealed class Microphone
{
    // The beginning of a word is quieter than what makes us notice it.
    private const int PreRoll = 12 * VoiceActivity.FrameSamples;

    private readonly short[] _frame = new short[VoiceActivity.FrameSamples];
    private readonly List<short> _kept = [];
    private int _filled;
    private bool _isKeeping;

    public VoiceActivity Voice { get; } = new();

    /// <summary>How much is kept.</summary>
    public TimeSpan Kept => TimeSpan.FromSeconds((double)_kept.Count / Recording.SampleRate);

    /// <summary>Takes samples, and calls <paramref name="onFrame"/> after each 20 ms of them.</summary>
    public void Hear(ReadOnlySpan<short> samples, Action onFrame)
    {
        foreach (var sample in samples)
        {
            _frame[_filled] = sample;
            if (++_filled < _frame.Length)
                continue;
            _filled = 0;
            Voice.Hear(_frame);
            _kept.AddRange(_frame);
            onFrame();
            if (!_isKeeping && _kept.Count > PreRoll)
                _kept.RemoveRange(0, _kept.Count - PreRoll);
        }
    }

    /// <summary>From now on, and from a little before, everything is kept.</summary>
    public void Keep() => _isKeeping = true;

    /// <summary>Takes what was kept; nothing more is kept until asked for.</summary>
    public ReadOnlyMemory<short> Take()
    {
        var taken = _kept.ToArray();
        Drop();
        return taken;
    }

    public void Drop()
    {
        _isKeeping = false;
        _kept.Clear();
        _kept.TrimExcess();
    }
}
