namespace Lectern.Voice.Turns;

/// <summary>An answer that was under way when its conversation was lost or handed over, to be gone on with.</summary>
/// <param name="Turn">Its number; the question is the history's, the answer is not in it.</param>
/// <param name="Phrases">What was given out of it, in order; may be none.</param>
/// <param name="Heard">How many characters of the phrases, joined, were heard as far as is known; null for all.</param>
/// <param name="Attachments">What had been attached.</param>
public sealed record UnfinishedAnswer(int Turn, IReadOnlyList<string> Phrases, int? Heard, IReadOnlyList<object> Attachments)
{
    /// <summary>Nothing more is to come: it only was not heard to its end.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The phrases joined.</summary>
    public string Text => string.Concat(Phrases);
}
