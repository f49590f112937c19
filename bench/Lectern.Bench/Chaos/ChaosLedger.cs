using System.Collections.Concurrent;

namespace Lectern.Bench.Chaos;

/// <summary>What came of it all.</summary>
/// <param name="Kills">How often a node was killed.</param>
/// <param name="Interrupted">Answers that were being spoken when their node was killed.</param>
/// <param name="Unanswered">Questions of which no answer had begun when their node was killed.</param>
/// <param name="Turns">Questions asked.</param>
/// <param name="TurnsLost">Of these: missing from what is stored, or stored otherwise than asked and heard.</param>
/// <param name="Unfinished">Of these: without a whole answer.</param>
/// <param name="LetIn">From the kill until another node has let the student of an interrupted answer in, in ms: a pause of 250 to 500 ms as the protocol asks for, a new ticket, a new line.</param>
/// <param name="Continued">From the kill until the next part of the interrupted answer is heard, in ms.</param>
/// <param name="Answered">From the kill until the answer to a waiting question begins, in ms.</param>
/// <param name="Restarted">From the restart of a killed node until its first page, in ms.</param>
/// <param name="Problems">Whatever else was not as it should be.</param>
internal sealed record ChaosReport(
    int Kills, int Interrupted, int Unanswered, int Conversations, int Turns, int TurnsLost, int Unfinished, Times LetIn, Times Continued, Times Answered, Times Restarted, IReadOnlyDictionary<string, int> Problems)
{
    /// <summary>Nothing was lost, all went on in time, and nothing was heard twice or not at all.</summary>
    public bool IsGood => TurnsLost == 0 && Unfinished == 0 && Problems.Count == 0 && Continued.Count == Interrupted && Continued.Max < 5_000;
}

/// <summary>Counts, from many students at once.</summary>
internal sealed class ChaosLedger
{
    private readonly ConcurrentDictionary<string, int> _problems = new();
    private int _kills;
    private int _interrupted;
    private int _unanswered;
    private int _conversations;
    private int _turns;
    private int _lost;
    private int _unfinished;

    public ConcurrentBag<double> LetIn { get; } = [];

    public ConcurrentBag<double> Continued { get; } = [];

    public ConcurrentBag<double> Answered { get; } = [];

    public ConcurrentBag<double> Restarted { get; } = [];

    public void Killed() => Interlocked.Increment(ref _kills);

    public void Interrupted(bool isSpoken) => Interlocked.Increment(ref isSpoken ? ref _interrupted : ref _unanswered);

    public void Conversation() => Interlocked.Increment(ref _conversations);

    public void Asked() => Interlocked.Increment(ref _turns);

    public void Lost(string how)
    {
        Interlocked.Increment(ref _lost);
        Problem(how);
    }

    public void Unfinished(string why)
    {
        Interlocked.Increment(ref _unfinished);
        Problem(why);
    }

    public void Problem(string what) => _problems.AddOrUpdate(what, 1, (_, count) => count + 1);

    public ChaosReport Report() =>
        new(_kills, _interrupted, _unanswered, _conversations, _turns, _lost, _unfinished, Times.Of(LetIn), Times.Of(Continued), Times.Of(Answered), Times.Of(Restarted), _problems);
}
