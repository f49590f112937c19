using Lectern.Voice.Hearing;
using Lectern.Voice.Journal;
using Lectern.Voice.Speech;

namespace Lectern.Voice.Loop;

/// <summary>The dialogue aloud: falling silent, what was heard, interruptions that mean nothing, listeners who come and go.</summary>
internal sealed partial class Dialogue
{
    private readonly Queue<ConversationInput> _deferred = new();
    private Device _device = Device.Text;

    // What to do once the sound has stopped and it is known what was heard.
    private Action? _settling;

    // Interrupted, and nobody knows yet whether anything was meant by it.
    private bool _isHeld;
    private bool _isDucked;

    // The responder's silence was not its fault.
    private bool _waited;
    private TimeSpan? _awayUntil;

    public Device Device => _device;

    /// <summary>Something of ours is sounding, or about to.</summary>
    public bool IsAloud => _current is { Delivery: { IsAloud: true, IsSilenced: false } };

    /// <summary>Interrupted by a voice, waiting for what it said.</summary>
    public bool IsHeld => _isHeld || _settling is not null;

    /// <summary>What is being answered was spoken, and nothing of the answer is out: what the person adds belongs to the question.</summary>
    public bool CanAmend => _settling is null && _current is { IsRepetition: false, Question.IsSpoken: true, Given.Length: 0 };

    /// <summary>Somebody is speaking: an answer that has not begun waits, so as not to speak over them.</summary>
    public bool SomebodySpeaks { get; set; }

    /// <summary>What was said of late, to know it again when it comes back through the microphone.</summary>
    public string SaidLately => _current?.Given ?? History.LastAnswer?.Text ?? "";

    /// <summary>The level of our own sound so many milliseconds ago, in dB below full scale.</summary>
    public float OwnLevel(double ago) => _current?.Delivery is SoundDelivery sound ? sound.Levels.At(sound.PositionAt(Now) - ago) : Loudness.Silence;

    public void Duck(bool isDucked)
    {
        if (_isDucked == isDucked || _current is not { } utterance)
            return;
        _isDucked = isDucked;
        Write(new SpeechDucked(utterance.Generation, isDucked));
    }

    /// <summary>Somebody speaks over the answer: silence, until it is known what was said.</summary>
    public void Interrupt()
    {
        if (!_isHeld)
            Quiet(() => _isHeld = _current is not null);
    }

    /// <summary>The person spoke on before the answer began.</summary>
    public void Amend(string more)
    {
        if (!CanAmend || _current is not { } before || before.Question.Text.Length + more.Length >= _options.QuestionCharacters)
        {
            Handle(new Say(more, IsSpoken: true), Now);
            return;
        }
        if (before.Run is { } run)
            Dismiss(run);
        before.Delivery.Close();
        History.RemoveQuestion(before.Turn);
        var question = before.Question with { Text = $"{before.Question.Text} {more}" };
        var utterance = Begin(before.Turn, question);
        Put(utterance, new QuestionAmendedTo(utterance.Turn, _time.GetUtcNow(), question.Text), new QuestionAmended(utterance.Generation, utterance.Turn, question.Text, question.ClientId));
    }

    public void Emit(HearingState state) => Write(new HearingChanged(_generation, state));

    public void NotUnderstood(Exception? cause) => Emit(new NotUnderstood(_generation, cause));

    /// <summary>Something was said over the answer, or into the silence.</summary>
    private void Hear(Say said)
    {
        if (IsBusy && SpokenWords.IsStop(said.Text))
            StopSpeaking();
        else if (IsUnmeant(said.Text) || !Ask(said))
            GoOn();
    }

    private bool IsUnmeant(string said) =>
        (IsBusy && SpokenWords.IsBackChannel(said)) || ((IsAloud || _isHeld) && SpokenWords.IsEcho(said, SaidLately));

    /// <summary>Nothing was meant by the interruption.</summary>
    private void GoOn()
    {
        Duck(isDucked: false);
        if (!_isHeld || _current is not { } utterance)
            return;
        (_isHeld, utterance.LastHeard) = (false, Now);
        // Who is away is gone on with when they are back.
        if (_awayUntil is null)
            utterance.Delivery.Resume(tellMarks: false, Now);
    }

    private void Report(Played played)
    {
        if (_current is { } utterance && utterance.Generation == played.Generation)
            utterance.Delivery.Report(played, Now);
    }

    /// <summary>Does something once nothing sounds any more and what was heard is known: at once, where nothing sounds.</summary>
    private void Quiet(Action then)
    {
        if (!FallSilent())
            then();
        else
            _settling = then;
    }

    private bool FallSilent()
    {
        if (!IsAloud || _current is not { } utterance)
            return false;
        utterance.Delivery.Silence(Now);
        _isDucked = false;
        Write(new SpeechCleared(utterance.Generation));
        return true;
    }

    private bool Settle()
    {
        if (_current is { } utterance && !utterance.Delivery.IsSettled(Now))
            return false;
        var then = _settling;
        _settling = null;
        then?.Invoke();
        while (_settling is null && Over is null && _deferred.TryDequeue(out var input))
            Handle(input, Now);
        return true;
    }

    private bool IsWaiting(Utterance utterance)
    {
        if (_awayUntil is { } until && Now >= until)
            Redeliver(utterance, Device.Text);
        if (utterance.Delivery.HasFailed)
            Redeliver(utterance, Device.Text);
        var waits = _isHeld || IsWaitingForQuestion;
        if (_waited && !waits)
            utterance.LastHeard = Now;
        return _waited = waits;
    }

    private bool IsWaitingForQuestion => SomebodySpeaks && CanAmend;

    private void Connect(Device device, HeardSoFar? heard)
    {
        var before = _device;
        _device = device;
        if (_current is not { } utterance)
            return;
        if (utterance.Delivery is WaitingDelivery waiting && heard?.Turn == utterance.Turn)
            waiting.Correct(heard.Characters);
        if (device.IsAway)
            Leave(utterance);
        else if (_awayUntil is not null && utterance.Delivery is SoundDelivery && device.Speaker == Speaker.Samples)
        {
            (_awayUntil, _isHeld) = (null, false);
            utterance.Delivery.Resume(tellMarks: true, Now);
        }
        else if (_awayUntil is not null || device.Speaker != before.Speaker)
            Redeliver(utterance, device);
    }

    private void Leave(Utterance utterance)
    {
        if (utterance.Delivery is not SoundDelivery || _awayUntil is not null)
            return;
        utterance.Delivery.Silence(Now);
        _isDucked = false;
        _awayUntil = Now + _options.Speech.AwayPatience;
    }

    /// <summary>What is left of it reaches the listener in another way; what was given counts as heard.</summary>
    private void Redeliver(Utterance utterance, Device device)
    {
        if (IsAloud && device.Speaker != Speaker.Samples)
            Write(new SpeechCleared(utterance.Generation));
        utterance.Delivery.Close();
        (_awayUntil, _isHeld, _isDucked) = (null, false, false);
        utterance.Delivery = MakeDelivery(utterance, device);
    }

    private Delivery MakeDelivery(Utterance utterance, Device? device = null)
    {
        var speaker = (device ?? _device).Speaker;
        if (utterance.Delivery is WaitingDelivery { Unfinished: { Heard: { } heard } unfinished } && speaker == Speaker.Samples && _senses.Voice is { } speaks)
        {
            var sound = new SoundDelivery(heard, _options.Speech, Path(utterance, speaks));
            SpeakUnheard(sound, unfinished, heard);
            return sound;
        }
        var before = utterance.Given.Length;
        return speaker switch
        {
            Speaker.Own => new OwnVoiceDelivery(before, _options.Speech),
            Speaker.Samples when _senses.Voice is { } voice => new SoundDelivery(before, _options.Speech, Path(utterance, voice)),
            _ => new Delivery(before),
        };
    }

    private SoundPath Path(Utterance utterance, ISpeechSynthesizer voice) => new(
        utterance.Generation, utterance.Turn, voice.SampleRate, Write,
        (text, pace) => StreamRun<SpeechPart>.Start(SoundPartsAhead, ct => voice.SpeakAsync(new SpeechRequest(text, _options.Speech.Language, pace, _options.Speech.Voice), ct), _wake), _senses.Formula);

    private TimeSpan SoundDue(Utterance utterance, TimeSpan now) =>
        _settling is not null || (!_isHeld && _awayUntil is null && !utterance.IsHeldUp) ? utterance.Delivery.NextDue(now) : TimeSpan.MaxValue;
}

/// <summary>An interruption by which nothing was meant. Comes from whoever listens.</summary>
internal sealed record Unmeant : ConversationInput;
