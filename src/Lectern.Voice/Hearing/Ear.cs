using Lectern.Voice.Loop;

namespace Lectern.Voice.Hearing;

/// <summary>
/// Listens: finds speech in what the microphone hears, decides when a turn is over, has it written down, and hands it to the dialogue; and
/// while we speak ourselves, tells an interruption from our own echo, a noise and a sign of listening. Used by the loop's thread only.
/// </summary>
internal sealed class Ear(ITranscriber? ears, ConversationOptions options, Dialogue dialogue, Wake wake)
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(VoiceActivity.FrameMs);
    private static readonly TimeSpan LongEnoughToMind = TimeSpan.FromSeconds(1);

    // A device that recognises by itself and falls silent in the middle of it.
    private static readonly TimeSpan OwnPatience = TimeSpan.FromSeconds(5);

    private readonly HearingOptions _options = options.Hearing;
    private readonly PauseModel _pauses = new(options.Hearing);
    private readonly EchoGuard _echo = new();
    private readonly Microphone _microphone = new();
    private SpokenTurn? _turn;
    private HearingState _state;
    private TimeSpan _now;
    private TimeSpan _spoke;
    private TimeSpan _silence;
    private TimeSpan _lastSpeechAt;
    private TimeSpan _deafUntil;
    private TimeSpan _ownUntil = TimeSpan.MaxValue;
    private bool _isSpeaking;
    private bool _isTalkHeld;

    /// <summary>Somebody is speaking right now.</summary>
    public bool IsSomebodySpeaking => _isSpeaking || _isTalkHeld;

    /// <summary>When something falls due without a sound.</summary>
    public TimeSpan NextDue => Earlier(_ownUntil, _turn is null ? TimeSpan.MaxValue
        : Earlier(_turn.NextDeadline, _isTalkHeld || _turn.IsReleased ? TimeSpan.MaxValue : SilentAt));

    public void Handle(ConversationInput input, TimeSpan now)
    {
        _now = now;
        switch (input)
        {
            case MicrophoneHeard heard when ears is not null && dialogue.Device.HasMicrophone: _microphone.Hear(heard.Samples.Span, HearFrame); break;
            case Talk talk when ears is not null && dialogue.Device.HasMicrophone: Hold(talk.IsHeld); break;
            case WordsHeard words: HearWords(words.Text); break;
            case Say { IsSpoken: true }: EndOwn(); break;
            case DeviceChanged { Device.HasMicrophone: false }: Forget(); break;
            default: break;
        }
    }

    /// <summary>Looks at what has been written down and at the clock; true if that came to anything.</summary>
    public bool Advance(TimeSpan now)
    {
        _now = now;
        if (now >= _ownUntil)
        {
            EndOwn();
            dialogue.Handle(new Unmeant(), now);
            return true;
        }
        if (_turn is not { } turn)
            return false;
        turn.GiveUp(now);
        if (now >= SilentAt && !_isTalkHeld)
            _isSpeaking = false;
        if (!_isSpeaking && !_isTalkHeld && turn.PieceSpeech > TimeSpan.Zero && now >= SilentAt)
            Send(turn);
        return TryEnd(turn);
    }

    public void Close() => _turn?.Close();

    // The microphone counts time by its samples, which come in bunches; when none come, the clock tells that it is silent.
    private TimeSpan SilentAt => _lastSpeechAt + _options.LongestPause + TimeSpan.FromMilliseconds(500);

    private void HearFrame()
    {
        _echo.Hear(_microphone.Voice.Level);
        if (_microphone.Voice.IsSpeech && !IsOurselves() && _turn is not { IsReleased: true })
            HearSpeech();
        else
            HearSilence();
    }

    private bool IsOurselves()
    {
        if (dialogue.IsAloud)
        {
            if (!dialogue.Device.CancelsEcho)
                _deafUntil = _now + _options.EchoTail;
            else if (_microphone.Voice.IsLoud && !_isTalkHeld && _echo.IsEcho(dialogue.OwnLevel))
                return true;
        }
        return _now < _deafUntil && !_isTalkHeld;
    }

    private void HearSpeech()
    {
        var turn = _turn ?? Begin();
        if (!_isSpeaking)
            GoOnSpeaking(turn);
        (_spoke, _silence, _lastSpeechAt) = (_spoke + Frame, TimeSpan.Zero, _now);
        turn.Speech += Frame;
        turn.PieceSpeech += Frame;
        dialogue.SomebodySpeaks = turn.Speech >= _options.DuckAfter;
        Interfere(turn);
        if (_microphone.Kept >= _options.LongestPiece)
        {
            Send(turn);
            _microphone.Keep();
        }
        if (turn.Speech >= _options.LongestTurn)
            Release(turn);
    }

    private SpokenTurn Begin()
    {
        _turn = new SpokenTurn { IsOver = dialogue.IsAloud || dialogue.IsHeld, Amends = dialogue.CanAmend };
        (_spoke, _silence) = (TimeSpan.Zero, TimeSpan.Zero);
        _microphone.Keep();
        Show(HearingState.Speech);
        return _turn;
    }

    private void GoOnSpeaking(SpokenTurn turn)
    {
        _isSpeaking = true;
        _spoke = TimeSpan.Zero;
        if (_silence <= TimeSpan.Zero)
            return;
        _pauses.WentOn(_silence);
        turn.Pauses++;
        _microphone.Keep();
        Show(HearingState.Speech);
    }

    /// <summary>Over our own voice: softer at first, then silent.</summary>
    private void Interfere(SpokenTurn turn)
    {
        if (!dialogue.IsAloud)
            return;
        turn.IsOver = true;
        if (_spoke >= _options.StopAfter)
            dialogue.Interrupt();
        else if (_spoke >= _options.DuckAfter)
            dialogue.Duck(isDucked: true);
    }

    private void HearSilence()
    {
        if (_turn is not { } turn || _isTalkHeld)
            return;
        _isSpeaking = false;
        _silence += Frame;
        if (turn.PieceSpeech > TimeSpan.Zero && _silence >= _options.ShortestPause)
            Send(turn);
        TryEnd(turn);
    }

    private void Send(SpokenTurn turn)
    {
        if (turn.PieceSpeech < _options.ShortestSpeech)
        {
            turn.PieceSpeech = TimeSpan.Zero;
            _microphone.Drop();
            return;
        }
        turn.Send(ears!, _microphone.Take(), _options.Language, _now + _options.TranscriptionPatience, wake); // frames are heard only with ears
        Show(HearingState.Words);
    }

    /// <summary>Ends the turn if what was said is known and the pause after it is long enough.</summary>
    private bool TryEnd(SpokenTurn turn)
    {
        if (_isSpeaking || _isTalkHeld || turn.PieceSpeech > TimeSpan.Zero || !turn.IsWritten)
            return false;
        var text = turn.Text;
        var isNothing = text.Length == 0 || (turn.IsOver && SpokenWords.IsBackChannel(text));
        var silence = _now >= SilentAt ? TimeSpan.MaxValue : _silence;
        if (!turn.IsReleased && !isNothing && silence < _pauses.WaitAfter(text))
            return false;
        End(turn, text);
        return true;
    }

    private void End(SpokenTurn turn, string text)
    {
        _pauses.Finished(turn.Pauses);
        if (turn.Error is not null || (text.Length == 0 && turn.Speech >= LongEnoughToMind))
            dialogue.NotUnderstood(turn.Error);
        Forget();
        if (text.Length == 0 || IsUnmeant(turn, text))
            dialogue.Handle(new Unmeant(), _now);
        else if (turn.Amends && dialogue.CanAmend)
            dialogue.Amend(text);
        else
            dialogue.Handle(new Say(text, IsSpoken: true), _now);
    }

    private bool IsUnmeant(SpokenTurn turn, string text) =>
        ((turn.IsOver || turn.Amends) && SpokenWords.IsBackChannel(text)) || (turn.IsOver && SpokenWords.IsEcho(text, dialogue.SaidLately));

    private void Hold(bool isHeld)
    {
        if (isHeld == _isTalkHeld)
            return;
        _isTalkHeld = isHeld;
        if (isHeld)
            Press();
        else if (_turn is { } turn)
            Release(turn);
    }

    private void Press()
    {
        var turn = _turn ?? Begin();
        _microphone.Keep();
        if (!dialogue.IsAloud)
            return;
        turn.IsOver = true;
        dialogue.Interrupt();
    }

    private void Release(SpokenTurn turn)
    {
        (_isSpeaking, _isTalkHeld, turn.IsReleased) = (false, false, true);
        if (turn.PieceSpeech > TimeSpan.Zero)
            Send(turn);
        if (!turn.HasPieces)
            dialogue.NotUnderstood(cause: null);
        TryEnd(turn);
    }

    private void HearWords(string text)
    {
        Show(HearingState.Speech);
        _ownUntil = _now + OwnPatience;
        if (dialogue.IsAloud && SpokenWords.Count(text) >= _options.StopWords && !SpokenWords.IsBackChannel(text) && !SpokenWords.IsEcho(text, dialogue.SaidLately))
            dialogue.Interrupt();
    }

    private void EndOwn()
    {
        _ownUntil = TimeSpan.MaxValue;
        Show(HearingState.Nothing);
    }

    private void Forget()
    {
        _turn?.Close();
        _turn = null;
        (_isSpeaking, _isTalkHeld, dialogue.SomebodySpeaks) = (false, false, false);
        (_spoke, _silence) = (TimeSpan.Zero, TimeSpan.Zero);
        _microphone.Drop();
        Show(HearingState.Nothing);
    }

    private void Show(HearingState state)
    {
        if (_state == state)
            return;
        _state = state;
        dialogue.Emit(state);
    }

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
