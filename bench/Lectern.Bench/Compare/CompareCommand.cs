using System.CommandLine;
using Lectern.Bench.Live;

namespace Lectern.Bench.Compare;

/// <summary>
/// <c>compare</c>: the conversation of <c>live</c>, held by Lectern and then by @livekit/agents, one after the other on the same machine.
/// What is equal and what is not: bench/livekit-agents/README.md.
/// </summary>
internal static class CompareCommand
{
    private static readonly Option<int[]> Sessions = new("--sessions") { Description = "How many talk at once, stage by stage.", DefaultValueFactory = _ => [50], AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "How long each stage talks.", DefaultValueFactory = _ => 30 };
    private static readonly Option<int> WarmUp = new("--warm-up") { Description = "How long fifty students talk before anything is measured: what runs for days is compared, not what is being compiled.", DefaultValueFactory = _ => 90 };
    private static readonly Option<bool> Realistic = new("--realistic") { Description = "Model and voice take the time that good services take, instead of none." };
    private static readonly Option<int> Processes = new("--processes") { Description = "With how many sessions to measure @livekit/agents as it is deployed, a process for each; 0 for not.", DefaultValueFactory = _ => 4 };

    public static Command Create()
    {
        var command = new Command("compare", "The same conversation held by Lectern and by @livekit/agents (Node).") { Sessions, Seconds, WarmUp, Realistic, Processes };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetRequiredValue(Sessions), parsed.GetValue(Processes), parsed.GetValue(Realistic), new Terms(parsed.GetValue(Seconds), parsed.GetValue(WarmUp), parsed.GetValue(Realistic) ? Delays.Realistic : Delays.None), ct));
        return command;
    }

    private static async Task<int> RunAsync(int[] stages, int processes, bool isRealistic, Terms terms, CancellationToken ct)
    {
        await AgentsProgram.InstallAsync(ct);
        Console.WriteLine("Lectern …");
        var lectern = await LecternAsync(stages, terms, ct);
        Console.WriteLine("@livekit/agents over WebSockets …");
        var overWebSockets = await OverWebSocketsAsync(stages, terms, ct);
        Console.WriteLine("@livekit/agents by itself …");
        var found = new List<Comparison>();
        foreach (var (sessions, i) in stages.Select((sessions, i) => (sessions, i)))
        {
            // The number of processes is its own; once is enough.
            var script = Script.Of(sessions, i == 0 ? processes : 0, terms);
            found.Add(new Comparison(sessions, lectern[i], overWebSockets[i], await AgentsProgram.RunInProcessAsync(script, ct)));
        }
        foreach (var comparison in found)
            comparison.Print();
        var settings = new { stages, seconds = terms.Seconds, warmUpSeconds = terms.WarmUpSeconds, isRealistic, processes, versions = found[0].InProcess.Versions, answer = FakeModel.Answer };
        Console.WriteLine($"\nWritten: {Results.Write($"livekit-agents{(isRealistic ? "-realistic" : "")}", settings, found)}");
        return found.All(comparison => comparison.IsClean) ? 0 : 1;
    }

    private static async Task<IReadOnlyList<LiveCommand.Stage>> LecternAsync(int[] stages, Terms terms, CancellationToken ct)
    {
        await using var installation = await Installation.OpenAsync(ct);
        await using var node = await BenchNode.StartAsync(installation, terms.Delays, ct);
        var course = await node.CourseAsync(ct);
        await LiveCommand.RunStageAsync(node, course, Script.WarmUpSessions, terms.WarmUpSeconds, microphone: false, ct);
        var found = new List<LiveCommand.Stage>();
        foreach (var sessions in stages)
            found.Add(await LiveCommand.RunStageAsync(node, course, sessions, terms.Seconds, microphone: false, ct));
        return found;
    }

    private static async Task<IReadOnlyList<LiveCommand.Stage>> OverWebSocketsAsync(int[] stages, Terms terms, CancellationToken ct)
    {
        using var agents = await AgentsServer.StartAsync(Script.Of(1, 0, terms), ct);
        await agents.RunStageAsync(Script.WarmUpSessions, terms.WarmUpSeconds, ct);
        var found = new List<LiveCommand.Stage>();
        foreach (var sessions in stages)
            found.Add(await agents.RunStageAsync(sessions, terms.Seconds, ct));
        return found;
    }
}
