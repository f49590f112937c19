using Lectern.Voice.Hearing;
using Lectern.Voice.Journal;
using Lectern.Voice.Speech;
using Lectern.Voice.Turns;

namespace Lectern.Voice.Loop;

/// <summary>
/// The rules of the conversation: what is being said, and what becomes of it. Synchronous and used by the loop's thread only.
/// Something counts as given out once it is in the journal's line: from then on it is stored and put out, in that order,
/// whatever comes next.
/// </summary>
internal sealed partial class Dialogue
{
    private const int ResponsePartsAhead = 8;
    private const int SoundPartsAhead = 32;

    private readonly IResponder _responder;
    private readonly ConversationOptions _options;
    private readonly TimeProvider _time;
    private readonly Outbox _outbox;
    private readonly Wake _wake;
    private readonly List<StreamRun<ResponsePart>> _leaving = [];
    private readonly Senses _senses;
    private ConversationState _state = ConversationState.Listening;
    private Utterance? _current;
    private long _generation;
    private long _lastWritten;
    private int _nextTurn;
    private double _pace;
    private bool _repeatAfterwards;

    public Dialogue(IResponder responder, IConversationJournal journal, ConversationOptions options, Senses senses, TimeProvider time, IReadOnlyList<Turn> history, Outbox outbox, Wake wake)
    {
        (_responder, _options, _senses, _time, _outbox, _wake) = (responder, options, senses, time, outbox, wake);
        History = new History(history);
        Line = new JournalLine(journal, options, wake, cause => Write(new NotSaved(_lastWritten, cause)), () => Write(new SavedAgain(_lastWritten)));
        _nextTurn = History.NextNumber;
        _pace = ClampPace(options.Pace);
    }

    public History History { get; }

    public JournalLine Line { get; }

    public EndReason? Over { get; private set; }

    private TimeSpan Now
    {
        get => Line.Now;
        set => Line.Now = value;
    }

    /// <summary>Thinking or speaking.</summary>
    public bool IsBusy => _current is not null;

    /// <summary>How many responders have been cancelled and not come back.</summary>
    public int CountLeaving()
    {
        foreach (var run in _leaving.FindAll(r => r.IsDone))
        {
            _leaving.Remove(run);
            run.Dispose();
        }
        return _leaving.Count;
    }

    /// <summary>The next moment at which something here falls due.</summary>
    public TimeSpan NextDue(TimeSpan now)
    {
        if (_current is not { } utterance)
            return TimeSpan.MaxValue;
        var isAnswerDue = utterance is { Run: not null, IsComplete: false, IsHeldUp: false } && !_isHeld && !IsWaitingForQuestion && _settling is null && !utterance.TryPeekPhrase(out _);
        var answer = isAnswerDue ? utterance.LastHeard + _options.ResponseTimeout : TimeSpan.MaxValue;
        return Moments.Earliest(answer, SoundDue(utterance, now), _awayUntil ?? TimeSpan.MaxValue);
    }

    public void Handle(ConversationInput input, TimeSpan now)
    {
        Now = now;
        if (_settling is not null && !input.Overtakes)
        {
            _deferred.Enqueue(input);
            return;
        }
        switch (input)
        {
            case Say { IsSpoken: true } said: Hear(said); break;
            case Say say: Ask(say); break;
            case Stop: StopSpeaking(); break;
            case Repeat { Afterwards: false } when IsBusy: break;
            case Repeat: SayAgain(); break;
            case Slower: SlowDown(); break;
            case Faster: SetPace(_pace + _options.PaceStep); break;
            case SetPace set: SetPace(set.Pace); break;
            case DeviceChanged changed: Connect(changed.Device, changed.Heard); break;
            case Played played: Report(played); break;
            case Unmeant: GoOn(); break;
            case End end: Finish(end.Reason, now); break;
            case Presence or MicrophoneHeard or Talk or WordsHeard: break; // what is heard is Ear's
            default: throw new InvalidOperationException($"Unknown input {input.GetType()}.");
        }
    }

    public void Warn(TimeSpan remaining, TimeLimit limit) => Emit(new TimeWarning(_generation, remaining, limit));

    public void Finish(EndReason reason, TimeSpan now)
    {
        Now = now;
        (_settling, _repeatAfterwards) = (null, false);
        _deferred.Clear();
        FallSilent();
        if (reason == EndReason.Host && _options.HandsOver && _current is { IsRepetition: false } utterance)
            LeaveBehind(utterance);
        StopCurrent();
        Listen();
        Emit(new Ended(_generation, reason));
        Over = reason;
    }

    /// <summary>Lets go of everything after a failure of the loop itself.</summary>
    public void Abandon()
    {
        _current?.Run?.Cancel();
        _current?.Delivery.Close();
    }

    /// <summary>Stores what can be stored and lets pass what waited for it; true if anything happened.</summary>
    public bool Save(TimeSpan now)
    {
        Now = now;
        return Line.Advance();
    }

    /// <summary>Goes one step on with what is being said; true if anything happened.</summary>
    public bool Advance(TimeSpan now)
    {
        Now = now;
        if (_settling is not null)
            return Settle();
        if (_current is not { } utterance || IsHeldUp(utterance))
            return false;
        if (IsWaiting(utterance))
            return false;
        if (!utterance.IsRepetition && Line.IsFull)
            StopForFullMemory();
        else if (utterance.Delivery.Advance(now))
            return true;
        else if (utterance.TryPeekPhrase(out var phrase))
            return TryGive(utterance, phrase);
        else if (utterance.IsComplete && utterance.Delivery.IsHeard(now))
            Complete(utterance);
        else if (utterance is { IsComplete: false, Run: { } run })
            return Hear(utterance, run);
        else
            return false;
        return true;
    }

    private bool IsHeldUp(Utterance utterance)
    {
        var isHeldUp = !Line.IsClear || !_outbox.HasRoomForAnswer(Line.Waiting);
        if (utterance.IsHeldUp && !isHeldUp)
            utterance.LastHeard = Now;
        return utterance.IsHeldUp = isHeldUp;
    }

    /// <returns>False if the question was not taken.</returns>
    private bool Ask(Say say)
    {
        if (string.IsNullOrWhiteSpace(say.Text))
            return false;
        if (say.ClientId is not null && History.FindQuestion(say.ClientId) is { } asked)
            Emit(new AlreadyAsked(_generation, asked.Number, say.ClientId));
        else if (WhyRefused(say) is { } limit)
            Emit(new LimitReached(_generation, limit, say.ClientId));
        else
        {
            Quiet(() => Accept(say));
            return true;
        }
        return false;
    }

    private LimitKind? WhyRefused(Say say) =>
        say.Text.Length > _options.QuestionCharacters ? LimitKind.QuestionLength
        : History.Questions >= _options.MaxQuestions ? LimitKind.Questions
        : Line.IsFull ? LimitKind.Unsaved
        : null;

    private void Accept(Say say)
    {
        StopCurrent();
        var utterance = Begin(_nextTurn++, say);
        Put(utterance, new QuestionAsked(utterance.Turn, _time.GetUtcNow(), say.Text, say.ClientId), new QuestionAccepted(utterance.Generation, utterance.Turn, say.Text, say.ClientId));
    }

    /// <summary>Stores the question, tells of it, and has it answered.</summary>
    private void Put(Utterance utterance, JournalEntry entry, ConversationOutput told)
    {
        var question = utterance.Question;
        var request = new ResponseRequest(utterance.Turn, question.Text, History.Latest(_options.HistoryCharacters), _pace);
        History.AddQuestion(utterance.Turn, question.Text, question.ClientId);
        Line.Put(entry, () =>
        {
            Write(told);
            if (!ReferenceEquals(_current, utterance))
                return;
            Enter(ConversationState.Thinking, utterance.Generation);
            utterance.LastHeard = Now;
            utterance.Run = Respond(request);
        });
    }

    private StreamRun<ResponsePart> Respond(ResponseRequest request) =>
        StreamRun<ResponsePart>.Start(ResponsePartsAhead, ct => _responder.RespondAsync(request, ct), _wake);

    private Utterance Begin(int turn, Say? question)
    {
        _repeatAfterwards = _isHeld = false;
        _current = new Utterance(++_generation, turn, _options.Phrases) { IsRepetition = question is null, Question = question ?? new Say(""), LastHeard = Now };
        _current.Delivery = MakeDelivery(_current);
        return _current;
    }

    private bool Hear(Utterance utterance, StreamRun<ResponsePart> run)
    {
        // Asked before the last look at the parts: what was given before the end is there then.
        var isDone = run.IsDone;
        if (run.TryTake(out var part))
            Take(utterance, part);
        else if (isDone && run.Error is not null)
            Fail(utterance, FailureReason.Error, run.Error);
        else if (isDone)
            utterance.Complete();
        else if (Now >= utterance.LastHeard + _options.ResponseTimeout)
            Fail(utterance, FailureReason.Silence, cause: null);
        else
            return false;
        return true;
    }

    private void Take(Utterance utterance, ResponsePart part)
    {
        switch (part)
        {
            case TextDelta { Text.Length: > 0 } delta:
                utterance.Add(delta.Text);
                break;
            case Attachment attachment:
                utterance.Attach(attachment.Value);
                break;
            default:
                return; // Nothing was given, so the silence goes on.
        }
        utterance.LastHeard = Now;
        if (utterance.Received > _options.AnswerCharacters)
            Fail(utterance, FailureReason.TooLong, cause: null);
    }

    private bool TryGive(Utterance utterance, string phrase)
    {
        if (!utterance.Delivery.MayGive(phrase, _pace, Now))
            return false;
        utterance.TryTakePhrase(out _);
        var index = utterance.Give(phrase);
        utterance.Delivery.Given(index, phrase, _pace, Now);
        utterance.LastHeard = Now;
        var output = new PhraseReady(utterance.Generation, utterance.Turn, index, phrase, _pace, utterance.IsRepetition);
        var entry = utterance.IsRepetition ? null : new PhraseGiven(utterance.Turn, _time.GetUtcNow(), index, phrase, utterance.TakeNewAttachments(), utterance.IsWhole);
        Line.Put(entry, () =>
        {
            Enter(ConversationState.Speaking, output.Generation);
            Write(output);
        });
        return true;
    }

    private void Complete(Utterance utterance)
    {
        var (generation, turn, attachments) = (utterance.Generation, utterance.Turn, utterance.Attachments);
        if (utterance.IsRepetition)
            Close(utterance, new Repeated(generation, turn, IsWhole: true), entry: null);
        else if (utterance.Failure is { } failure)
            CloseAnswer(utterance, new AnswerFailed(generation, turn, failure.Reason, failure.Cause, attachments), AnswerOutcome.Failed);
        else if (string.IsNullOrWhiteSpace(utterance.Given))
        {
            Fail(utterance, FailureReason.Empty, cause: null);
            return;
        }
        else
            CloseAnswer(utterance, new AnswerCompleted(generation, turn, attachments), AnswerOutcome.Completed);
        Listen();
    }

    private void Fail(Utterance utterance, FailureReason reason, Exception? cause)
    {
        if (utterance.Run is { IsDone: false } run)
            run.Cancel();
        utterance.Fail(reason, cause, _options.Fallback(reason));
    }

    private void StopSpeaking()
    {
        _repeatAfterwards = false;
        Quiet(() =>
        {
            StopCurrent();
            Listen();
        });
    }

    private void StopForFullMemory()
    {
        StopSpeaking();
        Emit(new LimitReached(_generation, LimitKind.Unsaved, ClientId: null));
    }

    private void StopCurrent()
    {
        if (_current is not { } utterance)
            return;
        if (utterance.IsRepetition)
        {
            Close(utterance, new Repeated(utterance.Generation, utterance.Turn, IsWhole: false), entry: null);
            return;
        }
        var given = utterance.Given;
        var heard = utterance.Delivery.Heard(Now) is { } characters && characters < given.Length ? characters : (int?)null;
        var text = heard is { } cut ? given[..cut].TrimEnd() : given;
        CloseAnswer(utterance, new AnswerStopped(utterance.Generation, utterance.Turn, text, utterance.Attachments), AnswerOutcome.Stopped, text);
    }

    private void CloseAnswer(Utterance utterance, ConversationOutput output, AnswerOutcome outcome, string? heard = null)
    {
        if (utterance.Run is { } run)
            Dismiss(run);
        var text = heard ?? utterance.Given;
        History.AddAnswer(utterance.Turn, text, outcome);
        var cut = text.Length < utterance.Given.Length ? text.Length : (int?)null;
        Close(utterance, output, new AnswerEnded(utterance.Turn, _time.GetUtcNow(), outcome, utterance.Failure?.Reason, utterance.Attachments, cut));
    }

    private void Dismiss(StreamRun<ResponsePart> run)
    {
        if (!run.IsDone)
            run.Cancel();
        _leaving.Add(run);
        CountLeaving();
    }

    private void Close(Utterance utterance, ConversationOutput output, JournalEntry? entry)
    {
        utterance.Delivery.Close();
        (_current, _isHeld, _awayUntil, _isDucked) = (null, false, null, false);
        Line.Put(entry, () => Write(output));
    }

    /// <summary>Nothing is being said now: says again what was asked for meanwhile, or listens.</summary>
    private void Listen()
    {
        if (_repeatAfterwards)
            SayAgain();
        else
        {
            var generation = _generation;
            Line.Put(null, () => Enter(ConversationState.Listening, generation));
        }
    }

    private void Emit(ConversationOutput output) => Line.Put(null, () => Write(output));

    private void Enter(ConversationState state, long generation)
    {
        if (_state == state)
            return;
        _state = state;
        Write(new StateChanged(generation, state));
    }

    private void Write(ConversationOutput output)
    {
        _lastWritten = output.Generation;
        _outbox.Write(output);
    }
}
