using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Lectern.Bench.Processes;

namespace Lectern.Bench.Live;

/// <summary><c>live</c>: students in conversation over real WebSockets and the real database, with a fake model and a fake voice.</summary>
internal static class LiveCommand
{
    private const int WarmUpSeconds = 90;

    private static readonly Option<int[]> Sessions = new("--sessions") { Description = "How many talk at once, stage by stage.", DefaultValueFactory = _ => [50, 200, 500], AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "How long each stage talks.", DefaultValueFactory = _ => 30 };
    private static readonly Option<bool> Microphone = new("--microphone") { Description = "Students speak instead of typing; their microphones are open all the time." };
    private static readonly Option<bool> Realistic = new("--realistic") { Description = "Model, voice and ears take the time that good services take, instead of none." };

    private static readonly Option<int> Broken = new("--faults") { Description = "How many of a hundred answers of the model, and of a hundred phrases of the voice, fail." };

    public static Command Create()
    {
        var command = new Command("live", "Students in conversation over real WebSockets and the real database.") { Sessions, Seconds, Microphone, Realistic, Broken };
        Broken.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 100)
                result.AddError("--faults takes 0 to 100.");
        });
        command.SetAction((parsed, ct) => RunAsync(parsed.GetRequiredValue(Sessions), new Terms(parsed.GetValue(Seconds), parsed.GetValue(Microphone), parsed.GetValue(Realistic), parsed.GetValue(Broken)), ct));
        return command;
    }

    private static async Task<int> RunAsync(int[] stages, Terms terms, CancellationToken ct)
    {
        var (seconds, microphone, isRealistic, faults) = terms;
        await using var installation = await Installation.OpenAsync(ct);
        await using var node = await BenchNode.StartAsync(installation, isRealistic ? Delays.Realistic : Delays.None, ct, faults);
        var course = await node.CourseAsync(ct);
        var found = new List<Stage>();
        // Once unmeasured, for the caches and for the compiler, which goes on improving what is used often for minutes.
        await RunStageAsync(node, course, 50, WarmUpSeconds, microphone, ct);
        foreach (var sessions in stages)
        {
            var stage = await RunStageAsync(node, course, sessions, seconds, microphone, ct);
            found.Add(stage);
            Print(stage);
        }
        var name = $"live{(microphone ? "-spoken" : "")}{(isRealistic ? "-realistic" : "")}{(faults > 0 ? "-faults" : "")}";
        Console.WriteLine($"Written: {Results.Write(name, new { stages, seconds, microphone, isRealistic, faults, answer = FakeModel.Answer }, found)}");
        return found.All(stage => stage.Report.Problems.Count == 0 && (faults > 0 || stage.Report.Errors.Count == 0)) ? 0 : 1;
    }

    internal static async Task<Stage> RunStageAsync(BenchNode node, Guid course, int sessions, int seconds, bool microphone, CancellationToken ct)
    {
        var ramp = Math.Max(1_000, sessions * 20);
        var settings = new GeneratorSettings(node.Port, course, await node.StudentsAsync(sessions, ct), ramp, seconds, microphone);
        GC.Collect();
        var (before, rss, clock) = (ProcessTree.ProcessorTimeOf(Environment.ProcessId), ProcessTree.ResidentMb(Environment.ProcessId), Stopwatch.StartNew());
        var generating = GenerateAsync(settings, ct);
        await Task.Delay(ramp + seconds * 800, ct);
        var full = ProcessTree.ResidentMb(Environment.ProcessId);
        var report = await generating;
        var used = ProcessTree.ProcessorTimeOf(Environment.ProcessId) - before;
        return new Stage(sessions, report, Math.Round(used.Program.TotalSeconds, 2), Math.Round(used.Database.TotalSeconds, 2), Math.Round(clock.Elapsed.TotalSeconds, 1),
            Math.Round(sessions * (seconds + ramp / 2_000.0) / used.Program.TotalSeconds, 1), rss, full, Math.Round((full - rss) / sessions, 2));
    }

    internal static async Task<GeneratorReport> GenerateAsync(GeneratorSettings settings, CancellationToken ct)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(settings, JsonSerializerOptions.Web), ct);
        using var generator = Process.Start(Self.With("generate", file))!; // a new process each time
        var output = await generator.StandardOutput.ReadToEndAsync(ct);
        await generator.WaitForExitAsync(ct);
        File.Delete(file);
        return JsonSerializer.Deserialize<GeneratorReport>(output, JsonSerializerOptions.Web) ?? throw new InvalidOperationException($"The generator said: {output}");
    }

    private static void Print(Stage stage)
    {
        var report = stage.Report;
        Console.WriteLine($"""

            {stage.Sessions} sessions, {stage.WallSeconds} s
              end of turn → first sound   {report.FirstSound}
                once all have begun       {report.Settled}
              session start               {report.Started}
              entered, answers            {report.Entered}, {report.Answered}
              processor                   program {stage.ProgramCpuSeconds} s, PostgreSQL {stage.DatabaseCpuSeconds} s, generator {report.CpuSeconds:0.0} s
              sessions a core             {stage.SessionsPerCore} (program alone)
              memory                      {stage.RssBeforeMb} → {stage.RssMb} MB, {stage.MbPerSession} MB a session
              errors told                 {(report.Errors.Count == 0 ? "none" : string.Join("; ", report.Errors.Select(error => $"{error.Value} × {error.Key}")))}
              problems                    {(report.Problems.Count == 0 ? "none" : string.Join("; ", report.Problems.Select(problem => $"{problem.Value} × {problem.Key}")))}
            """);
    }

    private sealed record Terms(int Seconds, bool Microphone, bool IsRealistic, int Faults);

    /// <param name="SessionsPerCore">Session-seconds for each second of the program's processor time.</param>
    internal sealed record Stage(int Sessions, GeneratorReport Report, double ProgramCpuSeconds, double DatabaseCpuSeconds, double WallSeconds, double SessionsPerCore, double RssBeforeMb, double RssMb, double MbPerSession);
}
