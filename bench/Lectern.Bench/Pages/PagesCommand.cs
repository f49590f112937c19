using System.CommandLine;
using System.Diagnostics;
using Lectern.Bench.Processes;

namespace Lectern.Bench.Pages;

/// <summary><c>pages</c>: what a page costs the program and its PostgreSQL, and the wire.</summary>
internal static class PagesCommand
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly Option<int> Requests = new("--requests") { Description = "How often each page is asked for, after a quarter of a minute unmeasured.", DefaultValueFactory = _ => 3_000 };
    private static readonly Option<int> Connections = new("--connections") { Description = "How many ask at once.", DefaultValueFactory = _ => 8 };
    private static readonly Option<string?> Only = new("--only") { Description = "Only pages whose name begins so." };

    public static Command Create()
    {
        var command = new Command("pages", "Processor time, bytes and time of pages, over real HTTP.") { Requests, Connections, Only };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(Requests), parsed.GetValue(Connections), parsed.GetValue(Only), ct));
        return command;
    }

    private static async Task<int> RunAsync(int requests, int connections, string? only, CancellationToken ct)
    {
        var program = await Published.BuildAsync(ct);
        using var folder = new OwnFolder();
        await using var lectern = new ProgramProcess(new ProgramStart(program, folder.Path, new Dictionary<string, string>()));
        await lectern.StartAsync(ct);
        using var browser = new Browser(lectern.Port, connections);
        await browser.SignInAsync(ct);
        var found = new List<PageFigures>();
        foreach (var page in Visited.All.Where(page => only is null || page.Name.StartsWith(only, StringComparison.Ordinal)))
        {
            found.Add(await MeasureAsync(lectern, browser, page, page.Requests(requests), ct));
            Print(found[^1]);
        }
        if (only is null)
            Console.WriteLine($"Written: {Results.Write("pages", new { requests, connections }, found)}");
        await lectern.StopAsync();
        return 0;
    }

    private static async Task<PageFigures> MeasureAsync(ProgramProcess lectern, Browser browser, Page page, int requests, CancellationToken ct)
    {
        // For the caches, and for the compiler, which takes its time.
        for (var warming = Stopwatch.StartNew(); warming.Elapsed < WarmUp && page.Password is null;)
            await browser.VisitAsync(page, requests: 200, ct);
        var firstVisit = page.Password is null ? await browser.FirstVisitAsync(page, ct) : 0;
        var before = ProcessTree.ProcessorTimeOf(lectern.Id);
        var (took, bytes) = await browser.VisitAsync(page, requests, ct);
        var used = ProcessTree.ProcessorTimeOf(lectern.Id) - before;
        var times = Times.Of(took);
        return new PageFigures(page.Name, page.Path, requests, Math.Round(used.Program.TotalMilliseconds / requests, 3), Math.Round(used.Database.TotalMilliseconds / requests, 3), bytes / requests, firstVisit, times.P50, times.P99);
    }

    private static void Print(PageFigures page) => Console.WriteLine(
        $"{page.Name,-24} program {page.CpuMs,7:0.000} ms  PostgreSQL {page.DatabaseCpuMs,6:0.000} ms  {page.Bytes,6} bytes, {page.FirstVisitBytes,6} at the first visit  p50 {page.P50,6:0.0}  p99 {page.P99,6:0.0} ms");

    /// <param name="CpuMs">Processor time of the program for one request.</param>
    /// <param name="DatabaseCpuMs">The same of its PostgreSQL.</param>
    /// <param name="Bytes">On the wire for one answer, compressed, headers included.</param>
    /// <param name="FirstVisitBytes">The same with style sheet, scripts and pictures, which browsers keep.</param>
    /// <param name="P50">In ms, as asked for by all connections at once.</param>
    private sealed record PageFigures(string Name, string Path, int Requests, double CpuMs, double DatabaseCpuMs, long Bytes, long FirstVisitBytes, double P50, double P99);
}
