namespace Lectern.Voice.Turns;

/// <summary>One side of an exchange.</summary>
/// <param name="Number">A question and its answer share it; rises.</param>
/// <param name="Text">A question as it was put; of an answer, exactly what was given out.</param>
/// <param name="Outcome">How an answer ended; null for a question.</param>
/// <param name="ClientId">The sender's name of a question, see <see cref="Say"/>.</param>
public sealed record Turn(int Number, Role Role, string Text, AnswerOutcome? Outcome = null, string? ClientId = null)
{
    /// <summary>The answer breaks off where it was stopped.</summary>
    public bool IsStopped => Outcome == AnswerOutcome.Stopped;
}

public enum Role
{
    /// <summary>The person who asks.</summary>
    User,

    /// <summary>Who answers.</summary>
    Assistant,
}

public enum AnswerOutcome
{
    Completed,
    Stopped,
    Failed,
}
