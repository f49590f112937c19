namespace Lectern.Voice.Turns;

/// <summary>The turns of a conversation in order. It holds what was given out and heard, never what was merely generated.</summary>
public sealed class History(IReadOnlyList<Turn> turns)
{
    private readonly List<Turn> _turns = [.. turns];

    public IReadOnlyList<Turn> Turns => _turns;

    public int NextNumber => _turns.Count == 0 ? 1 : _turns.Max(t => t.Number) + 1;

    public int Questions => _turns.Count(t => t.Role == Role.User);

    /// <summary>The last answer of which something was given out.</summary>
    public Turn? LastAnswer => _turns.LastOrDefault(t => t.Role == Role.Assistant);

    public Turn? FindQuestion(string clientId) => _turns.Find(t => t.ClientId == clientId);

    public void AddQuestion(int number, string text, string? clientId) => _turns.Add(new Turn(number, Role.User, text, ClientId: clientId));

    /// <summary>Takes back a question that has no answer yet, to be put in other words.</summary>
    public void RemoveQuestion(int number) => _turns.RemoveAll(t => t.Number == number && t.Role == Role.User);

    /// <summary>An answer of which nothing was given out leaves no trace.</summary>
    public void AddAnswer(int number, string text, AnswerOutcome outcome)
    {
        if (text.Length > 0)
            _turns.Add(new Turn(number, Role.Assistant, text, outcome));
    }

    /// <summary>
    /// The latest turns that together hold at most <paramref name="characters"/>, each whole, none left out between. They begin with
    /// a question: an answer whose question no longer fits is left out with it.
    /// </summary>
    public IReadOnlyList<Turn> Latest(int characters)
    {
        var from = _turns.Count;
        while (from > 0 && _turns[from - 1].Text.Length <= characters)
            characters -= _turns[--from].Text.Length;
        while (from < _turns.Count && _turns[from].Role == Role.Assistant)
            from++;
        return _turns[from..];
    }
}
