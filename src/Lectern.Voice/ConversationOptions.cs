using Lectern.Voice.Hearing;
using Lectern.Voice.Phrases;
using Lectern.Voice.Speech;

namespace Lectern.Voice;

/// <summary>The limits and manners of one conversation. The defaults work.</summary>
public sealed record ConversationOptions
{
    /// <summary>When it began, if it is being continued (on another machine, after a restart); else it begins when it runs.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long before <see cref="MaxDuration"/> to warn.</summary>
    public IReadOnlyList<TimeSpan> DurationWarnings { get; init; } = [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1)];

    /// <summary>The conversation ends after this long without input, counted while it listens only.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long before the end by idleness to warn; zero for not at all.</summary>
    public TimeSpan IdleWarning { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many questions one conversation may hold, those of its history included.</summary>
    public int MaxQuestions { get; init; } = 100;

    public int QuestionCharacters { get; init; } = 4_000;

    /// <summary>An answer that grows longer fails, keeping what was given out.</summary>
    public int AnswerCharacters { get; init; } = 20_000;

    /// <summary>How many characters of history a request holds at most, the oldest turns left out first.</summary>
    public int HistoryCharacters { get; init; } = 24_000;

    /// <summary>How long a responder may give nothing, at the start or between two parts, before its answer fails.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What is said when an answer fails. In the language of the conversation.</summary>
    public Func<FailureReason, string> Fallback { get; init; } = static _ => "Sorry, I could not answer that. Please ask me again.";

    /// <summary>The pace to begin with, 1 = normal.</summary>
    public double Pace { get; init; } = 1;

    public double MinPace { get; init; } = 0.75;

    public double MaxPace { get; init; } = 1.5;

    /// <summary>How much <see cref="Slower"/> and <see cref="Faster"/> change the pace.</summary>
    public double PaceStep { get; init; } = 0.125;

    /// <summary>
    /// When the host goes away, an answer that is under way is left for another conversation to go on with (<see cref="Journal.AnswerLeft"/>)
    /// instead of being stopped. It then has no end in this one.
    /// </summary>
    public bool HandsOver { get; init; }

    public PhraseOptions Phrases { get; init; } = new();

    public SpeechOptions Speech { get; init; } = new();

    public HearingOptions Hearing { get; init; } = new();

    /// <summary>How many inputs may wait; more are refused (<see cref="Conversation.TryPost"/>) or wait with their sender.</summary>
    public int InputCapacity { get; init; } = 64;

    /// <summary>How many outputs may wait to be read, at least 64. What happens then is told at <see cref="Conversation.Outputs"/>.</summary>
    public int OutputCapacity { get; init; } = 256;

    /// <summary>The conversation ends when its outputs stay full for this long.</summary>
    public TimeSpan ReaderPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A journal entry that takes longer counts as not saved, and what waited behind it is given out.</summary>
    public TimeSpan JournalPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The wait before the first new try to save; doubles with each failure up to <see cref="MaxRetryDelay"/>.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How much longer a wait may be by chance, as a share of it: 0 for never, 1 for up to twice as long.</summary>
    public double RetrySpread { get; init; }

    /// <summary>
    /// How many characters may wait to be saved (64 are added per entry for the rest of it). Once they do, the answer that is
    /// running is stopped and questions are refused until some of it is saved. So memory holds at most this, one phrase and the
    /// end of one answer.
    /// </summary>
    public int UnsavedCharacters { get; init; } = 200_000;

    /// <summary>At the end: how long to wait for what is not yet saved, and for responders that do not heed cancellation.</summary>
    public TimeSpan ClosingPatience { get; init; } = TimeSpan.FromSeconds(5);
}
