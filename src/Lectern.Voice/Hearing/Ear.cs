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
    private readonly OwnSound _own = new(options.Hearing, dialogue);
    private readonly Microphone _microphone = new();
    private SpokenTurn? _turn;
    private HearingState _state;
    private TimeSpan _now;

    // Since it last began after silence; and how long what was heard since does not stand out, which is a dip within it or its end.
    private TimeSpan _spoke;
    private TimeSpan _lull;

    // Since the last speech, by the microphone's own time; and when that was, by the clock.
    private TimeSpan _silence;
    private TimeSpan _lastSpeechAt;
    private TimeSpan _ownUntil = TimeSpan.MaxValue;
    private bool _isSpeaking;
    private bool _isTalkHeld;

    /// <summary>Somebody is speaking right now.</summary>
    public bool IsSomebodySpeaking => _isSpeaking || _isTalkHeld;

    /// <summary>When something falls due without a sound.</summary>
    public TimeSpan NextDue => _turn is null ? _ownUntil : Moments.Earliest(_ownUntil, _turn.NextDeadline, NextSilence(_turn));

    public void Handle(ConversationInput input, TimeSpan now)
    {
        _now = now;
        switch (input)
        {
            case MicrophoneHeard heard when ears is not null && dialogue.Device.HasMicrophone: _microphone.Hear(heard.Samples.Span, HearFrame); break;
            case Talk talk when ears is not null && dialogue.Device.HasMicrophone: Hold(talk.IsHeld); break;
            case WordsHeard words: HearWords(words.Text); break;
            case Say { IsSpoken: true }: EndOwn(); break;
            case DeviceChanged { Device.HasMicrophone: false }: LoseMicrophone(); break;
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
        if (_isTalkHeld && now >= turn.LastsUntil)
        {
            Release(turn);
            return true;
        }
        if (now >= SilentAt && !_isTalkHeld)
            FallSilent(turn);
        return TryEnd(turn);
    }

    public void Close() => _turn?.Close();

    // The microphone counts time by its samples, which come in bunches; when none come, the clock tells that it is silent.
    private TimeSpan SilentAt => _lastSpeechAt + _options.LongestPause + TimeSpan.FromMilliseconds(500);

    // Silence that has been noticed needs no waking for.
    private TimeSpan NextSilence(SpokenTurn turn) => _isTalkHeld ? turn.LastsUntil
        : turn.IsReleased || SilentAt <= _now ? TimeSpan.MaxValue
        : SilentAt;

    private void HearFrame()
    {
        var isOurs = _own.Hears(_microphone.Voice, _isTalkHeld, _now);
        if (_turn is { IsReleased: true } released && !_microphone.Voice.IsSpeech)
            released.HasGoneQuiet = true;
        if (_microphone.Voice.IsSpeech && !isOurs && _turn is not { IsReleased: true, HasGoneQuiet: false })
            HearSpeech();
        else
            HearSilence();
    }

    private void HearSpeech()
    {
        var turn = _turn ?? Begin();
        if (!_isSpeaking)
            GoOnSpeaking(turn);
        _lastSpeechAt = _now;
        if (_microphone.Voice.IsLoud)
            Count(turn);
        else
            _lull += Frame;
        Interfere(turn);
        if (_microphone.Kept >= _options.LongestPiece)
            Cut(turn);
        if (turn.Speech >= _options.LongestTurn)
            Release(turn);
    }

    /// <summary>A dip counts as speech once speech follows.</summary>
    private void Count(SpokenTurn turn)
    {
        var more = _lull + Frame;
        (_lull, _silence) = (TimeSpan.Zero, TimeSpan.Zero);
        _spoke += more;
        turn.Speech += more;
        turn.PieceSpeech += more;
        dialogue.SomebodySpeaks = turn.Speech >= _options.DuckAfter;
    }

    private SpokenTurn Begin()
    {
        _turn = new SpokenTurn { IsOver = dialogue.IsAloud || dialogue.IsHeld, IsBeside = dialogue.IsBusy, Amends = dialogue.CanAmend, LastsUntil = _now + _options.LongestTurn };
        _microphone.Keep();
        Show(HearingState.Speech);
        return _turn;
    }

    private void GoOnSpeaking(SpokenTurn turn)
    {
        // It was noticed when several frames had stood out; those were speech already.
        var noticed = VoiceActivity.ToNotice - Frame;
        (_isSpeaking, _spoke, _lull) = (true, TimeSpan.Zero, noticed);
        _microphone.Keep();
        Show(HearingState.Speech);
        if (turn.IsReleased)
            turn.TakeUp(_now + _options.LongestTurn);
        var pause = _silence - noticed;
        if (_isTalkHeld || pause < _options.ShortestPause || (turn.Speech == TimeSpan.Zero && !turn.Amends))
            return;
        // Also after a question that was asked too soon.
        _pauses.WentOn(pause);
        turn.Pauses++;
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
        _silence += Frame + _lull;
        _lull = TimeSpan.Zero;
        if (_turn is not { } turn)
            return;
        if (_isTalkHeld)
        {
            if (_microphone.Kept >= _options.LongestPiece)
                Cut(turn);
            return;
        }
        _isSpeaking = false;
        if (turn.PieceSpeech > TimeSpan.Zero && _silence >= _options.ShortestPause)
            Send(turn);
        TryEnd(turn);
    }

    private void FallSilent(SpokenTurn turn)
    {
        _isSpeaking = false;
        if (turn.PieceSpeech > TimeSpan.Zero)
            Send(turn);
    }

    /// <summary>It has become long: what was said so far can be written down meanwhile.</summary>
    private void Cut(SpokenTurn turn)
    {
        Send(turn);
        _microphone.Keep();
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
        if (!_isTalkHeld)
            Show(HearingState.Words);
    }

    /// <summary>Ends the turn if what was said is known and the pause after it is long enough.</summary>
    private bool TryEnd(SpokenTurn turn)
    {
        if (_isSpeaking || _isTalkHeld || turn.PieceSpeech > TimeSpan.Zero || !turn.IsWritten)
            return false;
        var text = turn.Text;
        var isNothing = text.Length == 0 || IsUnmeant(turn, text);
        var silence = _now >= SilentAt ? TimeSpan.MaxValue : _silence;
        if (!turn.IsReleased && !isNothing && silence < _pauses.WaitAfter(text))
            return false;
        End(turn, text);
        return true;
    }

    private void End(SpokenTurn turn, string text)
    {
        var isMeant = text.Length > 0 && !IsUnmeant(turn, text);
        if (isMeant && !turn.WasHeld)
            _pauses.Finished(turn.Pauses);
        if (turn.Error is not null || (text.Length == 0 && turn.Speech >= LongEnoughToMind))
            dialogue.NotUnderstood(turn.Error);
        Forget();
        if (!isMeant)
            dialogue.Handle(new Unmeant(), _now);
        else if (turn.IsBeside && SpokenWords.IsStop(text))
            dialogue.Handle(new Stop(), _now);
        else if (turn.Amends && dialogue.CanAmend)
            dialogue.Amend(text);
        else
            dialogue.Handle(new Say(text, IsSpoken: true), _now);
    }

    private bool IsUnmeant(SpokenTurn turn, string text)
    {
        if (turn is { IsBeside: false, IsOver: false })
            return false;
        if (SpokenWords.IsBackChannel(text))
            return true;
        if (!turn.IsOver || !SpokenWords.IsEcho(text, dialogue.SaidLately))
            return false;
        _own.Mistook();
        return true;
    }

    private void Hold(bool isHeld)
    {
        if (isHeld == _isTalkHeld)
            return;
        if (isHeld)
            Press();
        else if (_turn is { } turn)
            Release(turn);
    }

    private void Press()
    {
        _isTalkHeld = true;
        var turn = _turn ?? Begin();
        turn.TakeUp(_now + _options.LongestTurn);
        turn.WasHeld = true;
        _microphone.Keep();
        Show(HearingState.Speech);
        if (!dialogue.IsAloud)
            return;
        turn.IsOver = true;
        dialogue.Interrupt();
    }

    private void Release(SpokenTurn turn)
    {
        (_isSpeaking, _isTalkHeld) = (false, false);
        (turn.IsReleased, turn.HasGoneQuiet) = (true, false);
        if (turn.PieceSpeech > TimeSpan.Zero)
            Send(turn);
        if (!turn.HasPieces)
            dialogue.NotUnderstood(cause: null);
        TryEnd(turn);
    }

    /// <summary>What was said before the microphone or the line went counts.</summary>
    private void LoseMicrophone()
    {
        _isTalkHeld = false;
        if (_turn is not { } turn)
            return;
        if (turn.HasPieces || turn.PieceSpeech >= _options.ShortestSpeech)
            Release(turn);
        else
        {
            Forget();
            dialogue.Handle(new Unmeant(), _now);
        }
    }

    private void HearWords(string text)
    {
        Show(HearingState.Speech);
        _ownUntil = _now + OwnPatience;
        dialogue.SomebodySpeaks = true;
        if (dialogue.IsAloud && SpokenWords.Count(text) >= _options.StopWords && !SpokenWords.IsBackChannel(text) && !SpokenWords.IsEcho(text, dialogue.SaidLately))
            dialogue.Interrupt();
    }

    private void EndOwn()
    {
        (_ownUntil, dialogue.SomebodySpeaks) = (TimeSpan.MaxValue, false);
        Show(HearingState.Nothing);
    }

    private void Forget()
    {
        _turn?.Close();
        _turn = null;
        (_isSpeaking, _isTalkHeld, dialogue.SomebodySpeaks) = (false, false, false);
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
}
