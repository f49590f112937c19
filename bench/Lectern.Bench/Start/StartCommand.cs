using System.CommandLine;
using Lectern.Bench.Pages;
using Lectern.Bench.Processes;

namespace Lectern.Bench.Start;

/// <summary><c>start</c>: from the start of the process to its first page, and what memory it keeps while nobody asks for anything.</summary>
internal static class StartCommand
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);
    private static readonly Option<int> Runs = new("--runs") { Description = "How often it is started.", DefaultValueFactory = _ => 10 };

    public static Command Create()
    {
        var command = new Command("start", "From the start of the process to its first page, on existing data with its own PostgreSQL; memory while idle.") { Runs };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(Runs), ct));
        return command;
    }

    private static async Task<int> RunAsync(int runs, CancellationToken ct)
    {
        var program = await Published.BuildAsync(ct);
        using var folder = new OwnFolder();
        var start = new ProgramStart(program, folder.Path, new Dictionary<string, string>());
        await MakeDataAsync(start, ct);
        var took = new List<double>();
        for (var run = 1; run < runs; run++)
        {
            await using var lectern = new ProgramProcess(start);
            took.Add((await lectern.StartAsync(ct)).TotalMilliseconds);
            await lectern.StopAsync();
        }
        var figures = await LastAsync(start, took, ct);
        Print(figures);
        Console.WriteLine($"Written: {Results.Write("start", new { runs, idleSeconds = Idle.TotalSeconds }, figures)}");
        return 0;
    }

    private static async Task MakeDataAsync(ProgramStart start, CancellationToken ct)
    {
        await using var lectern = new ProgramProcess(start);
        await lectern.StartAsync(ct);
        await lectern.StopAsync();
    }

    /// <summary>The last run goes on: memory is looked at when nobody asked for anything, and again after many pages.</summary>
    private static async Task<StartFigures> LastAsync(ProgramStart start, List<double> took, CancellationToken ct)
    {
        await using var lectern = new ProgramProcess(start);
        took.Add((await lectern.StartAsync(ct)).TotalMilliseconds);
        var cpu = ProcessTree.ProcessorTimeOf(lectern.Id);
        var first = ProcessTree.ResidentMb(lectern.Id);
        await Task.Delay(Idle, ct);
        var idle = ProcessTree.ResidentMb(lectern.Id);
        using (var browser = new Browser(lectern.Port, connections: 8))
        {
            await browser.SignInAsync(ct);
            foreach (var page in Visited.All.Where(page => page.Password is null))
                await browser.VisitAsync(page, requests: 500, ct);
        }
        await Task.Delay(Idle, ct);
        var used = ProcessTree.ResidentMb(lectern.Id);
        await lectern.StopAsync();
        return new StartFigures(Times.Of(took), cpu.Program.TotalSeconds, cpu.Database.TotalSeconds, first, idle, used);
    }

    private static void Print(StartFigures figures) => Console.WriteLine($"""

        start of the process → first page  {figures.FirstPage}
        processor until then               program {figures.ProgramCpuSeconds:0.00} s, PostgreSQL {figures.DatabaseCpuSeconds:0.00} s
        memory at the first page           {figures.FirstPageMb} MB (program alone, VmRSS)
        memory after 30 s idle             {figures.IdleMb} MB
        memory 30 s after many pages       {figures.UsedMb} MB
        """);

    /// <param name="FirstPage">From the start of the process until GET / was answered by 200, its PostgreSQL started meanwhile; in ms.</param>
    /// <param name="UsedMb">Idle for half a minute after 500 visits of each page of <see cref="Visited"/>.</param>
    private sealed record StartFigures(Times FirstPage, double ProgramCpuSeconds, double DatabaseCpuSeconds, double FirstPageMb, double IdleMb, double UsedMb);
}
