using Lectern.Voice.Speech;

namespace Lectern.Voice;

/// <summary>
/// What a conversation gives out. A closed set. For every <see cref="QuestionAccepted"/> exactly one <see cref="AnswerCompleted"/>,
/// <see cref="AnswerStopped"/> or <see cref="AnswerFailed"/> of the same turn follows, and no <see cref="PhraseReady"/> of
/// that turn follows upon it but in repetitions. They are of one generation, unless <see cref="QuestionAmended"/> began the turn anew with
/// another, which always happens before its first phrase.
/// </summary>
public abstract record ConversationOutput
{
    private protected ConversationOutput(long generation) => Generation = generation;

    /// <summary>
    /// Which thing said this belongs to: rises by one with each question, each amendment and each repetition, 0 before the first. A receiver that
    /// still holds something of an older generation drops it.
    /// </summary>
    public long Generation { get; }
}

/// <summary>What the conversation is doing, put out when it changes. It begins by listening.</summary>
public sealed record StateChanged(long Generation, ConversationState State) : ConversationOutput(Generation);

/// <summary>The question was taken and, unless <see cref="NotSaved"/> holds, stored.</summary>
/// <param name="Turn">The number shared by the question and its answer; counts on from the history.</param>
public sealed record QuestionAccepted(long Generation, int Turn, string Text, string? ClientId) : ConversationOutput(Generation);

/// <summary>A question of this name was taken before, as this turn; nothing further happens.</summary>
public sealed record AlreadyAsked(long Generation, int Turn, string ClientId) : ConversationOutput(Generation);

/// <summary>A phrase to show and to speak. The phrases of a turn joined are the answer, white space included.</summary>
/// <param name="Index">0, 1, 2 … within this generation.</param>
/// <param name="Pace">How fast to speak, 1 = normal; within <see cref="ConversationOptions.MinPace"/> and <see cref="ConversationOptions.MaxPace"/>.</param>
/// <param name="IsRepetition">It says again what <paramref name="Turn"/> has said before.</param>
public sealed record PhraseReady(long Generation, int Turn, int Index, string Text, double Pace, bool IsRepetition) : ConversationOutput(Generation)
{
    public bool IsFirst => Index == 0;
}

/// <summary>
/// The person spoke on before the answer was heard: the question of this turn is this text now, and what was being prepared is begun anew.
/// </summary>
public sealed record QuestionAmended(long Generation, int Turn, string Text, string? ClientId) : ConversationOutput(Generation);

/// <summary>When what of a phrase is heard and seen. Comes between the phrase and its sound, and again if it becomes known better.</summary>
/// <param name="Text">The phrase as written, which may have been given out in another conversation.</param>
/// <param name="Place">Where the phrase begins in the answer's text.</param>
/// <param name="FromMilliseconds">When the phrase begins, in the utterance's sound.</param>
/// <param name="Milliseconds">How long it lasts; null if not known yet.</param>
/// <param name="Words">Times from the utterance's beginning, places in the phrase's text; may be empty.</param>
/// <param name="Visemes">Times from the utterance's beginning; empty if the voice knows none.</param>
public sealed record PhraseSpoken(long Generation, int Turn, int Index, string Text, int Place, int FromMilliseconds, int? Milliseconds, IReadOnlyList<WordMark> Words, IReadOnlyList<VisemeMark> Visemes)
    : ConversationOutput(Generation);

/// <summary>Sound to play, never more than <see cref="SpeechOptions.Lead"/> ahead of the player.</summary>
/// <param name="Position">Of the first sample in the utterance's sound, in samples.</param>
/// <param name="Pcm">Signed 16-bit little-endian samples, mono, at the voice's rate.</param>
public sealed record SoundReady(long Generation, long Position, ReadOnlyMemory<byte> Pcm) : ConversationOutput(Generation);

/// <summary>Be silent at once and drop what was to be played, then say how far it came. Sound of the same generation may follow if nothing was meant by the interruption.</summary>
public sealed record SpeechCleared(long Generation) : ConversationOutput(Generation);

/// <summary>Somebody seems to speak: play softly, or at full volume again.</summary>
public sealed record SpeechDucked(long Generation, bool IsDucked) : ConversationOutput(Generation);

/// <summary>The voice failed; what it should have spoken stands to be read.</summary>
/// <param name="Cause">For the host's log.</param>
public sealed record VoiceFailed(long Generation, Exception Cause) : ConversationOutput(Generation);

/// <summary>What is made of the microphone, put out when it changes.</summary>
public sealed record HearingChanged(long Generation, HearingState State) : ConversationOutput(Generation);

/// <summary>Somebody spoke, and no words came of it.</summary>
/// <param name="Cause">Why it could not be transcribed, for the host's log; null if it could, and there were none.</param>
public sealed record NotUnderstood(long Generation, Exception? Cause) : ConversationOutput(Generation);

/// <summary>The answer was given out whole and, where it is spoken, heard.</summary>
/// <param name="Attachments">What the responder attached, in order.</param>
public sealed record AnswerCompleted(long Generation, int Turn, IReadOnlyList<object> Attachments) : ConversationOutput(Generation);

/// <summary>The answer was stopped.</summary>
/// <param name="Text">What was given out and, where it is spoken, heard, and therefore stands in the history; may be empty.</param>
/// <param name="Attachments">What had been attached until then.</param>
public sealed record AnswerStopped(long Generation, int Turn, string Text, IReadOnlyList<object> Attachments) : ConversationOutput(Generation);

/// <summary>The answer broke off. What the person should hear about it was given out as the last phrase before this.</summary>
/// <param name="Cause">For the host's log, not for the person.</param>
/// <param name="Attachments">What had been attached until then.</param>
public sealed record AnswerFailed(long Generation, int Turn, FailureReason Reason, Exception? Cause, IReadOnlyList<object> Attachments) : ConversationOutput(Generation);

/// <summary>An answer was said again.</summary>
/// <param name="Turn">Whose answer.</param>
/// <param name="IsWhole">False if it was stopped.</param>
public sealed record Repeated(long Generation, int Turn, bool IsWhole) : ConversationOutput(Generation);

/// <summary>A repetition was asked for, but there is no answer yet.</summary>
public sealed record NothingToRepeat(long Generation) : ConversationOutput(Generation);

/// <summary>The pace of the phrases that follow.</summary>
public sealed record PaceChanged(long Generation, double Pace) : ConversationOutput(Generation);

/// <summary>The conversation will end in <paramref name="Remaining"/> unless, for idleness, somebody does something.</summary>
public sealed record TimeWarning(long Generation, TimeSpan Remaining, TimeLimit Limit) : ConversationOutput(Generation);

/// <summary>Something was refused because of a limit; a question refused is not a turn.</summary>
/// <param name="ClientId">The sender's name of the question refused, if one was.</param>
public sealed record LimitReached(long Generation, LimitKind Kind, string? ClientId) : ConversationOutput(Generation);

/// <summary>The journal cannot be written. The conversation goes on, and what is said waits in memory.</summary>
/// <param name="Cause">For the host's log.</param>
public sealed record NotSaved(long Generation, Exception? Cause) : ConversationOutput(Generation);

/// <summary>All that waited has been written.</summary>
public sealed record SavedAgain(long Generation) : ConversationOutput(Generation);

/// <summary>The conversation is over. Only <see cref="NotSaved"/> and <see cref="SavedAgain"/> may follow, until the outputs complete.</summary>
public sealed record Ended(long Generation, EndReason Reason) : ConversationOutput(Generation);

public enum ConversationState
{
    Listening,

    /// <summary>A question was taken and nothing of its answer has been given out.</summary>
    Thinking,

    Speaking,
}

public enum HearingState
{
    Nothing,

    /// <summary>Somebody speaks.</summary>
    Speech,

    /// <summary>What was said is being written down.</summary>
    Words,
}

public enum FailureReason
{
    /// <summary>The responder threw.</summary>
    Error,

    /// <summary>The responder gave nothing for <see cref="ConversationOptions.ResponseTimeout"/>.</summary>
    Silence,

    /// <summary>The responder ended without a word.</summary>
    Empty,

    /// <summary>The answer passed <see cref="ConversationOptions.AnswerCharacters"/>.</summary>
    TooLong,
}

public enum TimeLimit
{
    Duration,
    Idle,
}

public enum LimitKind
{
    /// <summary>As many questions were asked as the conversation may hold.</summary>
    Questions,

    /// <summary>The question is longer than a question may be.</summary>
    QuestionLength,

    /// <summary>More waits to be saved than may wait; see <see cref="ConversationOptions.UnsavedCharacters"/>.</summary>
    Unsaved,
}
