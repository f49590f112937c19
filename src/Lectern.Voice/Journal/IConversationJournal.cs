using Lectern.Voice.Turns;

namespace Lectern.Voice.Journal;

/// <summary>Where a conversation is stored.</summary>
public interface IConversationJournal
{
    /// <summary>
    /// Stores entries, all or none of them. They come in the order in which things happen: a question before it is answered, a phrase before it is
    /// given out; usually one at a time, several when the journal is slower than the conversation or was away. When it throws, or takes longer than
    /// <see cref="ConversationOptions.JournalPatience"/>, the conversation goes on and the same entries are tried again later, before those after
    /// them. So an entry may arrive twice:
    /// <see cref="QuestionAsked"/>, <see cref="QuestionAmendedTo"/> and <see cref="AnswerEnded"/> are known by their turn, <see cref="PhraseGiven"/> by turn and index.
    /// </summary>
    Task WriteAsync(IReadOnlyList<JournalEntry> entries, CancellationToken ct);
}

/// <summary>Something that happened and is to be stored. A closed set.</summary>
/// <param name="At">When it happened, which may be long before it could be stored.</param>
public abstract record JournalEntry(int Turn, DateTimeOffset At)
{
    internal abstract int Characters { get; }
}

public sealed record QuestionAsked(int Turn, DateTimeOffset At, string Text, string? ClientId) : JournalEntry(Turn, At)
{
    internal override int Characters => Text.Length + (ClientId?.Length ?? 0);
}

/// <param name="Attachments">What was attached since the phrase before; comes again with the answer's end.</param>
/// <param name="IsLast">With it the answer is whole, though not heard yet.</param>
public sealed record PhraseGiven(int Turn, DateTimeOffset At, int Index, string Text, IReadOnlyList<object> Attachments, bool IsLast = false) : JournalEntry(Turn, At)
{
    internal override int Characters => Text.Length + Attachments.Count * 64;
}

/// <summary>The host goes away in the middle of an answer, which is to be gone on with elsewhere.</summary>
/// <param name="Heard">How many characters of the phrases, joined, were heard; null for all.</param>
public sealed record AnswerLeft(int Turn, DateTimeOffset At, int? Heard) : JournalEntry(Turn, At)
{
    internal override int Characters => 0;
}

/// <summary>The person spoke on, and the question is this text now.</summary>
public sealed record QuestionAmendedTo(int Turn, DateTimeOffset At, string Text) : JournalEntry(Turn, At)
{
    internal override int Characters => Text.Length;
}

/// <summary>The answer's end; its text is that of its phrases, or as much of it as was heard.</summary>
/// <param name="Heard">How many characters of the phrases, joined, were heard; null for all.</param>
public sealed record AnswerEnded(int Turn, DateTimeOffset At, AnswerOutcome Outcome, FailureReason? Failure, IReadOnlyList<object> Attachments, int? Heard = null) : JournalEntry(Turn, At)
{
    internal override int Characters => Attachments.Count * 64;
}
