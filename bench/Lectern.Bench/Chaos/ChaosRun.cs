using System.Diagnostics;
using Lectern.Bench.Processes;
using Lectern.Platform.Data;
using Lectern.Tests.Fakes.Model;
using Lectern.Tests.Fakes.Speech;

namespace Lectern.Bench.Chaos;

/// <param name="Kills">How often a node is killed.</param>
/// <param name="Turns">How many questions each conversation has.</param>
/// <param name="MillisecondsPerCharacter">How fast the voice speaks; people take about 60.</param>
/// <param name="Seed">Of the moments at which a node is killed.</param>
internal sealed record ChaosSettings(int Kills, int Nodes, int Students, int Turns, int MillisecondsPerCharacter, int Seed);

/// <summary>Where it happens.</summary>
/// <param name="Program">Lectern.Server.dll.</param>
/// <param name="Data">The nodes' folder.</param>
/// <param name="Tokens">Access tokens, one for each student.</param>
internal sealed record ChaosPlace(string Program, string Data, DatabaseConnections Database, Guid Course, IReadOnlyList<string> Tokens);

/// <summary>
/// Nodes on one database, with a model and a voice that take the time good services take, and students who listen. Again and again a node is killed
/// (SIGKILL) while it speaks, and started again.
/// </summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    private static readonly TimeSpan VoiceDelay = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ChaosSettings _settings;
    private readonly FakeModelServer _model;
    private readonly FakeSpeechServer _voice;
    private readonly List<ChaosNode> _nodes;
    private readonly List<ChaosStudent> _students;
    private readonly ChaosLedger _ledger = new();
    private readonly Random _random;

    private ChaosRun(ChaosSettings settings, ChaosPlace place, FakeModelServer model, FakeSpeechServer voice)
    {
        (_settings, _model, _voice, _random) = (settings, model, voice, new Random(settings.Seed));
        var start = new ProgramStart(place.Program, place.Data, Settings(place));
        _nodes = [.. Enumerable.Range(0, settings.Nodes).Select(_ => new ChaosNode(start))];
        var school = new ChaosSchool(_nodes, place.Course, place.Database.Owner, settings.Turns);
        _students = [.. place.Tokens.Select((token, i) => new ChaosStudent(school, _ledger, token, i))];
    }

    /// <param name="tell">Told after each kill.</param>
    public static async Task<ChaosReport> RunAsync(ChaosSettings settings, ChaosPlace place, Action<string> tell, CancellationToken ct)
    {
        await using var model = await FakeModelServer.StartAsync();
        await using var voice = await FakeSpeechServer.StartAsync();
        model.Otherwise = FixedAnswers.SayAsync;
        voice.OtherPhrases = async call =>
        {
            await Task.Delay(VoiceDelay);
            await call.SoundAsync(FakePhraseCall.Tone(TimeSpan.FromMilliseconds(call.Input.Length * settings.MillisecondsPerCharacter)));
        };
        await using var run = new ChaosRun(settings, place, model, voice);
        return await run.RunAsync(tell, ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    private Dictionary<string, string> Settings(ChaosPlace place) => new()
    {
        ["ConnectionStrings:Lectern"] = place.Database.App,
        ["ConnectionStrings:LecternOwner"] = place.Database.Owner,
        ["Ai:Model:BaseUrl"] = _model.BaseUrl,
        ["Ai:Model:Name"] = "fake",
        ["Ai:Speech:Engine"] = "Endpoint",
        ["Ai:Speech:BaseUrl"] = _voice.BaseUrl,
        ["Ai:Speech:Name"] = "fake",
        ["Ai:Speech:Voice"] = "tone",
        ["Tutoring:SessionsPerDay"] = "1000",
        ["Tutoring:SessionsAtOnce"] = "100",
    };

    private async Task<ChaosReport> RunAsync(Action<string> tell, CancellationToken ct)
    {
        await Task.WhenAll(_nodes.Select(node => node.StartAsync(ct)));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var talking = Task.WhenAll(_students.Select(student => student.RunAsync(over.Token)));
        try
        {
            for (var kill = 1; kill <= _settings.Kills; kill++)
            {
                await KillAsync(ct);
                tell($"kill {kill}: {_ledger.Continued.Count} answers went on, the last after {(_ledger.Continued.TryPeek(out var last) ? last : 0):0} ms");
            }
        }
        finally
        {
            await over.CancelAsync();
        }
        await talking;
        return _ledger.Report();
    }

    private async Task KillAsync(CancellationToken ct)
    {
        await Task.Delay(_random.Next(100, 1_500), ct);
        await UntilAsync(() => Listening.Count > 0, ct);
        var node = Listening.Count > 0 ? Listening[_random.Next(Listening.Count)].Node : _nodes[0];
        node.Kill();
        _ledger.Killed();
        _ledger.Restarted.Add((await node.RestartAsync(ct)).TotalMilliseconds);
        await UntilAsync(() => _students.TrueForAll(student => student.Moment != Moment.Recovering), ct);
    }

    private List<ChaosStudent> Listening => [.. _students.Where(student => student.Moment == Moment.Listening)];

    // What never comes is a student's to tell.
    private static async Task UntilAsync(Func<bool> isSo, CancellationToken ct)
    {
        for (var watch = Stopwatch.StartNew(); !isSo() && watch.Elapsed < Patience;)
            await Task.Delay(10, ct);
    }
}
