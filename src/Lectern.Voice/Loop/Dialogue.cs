using Lectern.Voice.Journal;
using Lectern.Voice.Turns;

namespace Lectern.Voice.Loop;

/// <summary>
/// The rules of the conversation: what is being said, and what becomes of it. Synchronous and used by the loop's thread only.
/// Something counts as given out once it is in the journal's line: from then on it is stored and put out, in that order,
/// whatever comes next.
/// </summary>
internal sealed class Dialogue
{
    private readonly IResponder _responder;
    private readonly ConversationOptions _options;
    private readonly TimeProvider _time;
    private readonly Outbox _outbox;
    private readonly Wake _wake;
    private readonly List<ResponderRun> _leaving = [];
    private ConversationState _state = ConversationState.Listening;
    private Utterance? _current;
    private long _generation;
    private long _lastWritten;
    private int _nextTurn;
    private double _pace;
    private bool _repeatAfterwards;

    public Dialogue(IResponder responder, IConversationJournal journal, ConversationOptions options, TimeProvider time, IReadOnlyList<Turn> history, Outbox outbox, Wake wake)
    {
        (_responder, _options, _time, _outbox, _wake) = (responder, options, time, outbox, wake);
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

    /// <summary>When the running responder will have been silent for too long.</summary>
    public TimeSpan NextDue => _current is { Run: not null, IsComplete: false, IsHeldUp: false } u ? u.LastHeard + _options.ResponseTimeout : TimeSpan.MaxValue;

    public void Handle(ConversationInput input, TimeSpan now)
    {
        Now = now;
        switch (input)
        {
            case Say say: Ask(say); break;
            case Stop: StopSpeaking(); break;
            case Repeat { Afterwards: false } when IsBusy: break;
            case Repeat: SayAgain(); break;
            case Slower: SlowDown(); break;
            case Faster: SetPace(_pace + _options.PaceStep); break;
            case SetPace set: SetPace(set.Pace); break;
            case End end: Finish(end.Reason, now); break;
            case Presence: break;
            default: throw new InvalidOperationException($"Unknown input {input.GetType()}.");
        }
    }

    public void Warn(TimeSpan remaining, TimeLimit limit) => Emit(new TimeWarning(_generation, remaining, limit));

    public void Finish(EndReason reason, TimeSpan now)
    {
        Now = now;
        StopSpeaking();
        Emit(new Ended(_generation, reason));
        Over = reason;
    }

    /// <summary>Lets go of everything after a failure of the loop itself.</summary>
    public void Abandon() => _current?.Run?.Cancel();

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
        if (_current is not { } utterance || IsHeldUp(utterance))
            return false;
        if (!utterance.IsRepetition && Line.IsFull)
            StopForFullMemory();
        else if (utterance.TryTakePhrase(out var phrase))
            Give(utterance, phrase);
        else if (utterance.IsComplete)
            Complete(utterance);
        else if (utterance.Run is { } run)
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

    private void Ask(Say say)
    {
        if (string.IsNullOrWhiteSpace(say.Text))
            return;
        if (say.ClientId is not null && History.FindQuestion(say.ClientId) is { } asked)
            Emit(new AlreadyAsked(_generation, asked.Number, say.ClientId));
        else if (WhyRefused(say) is { } limit)
            Emit(new LimitReached(_generation, limit, say.ClientId));
        else
            Accept(say);
    }

    private LimitKind? WhyRefused(Say say) =>
        say.Text.Length > _options.QuestionCharacters ? LimitKind.QuestionLength
        : History.Questions >= _options.MaxQuestions ? LimitKind.Questions
        : Line.IsFull ? LimitKind.Unsaved
        : null;

    private void Accept(Say say)
    {
        StopCurrent();
        var utterance = Begin(_nextTurn++, isRepetition: false);
        var request = new ResponseRequest(utterance.Turn, say.Text, History.Latest(_options.HistoryCharacters), _pace);
        History.AddQuestion(utterance.Turn, say.Text, say.ClientId);
        Line.Put(new QuestionAsked(utterance.Turn, _time.GetUtcNow(), say.Text, say.ClientId), () =>
        {
            Write(new QuestionAccepted(utterance.Generation, utterance.Turn, say.Text, say.ClientId));
            if (!ReferenceEquals(_current, utterance))
                return;
            Enter(ConversationState.Thinking, utterance.Generation);
            utterance.LastHeard = Now;
            utterance.Run = ResponderRun.Start(_responder, request, _wake);
        });
    }

    private Utterance Begin(int turn, bool isRepetition)
    {
        _repeatAfterwards = false;
        return _current = new Utterance(++_generation, turn, _options.Phrases) { IsRepetition = isRepetition, LastHeard = Now };
    }

    private bool Hear(Utterance utterance, ResponderRun run)
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

    private void Give(Utterance utterance, string phrase)
    {
        var index = utterance.Give(phrase);
        var output = new PhraseReady(utterance.Generation, utterance.Turn, index, phrase, _pace, utterance.IsRepetition);
        var entry = utterance.IsRepetition ? null : new PhraseGiven(utterance.Turn, _time.GetUtcNow(), index, phrase);
        Line.Put(entry, () =>
        {
            Enter(ConversationState.Speaking, output.Generation);
            Write(output);
        });
    }

    private void Complete(Utterance utterance)
    {
        if (utterance.IsRepetition)
            Close(new Repeated(utterance.Generation, utterance.Turn, IsWhole: true), entry: null);
        else if (string.IsNullOrWhiteSpace(utterance.Given))
            Fail(utterance, FailureReason.Empty, cause: null);
        else
            CloseAnswer(utterance, new AnswerCompleted(utterance.Generation, utterance.Turn, utterance.Attachments), AnswerOutcome.Completed);
        Listen();
    }

    private void Fail(Utterance utterance, FailureReason reason, Exception? cause)
    {
        var needsSpace = utterance.Given.Length > 0 && !char.IsWhiteSpace(utterance.Given[^1]);
        Give(utterance, (needsSpace ? " " : "") + _options.Fallback(reason));
        CloseAnswer(utterance, new AnswerFailed(utterance.Generation, utterance.Turn, reason, cause, utterance.Attachments), AnswerOutcome.Failed, reason);
        Listen();
    }

    private void StopSpeaking()
    {
        _repeatAfterwards = false;
        StopCurrent();
        Listen();
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
            Close(new Repeated(utterance.Generation, utterance.Turn, IsWhole: false), entry: null);
        else
            CloseAnswer(utterance, new AnswerStopped(utterance.Generation, utterance.Turn, utterance.Given, utterance.Attachments), AnswerOutcome.Stopped);
    }

    private void CloseAnswer(Utterance utterance, ConversationOutput output, AnswerOutcome outcome, FailureReason? failure = null)
    {
        if (utterance.Run is { } run)
            Dismiss(run);
        History.AddAnswer(utterance.Turn, utterance.Given, outcome);
        Close(output, new AnswerEnded(utterance.Turn, _time.GetUtcNow(), outcome, failure, utterance.Attachments));
    }

    private void Dismiss(ResponderRun run)
    {
        if (!run.IsDone)
            run.Cancel();
        _leaving.Add(run);
        CountLeaving();
    }

    private void Close(ConversationOutput output, JournalEntry? entry)
    {
        _current = null;
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

    private void SayAgain()
    {
        if (_current is { IsRepetition: false })
        {
            _repeatAfterwards = true;
            return;
        }
        if (History.LastAnswer is not { } answer)
        {
            Emit(new NothingToRepeat(_generation));
            return;
        }
        StopCurrent();
        var utterance = Begin(answer.Number, isRepetition: true);
        utterance.Add(answer.Text);
        utterance.Complete();
    }

    private void SlowDown()
    {
        SetPace(_pace - _options.PaceStep);
        if (_current is not { IsRepetition: false } && History.LastAnswer is not null)
            SayAgain();
    }

    private void SetPace(double pace)
    {
        _pace = ClampPace(double.IsFinite(pace) ? pace : _pace);
        Emit(new PaceChanged(_generation, _pace));
    }

    private double ClampPace(double pace) => Math.Clamp(pace, _options.MinPace, _options.MaxPace);

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
