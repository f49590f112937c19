using Lectern.Voice.Loop;

namespace Lectern.Voice.Hearing;

/// <summary>Keeps us from hearing ourselves: tells for each frame of the microphone whether it is our own sound.</summary>
internal sealed class OwnSound(HearingOptions options, Dialogue dialogue)
{
    private readonly EchoGuard _guard = new();
    private readonly Func<double, float> _levelAgo = dialogue.OwnLevel;
    private TimeSpan _deafUntil;
    private bool _wasOurs;

    /// <summary>Takes the next frame of the microphone; true if it is not to be heeded.</summary>
    /// <param name="isTalkHeld">The talk button is held: we were told to be silent, so what comes is meant for us.</param>
    public bool Hears(VoiceActivity voice, bool isTalkHeld, TimeSpan now)
    {
        _guard.Hear(voice.Level);
        if (isTalkHeld)
            return _wasOurs = false;
        if (!dialogue.IsAloud)
            return (voice.IsSpeech && !voice.IsLoud && _wasOurs) || (_wasOurs = now < _deafUntil);
        if (!dialogue.Device.CancelsEcho)
        {
            _deafUntil = now + options.EchoTail;
            return _wasOurs = true;
        }
        // What hangs over after an echo is as little speech as the echo was.
        return voice.IsLoud ? _wasOurs = _guard.IsEcho(_levelAgo) : _wasOurs;
    }

    /// <summary>What was taken for somebody's speech was our own: how it comes back must have changed.</summary>
    public void Mistook() => _guard.Relearn();
}
