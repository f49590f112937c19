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
    private static readonly Option<bool> Realistic = new("--realistic") { Description = "Model and voice take the time that good services take, instead of none." };
    private static readonly Option<int> Processes = new("--processes") { Description = "With how many sessions to measure @livekit/agents as it is deployed, a process for each; 0 for not.", DefaultValueFactory = _ => 4 };

    public static Command Create()
    {
        var command = new Command("compare", "The same conversation held by Lectern and by @livekit/agents (Node).") { Sessions, Seconds, Realistic, Processes };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetRequiredValue(Sessions), parsed.GetValue(Seconds), parsed.GetValue(Realistic), parsed.GetValue(Processes), ct));
        return command;
    }

    private static async Task<int> RunAsync(int[] stages, int seconds, bool isRealistic, int processes, CancellationToken ct)
    {
        await AgentsProgram.InstallAsync(ct);
        var delays = isRealistic ? Delays.Realistic : Delays.None;
        Console.WriteLine("Lectern …");
        var lectern = await LecternAsync(stages, seconds, delays, ct);
        Console.WriteLine("@livekit/agents over WebSockets …");
        var overWebSockets = await OverWebSocketsAsync(stages, seconds, delays, ct);
        Console.WriteLine("@livekit/agents by itself …");
        var found = new List<Comparison>();
        foreach (var (sessions, i) in stages.Select((sessions, i) => (sessions, i)))
        {
            // The number of processes is its own; once is enough.
            var comparison = new Comparison(sessions, lectern[i], overWebSockets[i], await AgentsProgram.RunInProcessAsync(Script.Of(sessions, seconds, i == 0 ? processes : 0, delays), ct));
            found.Add(comparison);
        }
        foreach (var comparison in found)
            comparison.Print();
        var settings = new { stages, seconds, isRealistic, processes, versions = found[0].InProcess.Versions, answer = FakeModel.Answer };
        Console.WriteLine($"\nWritten: {Results.Write($"livekit-agents{(isRealistic ? "-realistic" : "")}", settings, found)}");
        return found.All(comparison => comparison.IsClean) ? 0 : 1;
    }

    private static async Task<IReadOnlyList<LiveCommand.Stage>> LecternAsync(int[] stages, int seconds, Delays delays, CancellationToken ct)
    {
        await using var node = await BenchNode.StartAsync(delays, ct);
        var course = await node.CourseAsync(ct);
        await LiveCommand.RunStageAsync(node, course, Script.WarmUpSessions, Script.WarmUpSeconds, microphone: false, ct);
        var found = new List<LiveCommand.Stage>();
        foreach (var sessions in stages)
            found.Add(await LiveCommand.RunStageAsync(node, course, sessions, seconds, microphone: false, ct));
        return found;
    }

    private static async Task<IReadOnlyList<LiveCommand.Stage>> OverWebSocketsAsync(int[] stages, int seconds, Delays delays, CancellationToken ct)
    {
        using var agents = await AgentsServer.StartAsync(Script.Of(1, seconds, 0, delays), ct);
        await agents.RunStageAsync(Script.WarmUpSessions, Script.WarmUpSeconds, ct);
        var found = new List<LiveCommand.Stage>();
        foreach (var sessions in stages)
            found.Add(await agents.RunStageAsync(sessions, seconds, ct));
        return found;
    }
}
