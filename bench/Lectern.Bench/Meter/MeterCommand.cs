using System.CommandLine;
using System.Diagnostics;
using Lectern.Bench.Live;
using Lectern.Bench.Processes;
using Lectern.Costs.Contracts;
using Lectern.Costs.Metering;
using Lectern.Platform.Schools;

namespace Lectern.Bench.Meter;

/// <summary><c>meter</c>: leave to spend, and reports of use at a steady rate, by the whole program on its own PostgreSQL.</summary>
internal static class MeterCommand
{
    private const string Price = "openai-gpt-4o-mini-output";
    private const int WarmUpSeconds = 20;
    private static readonly Option<int> Rate = new("--rate") { Description = "Reports a second.", DefaultValueFactory = _ => 2_000 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "How long they come.", DefaultValueFactory = _ => 30 };

    public static Command Create()
    {
        var command = new Command("meter", "Leave to spend, and reports of use, on the real database.") { Rate, Seconds };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(Rate), parsed.GetValue(Seconds), ct));
        return command;
    }

    private static async Task<int> RunAsync(int rate, int seconds, CancellationToken ct)
    {
        await using var installation = await Installation.OpenAsync(ct);
        await using var node = await BenchNode.StartAsync(installation, Delays.None, ct);
        var school = (await node.Services.GetRequiredService<SchoolDirectory>().FindBySlugAsync("demo", ct))!.Id; // made by the first start
        var (spending, meter) = (node.Services.GetRequiredService<ISpending>(), node.Services.GetRequiredService<UsageMeter>());
        // Once unmeasured, for the compiler and the caches.
        await ReportAsync(spending, meter, school, rate, WarmUpSeconds, ct);
        var asking = await AskAsync(spending, school, 200_000, ct);
        var (before, clock) = (ProcessTree.ProcessorTimeOf(Environment.ProcessId), Stopwatch.StartNew());
        var (stored, reported) = await ReportAsync(spending, meter, school, rate, seconds, ct);
        var took = clock.Elapsed.TotalSeconds;
        var used = ProcessTree.ProcessorTimeOf(Environment.ProcessId) - before;
        var figures = new
        {
            askMicroseconds = asking,
            reportedPerSecond = Math.Round(reported / took),
            fromReportToStored = stored,
            programCores = Math.Round(used.Program.TotalSeconds / took, 2),
            databaseCores = Math.Round(used.Database.TotalSeconds / took, 2),
        };
        Console.WriteLine($"""
              asking leave                {asking.ToString().Replace(" ms", " µs", StringComparison.Ordinal)}
              reports                     {figures.reportedPerSecond}/s for {took:0.0} s
              from report to stored       {stored}
              processor                   program {figures.programCores} cores, PostgreSQL {figures.databaseCores} cores
            """);
        Console.WriteLine($"Written: {Results.Write("meter", new { rate, seconds, price = Price }, figures)}");
        return stored.P99 < 20 && asking.P50 < 200 ? 0 : 1;
    }

    private static async Task<Times> AskAsync(ISpending spending, Guid school, int count, CancellationToken ct)
    {
        var took = new double[count];
        for (var n = 0; n < count; n++)
        {
            var began = Stopwatch.GetTimestamp();
            using var leave = await spending.AskAsync(school, courseId: null, 0.0005m, ct) ?? throw new InvalidOperationException("Leave was refused.");
            took[n] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
        }
        return Times.Of(took);
    }

    // Every five milliseconds as many as fall due; the last of them is followed until it is in the database.
    private static async Task<(Times Stored, int Reported)> ReportAsync(ISpending spending, UsageMeter meter, Guid school, int rate, int seconds, CancellationToken ct)
    {
        var (clock, reported, waiting, run) = (Stopwatch.StartNew(), 0, new List<Task<double>>(), Guid.NewGuid().ToString("n"));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            for (var due = (int)(clock.Elapsed.TotalSeconds * rate); reported < due; reported++)
            {
                using var leave = await spending.AskAsync(school, courseId: null, 0.0005m, ct) ?? throw new InvalidOperationException("Leave was refused.");
                leave.Settle([new Usage($"{run}:{reported}", school, CourseId: null, SessionId: null, UsageKind.ModelOutputTokens, 300, "openai", Price, DateTimeOffset.UtcNow)]);
            }
            waiting.Add(StoredAsync(meter));
            await timer.WaitForNextTickAsync(ct);
        }
        return (Times.Of(await Task.WhenAll(waiting)), reported);
    }

    private static async Task<double> StoredAsync(UsageMeter meter)
    {
        var began = Stopwatch.GetTimestamp();
        await meter.FlushAsync();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
