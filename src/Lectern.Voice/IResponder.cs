using Lectern.Voice.Turns;

namespace Lectern.Voice;

/// <summary>Whoever answers.</summary>
public interface IResponder
{
    /// <summary>
    /// Answers one question, part by part as the answer becomes known. When <paramref name="ct"/> is cancelled it should end soon;
    /// what it still gives is dropped. What it throws ends the answer as <see cref="FailureReason.Error"/>. Parts are asked for only
    /// as fast as they can be given out.
    /// </summary>
    IAsyncEnumerable<ResponsePart> RespondAsync(ResponseRequest request, CancellationToken ct);
}

/// <summary>A question and what came before it.</summary>
/// <param name="Turn">The number of the question.</param>
/// <param name="History">
/// Earlier turns, oldest first, within <see cref="ConversationOptions.HistoryCharacters"/>, without the question. Answers hold only
/// what was given out.
/// </param>
/// <param name="Pace">How fast the answer will be spoken, 1 = normal: a hint to whoever wants to speak more simply to a slow listener.</param>
public sealed record ResponseRequest(int Turn, string Question, IReadOnlyList<Turn> History, double Pace)
{
    /// <summary>The answer has begun before, elsewhere: what is asked for is what comes after this. Null for an answer from its beginning.</summary>
    public UnfinishedAnswer? Begun { get; init; }
}

/// <summary>A piece of an answer. A closed set.</summary>
public abstract record ResponsePart
{
    private protected ResponsePart()
    {
    }
}

/// <summary>The next piece of text, of any length. Markdown and TeX formulas are allowed.</summary>
public sealed record TextDelta(string Text) : ResponsePart;

/// <summary>Something that goes with the answer, such as a citation. The conversation passes it on without looking inside.</summary>
public sealed record Attachment(object Value) : ResponsePart;
