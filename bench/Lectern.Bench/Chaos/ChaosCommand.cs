using System.CommandLine;
using Lectern.Bench.Live;
using Lectern.Bench.Processes;

namespace Lectern.Bench.Chaos;

/// <summary><c>chaos</c>: nodes are killed in the middle of answers, and nothing may be lost by it.</summary>
internal static class ChaosCommand
{
    private static readonly Option<int> Kills = new("--kills") { Description = "How often a node is killed.", DefaultValueFactory = _ => 100 };
    private static readonly Option<int> Nodes = new("--nodes") { Description = "How many nodes share the database.", DefaultValueFactory = _ => 2 };
    private static readonly Option<int> Students = new("--students") { Description = "How many talk at once.", DefaultValueFactory = _ => 6 };

    public static Command Create()
    {
        var command = new Command("chaos", "Nodes are killed in mid-answer; students go on at another.") { Kills, Nodes, Students };
        command.SetAction((parsed, ct) => RunAsync(new ChaosSettings(parsed.GetValue(Kills), parsed.GetValue(Nodes), parsed.GetValue(Students), Turns: 5, MillisecondsPerCharacter: 60, Seed: 1), ct));
        return command;
    }

    private static async Task<int> RunAsync(ChaosSettings settings, CancellationToken ct)
    {
        var program = await Published.BuildAsync(ct);
        await using var installation = await Installation.OpenAsync(ct);
        ChaosPlace place;
        await using (var node = await BenchNode.StartAsync(installation, Delays.None, ct))
            place = new ChaosPlace(program, installation.Folder, installation.Connections, await node.CourseAsync(ct), await node.StudentsAsync(settings.Students, ct));
        var report = await ChaosRun.RunAsync(settings, place, Console.WriteLine, ct);
        Print(report);
        Console.WriteLine($"Written: {Results.Write("chaos", settings, report)}");
        return report.IsGood ? 0 : 1;
    }

    private static void Print(ChaosReport report) => Console.WriteLine($"""

        kills (SIGKILL)                    {report.Kills}
          answers in the middle            {report.Interrupted}
          questions still unanswered       {report.Unanswered}
        conversations, questions           {report.Conversations}, {report.Turns}
        turns lost                         {report.TurnsLost}
        turns without a whole answer       {report.Unfinished}
        kill → let in elsewhere            {report.LetIn}
        kill → next part of the answer     {report.Continued}
        kill → answer to a waiting one     {report.Answered}
        restart → first page               {report.Restarted}
        problems                           {(report.Problems.Count == 0 ? "none" : string.Join("; ", report.Problems.Select(problem => $"{problem.Value} × {problem.Key}")))}
        """);
}
