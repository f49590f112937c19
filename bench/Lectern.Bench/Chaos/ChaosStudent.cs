using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Lectern.Bench.Chaos;

/// <summary>Where a student is.</summary>
internal enum Moment
{
    /// <summary>Between two answers, or just coming in.</summary>
    Elsewhere,

    /// <summary>Asked, and nothing of the answer was heard.</summary>
    Waiting,

    /// <summary>In the middle of an answer.</summary>
    Listening,

    /// <summary>The line was lost in a kill, and nothing new was heard since.</summary>
    Recovering,
}

/// <summary>
/// A student who asks, listens, and asks again, in conversation after conversation. A line that is lost is taken up at another node, as
/// docs/live-protocol.md (section 6) has it. At the end of each conversation what was heard is compared with what is stored.
/// </summary>
internal sealed class ChaosStudent
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ChaosSchool _school;
    private readonly ChaosLedger _ledger;
    private readonly string _token;
    private readonly int _number;
    private readonly Random _random;
    private readonly Listener _listener;
    private ChaosNode _node;
    private ChaosLine? _line;
    private Guid _session;
    private long _seq;
    private int _turn;
    private int _lastTurn;
    private int _asked;
    private long? _killedAt;
    private bool _wasHeard;
    private volatile bool _isAsking;
    private volatile bool _hasBegun;

    public ChaosStudent(ChaosSchool school, ChaosLedger ledger, string token, int number)
    {
        (_school, _ledger, _token, _number, _random) = (school, ledger, token, number, new Random(number));
        _listener = new Listener(ledger.Problem);
        _node = school.Nodes[number % school.Nodes.Count];
    }

    public ChaosNode Node => _node;

    public Moment Moment => !_isAsking ? Moment.Elsewhere : _killedAt is not null ? Moment.Recovering : _listener.IsInTheMiddle ? Moment.Listening : _hasBegun ? Moment.Elsewhere : Moment.Waiting;

    /// <param name="over">No new question after this; the one at hand is answered to its end.</param>
    public async Task RunAsync(CancellationToken over)
    {
        await Task.Delay(_random.Next(1_500), CancellationToken.None);
        while (!over.IsCancellationRequested)
        {
            try
            {
                await TalkAsync(over);
            }
            catch (Exception e) when (e is LineLostException or HttpRequestException or OperationCanceledException or JsonException)
            {
                if (_isAsking)
                    _ledger.Unfinished($"gave up: {e.Message}");
                else
                    _ledger.Problem($"{e.GetType().Name}: {e.Message}");
            }
            finally
            {
                (_isAsking, _killedAt) = (false, null);
                _line?.Dispose();
                _line = null;
            }
        }
    }

    private async Task TalkAsync(CancellationToken over)
    {
        var said = new List<(string Id, string Question)>();
        (_seq, _lastTurn, _turn) = (0, 0, 0);
        _node = _school.Nodes[_random.Next(_school.Nodes.Count)];
        _session = await TryAsync(isFirst: true, node => _school.StartAsync(node, _token, CancellationToken.None));
        await ConnectAsync(isFirst: true);
        _ledger.Conversation();
        while (said.Count < _school.Turns && !over.IsCancellationRequested)
        {
            var (id, question) = ($"m-{said.Count + 1}", $"Student {_number} asks for the {++_asked}. time: what gets through the membrane?");
            said.Add((id, question));
            _ledger.Asked();
            await AskAsync(id, question);
            await Task.Delay(_random.Next(200, 1_000), CancellationToken.None);
        }
        Compare(said, await _school.ReadAsync(_session, CancellationToken.None));
        await EndAsync();
    }

    /// <summary>Asks, and listens until the answer was heard, whatever happens to the line.</summary>
    private async Task AskAsync(string id, string question)
    {
        (_hasBegun, _turn) = (false, _lastTurn + 1);
        _listener.BeginAnswer();
        _isAsking = true;
        var isTaken = false;
        var say = new { type = "say", id, text = question };
        using var patience = new CancellationTokenSource(Patience);
        for (var isNew = true; ; isNew = false)
        {
            try
            {
                if (!isNew)
                {
                    var turn = await ConnectAsync(isFirst: false);
                    isTaken |= turn is not null;
                    if (turn is { } known && known.GetProperty("answer") is { ValueKind: JsonValueKind.Object } answer && TakeUp(answer))
                        break;
                }
                if (!isTaken)
                    await _line!.SendAsync(say, patience.Token); // connected above or before
                if (await ListenAsync(id, () => isTaken = true, patience.Token))
                    break;
            }
            catch (LineLostException)
            {
                Lose();
            }
        }
        _listener.EndAnswer();
        if (_listener.Given != FixedAnswers.Of(question))
            _ledger.Problem("an answer that is not the model's");
        (_isAsking, _lastTurn) = (false, _turn);
    }

    private async Task<bool> ListenAsync(string id, Action taken, CancellationToken ct)
    {
        while (true)
        {
            var received = await _line!.ReadAsync(ct); // connected by the caller
            if (received.Type is null)
            {
                _listener.Play(received.Sound.Span);
                Recover();
                continue;
            }
            if (!IsNew(received.Frame))
                continue;
            switch (received.Type)
            {
                case "question" when received.Frame.GetProperty("id").GetString() == id:
                    _turn = received.Frame.GetProperty("turn").GetInt32();
                    taken();
                    break;
                case "phrase" when IsOfTurn(received.Frame):
                    _listener.Take(received.Frame);
                    break;
                case "speech" when IsOfTurn(received.Frame):
                    _listener.Time(received.Frame);
                    break;
                case "answer" when IsOfTurn(received.Frame):
                    Recover();
                    return Ended(received.Frame);
                case "error" or "notice":
                    _ledger.Problem($"{received.Type} {received.Frame.GetProperty("code").GetString()}");
                    break;
            }
        }
    }

    /// <summary>The answer at hand as the node that was reached now knows it.</summary>
    /// <returns>Whether it is over.</returns>
    private bool TakeUp(JsonElement answer)
    {
        _listener.TakeUp(answer);
        if (answer.GetProperty("outcome").GetString() == "running")
            return false;
        Recover();
        return Ended(answer);
    }

    private bool Ended(JsonElement answer)
    {
        if (answer.GetProperty("outcome").GetString() != "completed")
            _ledger.Unfinished($"an answer was {answer.GetProperty("outcome").GetString()}");
        if (answer.GetProperty("text").GetString() != _listener.Given)
            _ledger.Problem("an answer that is not its phrases");
        return true;
    }

    /// <summary>The next part of the answer has come.</summary>
    private void Recover()
    {
        _hasBegun = true;
        if (_killedAt is not { } killed)
            return;
        (_wasHeard ? _ledger.Continued : _ledger.Answered).Add(Stopwatch.GetElapsedTime(killed).TotalMilliseconds);
        _killedAt = null;
    }

    private void Lose()
    {
        var wasListening = _listener.IsInTheMiddle;
        _listener.HangUp();
        // A second kill before the answer went on: the time runs from the first.
        if (_killedAt is not null || (_hasBegun && !wasListening) || Stopwatch.GetElapsedTime(_node.KilledAt) > TimeSpan.FromSeconds(10))
            return;
        (_killedAt, _wasHeard) = (_node.KilledAt, _hasBegun);
        _ledger.Interrupted(_wasHeard);
    }

    /// <returns>The turn at hand as the node knows it; null if it doesn't.</returns>
    private Task<JsonElement?> ConnectAsync(bool isFirst) => TryAsync(isFirst, async node =>
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var ticket = await ChaosSchool.TicketAsync(node, _token, _session, patience.Token);
        _line?.Dispose();
        _line = await ChaosLine.OpenAsync(node.Port, patience.Token);
        await _line.SendAsync(new
        {
            type = "hello", ticket, client = new { name = "chaos", version = "1" }, after = _seq, audio = new { @out = "pcm16" }, heard = new { turn = _turn, characters = _listener.Heard },
        }, patience.Token);
        Received ready;
        do
            ready = await _line.ReadAsync(patience.Token);
        while (ready.Type != "ready");
        IsNew(ready.Frame);
        if (_killedAt is { } killed && _wasHeard)
            _ledger.LetIn.Add(Stopwatch.GetElapsedTime(killed).TotalMilliseconds);
        _ = ReportAsync(_line);
        JsonElement? turn = null;
        foreach (var known in ready.Frame.GetProperty("turns").EnumerateArray().Where(IsOfTurn))
            turn = known;
        return turn;
    });

    /// <summary>Tries one node after the other, at the pace that the protocol asks for.</summary>
    /// <param name="isFirst">At once, and at the node at hand; else after a pause, and at another first.</param>
    private async Task<T> TryAsync<T>(bool isFirst, Func<ChaosNode, Task<T>> act)
    {
        var since = Stopwatch.StartNew();
        for (var attempt = 1; ; attempt++)
        {
            if (!isFirst || attempt > 1)
            {
                await Task.Delay((int)((0.5 + _random.NextDouble() / 2) * Math.Min(500 * Math.Pow(2, attempt - 1), 15_000)));
                _node = _school.Nodes[(_school.Nodes.ToList().IndexOf(_node) + 1) % _school.Nodes.Count];
            }
            try
            {
                return await act(_node);
            }
            catch (Exception e) when (e is HttpRequestException { StatusCode: null or >= HttpStatusCode.InternalServerError } or LineLostException or OperationCanceledException && since.Elapsed < Patience)
            {
                // The next one.
            }
        }
    }

    private async Task EndAsync()
    {
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                if (!isFirst)
                    await ConnectAsync(isFirst: false);
                await _line!.SendAsync(new { type = "end" }, CancellationToken.None); // connected above or before
                while ((await _line.ReadAsync(CancellationToken.None)).Type != "ended")
                {
                }
                return;
            }
            catch (LineLostException)
            {
                // To be ended elsewhere.
            }
            catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.Gone)
            {
                return;
            }
        }
    }

    private async Task ReportAsync(ChaosLine line)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        try
        {
            while (await timer.WaitForNextTickAsync() && ReferenceEquals(line, _line))
            {
                if (_listener.Report() is { } report)
                    await line.SendAsync(report, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is LineLostException or ObjectDisposedException)
        {
            // Whoever reads notices as well.
        }
    }

    private void Compare(List<(string Id, string Question)> said, IReadOnlyList<StoredTurn> stored)
    {
        foreach (var (id, question) in said)
        {
            if (stored.SingleOrDefault(turn => turn.Id == id) is not { } turn)
                _ledger.Lost("a question is not stored");
            else if (turn.Question != question || turn.Outcome != "completed" || turn.Answer != FixedAnswers.Of(question) || turn.Citations != 1)
                _ledger.Lost($"a turn is stored otherwise than it was: {turn.Outcome}, {turn.Citations} citations, {turn.Answer.Length} of {FixedAnswers.Of(question).Length} characters");
        }
        if (stored.Count > said.Count)
            _ledger.Problem("a turn is stored that nobody asked");
    }

    private bool IsOfTurn(JsonElement frame) => frame.GetProperty("turn").GetInt32() == _turn;

    // Numbers rise over all nodes; a client passes over what it has had.
    private bool IsNew(JsonElement frame)
    {
        var seq = frame.GetProperty("seq").GetInt64();
        if (seq <= _seq)
        {
            _ledger.Problem("a frame's number did not rise");
            return false;
        }
        _seq = seq;
        return true;
    }
}
