using System.Threading.Channels;
using Lectern.Costs.Contracts;
using Lectern.Courses.Formulas;
using Lectern.Platform.Localization;
using Lectern.Tutoring.Grounding;
using Lectern.Tutoring.Live.Audio;
using Lectern.Tutoring.Sessions;
using Lectern.Voice;
using Lectern.Voice.Speech;
using Lectern.Voice.Turns;
using Microsoft.Extensions.Logging;

namespace Lectern.Tutoring.Live;

/// <summary>
/// A session that this node speaks for: the conversation, and the one client connected to it, if any. It goes on without a client until its idle and end
/// times. All that a client sees passes through one lock, so that a client that comes in gets what was before it as turns, and all after it as frames.
/// </summary>
internal sealed partial class LiveSession
{
    private const int SequenceBits = 20;
    private const double PaceStep = 0.15;
    private const string Elsewhere = "elsewhere";

    private readonly Lock _gate = new();
    private readonly TakenSession _taken;
    private readonly LiveTools _tools;
    private readonly TurnBoard _board;
    private readonly GroundedTeacher _teacher;
    private readonly Conversation _conversation;
    private readonly Senses _senses;
    private readonly TutoringJournal _journal;
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Texts _t;
    private LiveConnection? _connection;
    private ConversationState _state;
    private double _pace;
    private bool _isSaved = true;
    private bool _wasConnected;
    private bool _isLost;
    private bool _isClosed;
    private string? _reason;
    private long _sequence;

    public LiveSession(TakenSession taken, LiveTools tools)
    {
        (_taken, _tools) = (taken, tools);
        _t = tools.Teacher.Library.For(tag: null, taken.School);
        _board = new TurnBoard(Row.CourseSlug, taken.Turns);
        _sequence = (long)Row.Epoch << SequenceBits;
        _wasConnected = taken.WasConnected;
        _journal = new TutoringJournal(tools.Databases, taken.School, Row.Id, Row.Epoch, tools.Time, Lose, tools.Watch);
        var subject = new Subject(Row.CourseId, Row.Language, Row.Title, Row.LessonId, Row.TeacherName, taken.Manner);
        var payer = new Payer(taken.School.Id, Row.CourseId, Row.Id);
        _teacher = new GroundedTeacher(taken.School, subject, tools.Teacher with { Models = tools.Teacher.Models.PaidBy(payer) }, OnModel);
        var options = Resumption.Options(taken, tools);
        _pace = options.Pace;
        var engines = tools.Engines.PaidBy(payer);
        _senses = new Senses(engines.Voice, engines.Ears, tex => FormulaReader.Read(tex, display: false).SpokenIn(Row.Language));
        _conversation = new Conversation(_teacher, _journal, options, tools.Time, Resumption.History(taken.Turns), _senses, taken.Unfinished);
        if (MessagesLeft == 0)
            EndForMessages();
    }

    public Guid Id => Row.Id;

    public Guid School => _taken.School.Id;

    public int Epoch => Row.Epoch;

    /// <summary>A client is there that takes what it is sent.</summary>
    public bool IsConnected
    {
        get
        {
            lock (_gate)
                return _connection is { IsClosed: false };
        }
    }

    private TutoringSession Row => _taken.Row;

    /// <summary>Runs the session to its end on this node.</summary>
    /// <param name="stopping">The node shuts down: the session is given back, not ended.</param>
    public async Task RunAsync(CancellationToken stopping)
    {
        var running = _conversation.RunAsync(stopping);
        var preparing = _teacher.PrepareAsync(stopping);
        EndReason? over = null;
        await foreach (var output in _conversation.Outputs.ReadAllAsync(CancellationToken.None))
        {
            if (output is Ended ended)
                over = ended.Reason;
            else
                Tell(output);
        }
        await preparing;
        var end = await running;
        await CloseAsync(over ?? end.Reason, end.Unsaved, stopping);
    }

    /// <summary>Lets a client in and tells it how things stand; one that was in before is sent away.</summary>
    /// <returns>False if the session ends just now.</returns>
    /// <param name="t">In the language of whoever connected, for what is not the teacher's to say.</param>
    /// <param name="hello">What the client wants to hear and say, and what it has heard.</param>
    public bool Attach(LiveConnection connection, Texts t, ClientFrame.Hello hello)
    {
        lock (_gate)
        {
            if (_isClosed)
                return false;
            _t = t;
            if (_connection is { } before)
            {
                before.Send(Numbered(new EndedFrame(Elsewhere, SummaryUrl)));
                before.Close(CloseCodes.Elsewhere);
            }
            _connection = connection;
            connection.Send(Numbered(new ReadyFrame(Id, _tools.Time.GetUtcNow().UtcDateTime, Row.EndsAt.UtcDateTime, Row.IdleMinutes, MessagesLeft,
                new TeacherView(Row.TeacherSlug, Row.TeacherName), Row.Title, _wasConnected, _board.All, Offer)));
            _wasConnected = true;
            if (_state != ConversationState.Listening)
                connection.Send(Numbered(new StateFrame(Word(_state))));
            if (!_isSaved)
                connection.Send(Numbered(new SavedFrame(Value: false)));
            Agree(connection, hello.Audio ?? AudioWish.Nothing, isAsked: hello.Audio is not null, hello.Heard);
        }
        return true;
    }

    public void Detach(LiveConnection connection)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_connection, connection))
                return;
            _connection = null;
            _terms = AudioTerms.Nothing;
        }
        _conversation.TryPost(new DeviceChanged(Device.Away));
    }

    /// <summary>Sends a frame that concerns one client only.</summary>
    public void SendTo(LiveConnection connection, ServerFrame frame)
    {
        lock (_gate)
            connection.Send(Numbered(frame));
    }

    /// <summary>Does what a client asks, unless another has taken its place.</summary>
    public async ValueTask HandleAsync(LiveConnection connection, ClientFrame frame, CancellationToken ct)
    {
        if (!IsCurrent(connection))
            return;
        switch (frame)
        {
            case ClientFrame.Say { Text.Length: 0 } say:
                SendTo(connection, new ErrorFrame("empty", _t["The message is empty"], _t["Nothing was sent."], Fatal: false) { About = say.Id });
                break;
            case ClientFrame.Ping ping:
                SendTo(connection, new PongFrame(ping.T, _tools.Time.GetUtcNow().UtcDateTime));
                break;
            case ClientFrame.SetAudio audio:
                lock (_gate)
                    Agree(connection, audio.Wish, isAsked: true);
                break;
            default:
                if (InputOf(frame) is { } input)
                    await PostAsync(input, ct);
                break;
        }
    }

    /// <summary>Ends the session as its student wishes, from another page.</summary>
    public async Task EndAsync(CancellationToken ct)
    {
        await PostAsync(new End(EndReason.Ended), ct);
        await _over.Task.WaitAsync(ct);
    }

    /// <summary>The session is another node's now, or over.</summary>
    public void Lose()
    {
        lock (_gate)
            _isLost = true;
        _conversation.TryPost(new End(EndReason.TakenOver));
    }

    /// <summary>Something broke that the session cannot go on from.</summary>
    public void Break()
    {
        lock (_gate)
        {
            _isClosed = true;
            _connection?.Send(Numbered(new ErrorFrame("internal", _t["Something went wrong on our side"], _t["What was said up to here is stored. Connect again."], Fatal: true)));
            _connection?.Close(CloseCodes.Defect);
        }
        _over.TrySetResult();
    }

    private ConversationInput? InputOf(ClientFrame frame) => frame switch
    {
        ClientFrame.Say say => new Say(say.Text, say.Id, say.IsSpoken && _terms.In is not null),
        ClientFrame.Played played when _terms.Out is not null => new Played(played.Utterance, played.Ms, played.Phrase, played.Character, played.IsFinal),
        ClientFrame.Talk talk when _terms.GivesSound => new Talk(talk.Value),
        ClientFrame.Words words when _terms.In is AudioTerms.Own => new WordsHeard(words.Text),
        ClientFrame.Stop => new Stop(),
        ClientFrame.Repeat => new Repeat(Afterwards: false),
        ClientFrame.Pace pace => PaceOf(_ => pace.Value),
        ClientFrame.Slower => PaceOf(now => now - PaceStep),
        ClientFrame.Presence => new Presence(),
        ClientFrame.End => new End(EndReason.Ended),
        _ => null,
    };

    // Counted here and not from what the conversation has put out: two steps may come before it has taken the first.
    private SetPace PaceOf(Func<double, double> change)
    {
        lock (_gate)
            return new SetPace(_pace = Math.Round(Math.Clamp(change(_pace), Resumption.SlowestPace, Resumption.FastestPace), 3));
    }

    private async ValueTask PostAsync(ConversationInput input, CancellationToken ct)
    {
        try
        {
            await _conversation.PostAsync(input, ct);
        }
        catch (ChannelClosedException)
        {
            // The session has just ended, which its client is about to be told.
        }
    }

    private void Tell(ConversationOutput output)
    {
        lock (_gate)
        {
            if (output is SoundReady sound)
                Play(sound);
            foreach (var frame in FramesOf(output))
            {
                // What a lost session says was not stored: a client that saw its question confirmed would not ask it again where the session went on.
                if (!_isLost)
                    _connection?.Send(Numbered(frame));
            }
        }
        if (output is AnswerFailed failed)
            LogFailed(_tools.Log, Id, failed.Turn, failed.Reason, failed.Cause);
        else if (output is NotSaved notSaved)
            TellNotSaved(notSaved.Cause);
        else if (output is VoiceFailed voice)
            LogSpeech(_tools.Log, Id, voice.Cause);
        else if (output is NotUnderstood { Cause: { } why })
            LogSpeech(_tools.Log, Id, why);
    }

    private IReadOnlyList<ServerFrame> FramesOf(ConversationOutput output)
    {
        switch (output)
        {
            case StateChanged changed:
                _state = changed.State;
                return [new StateFrame(Word(changed.State))];
            case QuestionAccepted question:
                _board.Ask(question.Turn, question.ClientId ?? $"t-{question.Turn}", question.Text);
                return [new QuestionFrame(question.Turn, _board.IdOf(question.Turn), question.Text, MessagesLeft)];
            case QuestionAmended amended:
                _board.Ask(amended.Turn, _board.IdOf(amended.Turn), amended.Text);
                return [new QuestionFrame(amended.Turn, _board.IdOf(amended.Turn), amended.Text, MessagesLeft)];
            case AlreadyAsked asked:
                return [new QuestionFrame(asked.Turn, asked.ClientId, _board.TextOf(asked.Turn), MessagesLeft)];
            case PhraseReady { IsRepetition: true } phrase:
                return [new PhraseFrame(phrase.Turn, phrase.Index, phrase.Text, phrase.Pace) { Again = true, Utterance = UtteranceOf(phrase) }];
            case PhraseReady phrase:
                _board.Add(phrase);
                return [new PhraseFrame(phrase.Turn, phrase.Index, phrase.Text, phrase.Pace) { Utterance = UtteranceOf(phrase) }];
            case AnswerCompleted done:
                return AnswerFrames(done.Turn, AnswerOutcome.Completed, done.Attachments);
            case AnswerStopped stopped:
                _board.Cut(stopped.Turn, stopped.Text);
                return AnswerFrames(stopped.Turn, AnswerOutcome.Stopped, stopped.Attachments);
            case AnswerFailed failed:
                return [.. AnswerFrames(failed.Turn, AnswerOutcome.Failed, failed.Attachments),
                    new ErrorFrame("answer-failed", _t["The teacher could not answer"], _t["Your question is kept. Ask again in a moment."], Fatal: false)];
            case Repeated repeated when _board.AnswerOf(repeated.Turn) is { } answer:
                return [new AnswerFrame(repeated.Turn, answer.Outcome, answer.Text, answer.Citations, answer.Grounded) { Again = true }];
            case PaceChanged pace:
                return [new NoticeFrame("pace-changed", _t["Pace: {share}", ("share", _t.Percent(pace.Pace))])];
            case TimeWarning warning:
                return [new TimeFrame(warning.Limit == TimeLimit.Duration ? "ending" : "idle", (int)Math.Round(warning.Remaining.TotalSeconds))];
            case LimitReached limit:
                return [LimitFrame(limit)];
            case NotSaved or SavedAgain:
                _isSaved = output is SavedAgain;
                return [new SavedFrame(_isSaved)];
            default:
                return SpeechFrameOf(output) is { } frame ? [frame] : [];
        }
    }

    private IReadOnlyList<ServerFrame> AnswerFrames(int turn, AnswerOutcome outcome, IReadOnlyList<object> attachments)
    {
        var answer = _board.End(turn, outcome, attachments);
        if (MessagesLeft == 0)
            EndForMessages();
        return [new AnswerFrame(turn, answer.Outcome, answer.Text, answer.Citations, answer.Grounded)];
    }

    private void EndForMessages()
    {
        _reason = "messages";
        _conversation.TryPost(new End(EndReason.Ended));
    }

    private ErrorFrame LimitFrame(LimitReached limit) => limit.Kind switch
    {
        LimitKind.QuestionLength => new ErrorFrame("too-long", _t["The message is too long"], _t["Up to {count} characters are possible. Nothing was sent.", ("count", LiveTools.LongestMessage)], Fatal: false) { About = limit.ClientId },
        LimitKind.Questions => new ErrorFrame("messages-used-up", _t["All messages are used up"], _t["This conversation holds no more. You can start a new one."], Fatal: false) { About = limit.ClientId },
        _ => new ErrorFrame("not-saved", _t["The conversation cannot be saved just now"], _t["Ask again in a moment; your message was not taken."], Fatal: false) { About = limit.ClientId },
    };

    private void OnModel(ModelTurn turn)
    {
        var notice = turn == ModelTurn.Away
            ? new NoticeFrame("model-away", _t["The language model can't be reached. I answer with quotes from the course until it is back."])
            : new NoticeFrame("model-back", _t["The language model is back."]);
        lock (_gate)
            _connection?.Send(Numbered(notice));
    }

    private bool IsCurrent(LiveConnection connection)
    {
        lock (_gate)
            return ReferenceEquals(_connection, connection);
    }

    private int MessagesLeft => Math.Max(0, Row.MaxMessages - _board.Questions);

    private string SummaryUrl => $"/conversations/{Id}";

    private ServerFrame Numbered(ServerFrame frame) => frame with { Seq = ++_sequence };

    private static readonly Dictionary<EndReason, string> Reasons = new() { [EndReason.Ended] = "student", [EndReason.Idle] = "idle", [EndReason.Duration] = "time" };

    private static string Word(ConversationState state) => state switch { ConversationState.Thinking => "thinking", ConversationState.Speaking => "speaking", _ => "listening" };

    [LoggerMessage(EventId = 5101, Level = LogLevel.Warning, Message = "Session {Session}: the answer of turn {Turn} failed ({Reason}).")]
    private static partial void LogFailed(ILogger logger, Guid session, int turn, FailureReason reason, Exception? exception);
}
