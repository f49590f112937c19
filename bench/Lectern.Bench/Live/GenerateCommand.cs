using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

namespace Lectern.Bench.Live;

/// <summary>What a generator is told, as JSON in a file.</summary>
internal sealed record GeneratorSettings(int Port, Guid Course, IReadOnlyList<string> Tokens, int RampMs, int Seconds, bool Microphone);

/// <summary>What a generator found.</summary>
/// <param name="Settled">The first sounds of turns that ended after the last session had begun: nobody was entering any more.</param>
internal sealed record GeneratorReport(Times Started, Times FirstSound, Times Settled, int Entered, int Answered, long Bytes, double AudioSeconds, double CpuSeconds, IReadOnlyDictionary<string, int> Problems)
{
    /// <summary>Errors that students were told of, by code.</summary>
    public IReadOnlyDictionary<string, int> Errors { get; init; } = new Dictionary<string, int>();
}

/// <param name="rampMs">How long sessions are being started.</param>
internal sealed class GeneratorFigures(int rampMs)
{
    private readonly long _began = Stopwatch.GetTimestamp();

    private readonly ConcurrentDictionary<string, int> _problems = new();
    private readonly ConcurrentDictionary<string, int> _errors = new();
    private int _entered;
    private int _answered;
    private long _bytes;
    private long _samples;

    public ConcurrentBag<double> Started { get; } = [];

    public ConcurrentBag<double> FirstSound { get; } = [];

    public ConcurrentBag<double> Settled { get; } = [];

    /// <param name="asked">When the turn ended, a timestamp of <see cref="Stopwatch"/>.</param>
    public void Heard(long asked)
    {
        var milliseconds = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
        FirstSound.Add(milliseconds);
        if (Stopwatch.GetElapsedTime(_began, asked).TotalMilliseconds > rampMs + 1_000)
            Settled.Add(milliseconds);
    }

    public void Entered() => Interlocked.Increment(ref _entered);

    public void Answered() => Interlocked.Increment(ref _answered);

    public void Bytes(int count) => Interlocked.Add(ref _bytes, count);

    public void Sound(int samples) => Interlocked.Add(ref _samples, samples);

    public void Told(string code) => _errors.AddOrUpdate(code, 1, (_, count) => count + 1);

    public void Broken(string what) => _problems.AddOrUpdate(what, 1, (_, count) => count + 1);

    public void Fail(Exception e) => Broken($"{e.GetType().Name}: {e.Message.Split(',')[0]}");

    public GeneratorReport Report(double cpuSeconds) => new(Times.Of(Started), Times.Of(FirstSound), Times.Of(Settled), _entered, _answered, _bytes, Math.Round(_samples / 24_000.0, 1), cpuSeconds, _problems) { Errors = _errors };
}

/// <summary><c>generate</c>: the load, in a process of its own, so that its work isn't counted as the program's.</summary>
internal static class GenerateCommand
{
    private static readonly Argument<FileInfo> File = new("settings") { Description = "JSON, written by the other commands." };

    public static Command Create()
    {
        var command = new Command("generate", "Generates the load of live (called by it).") { File };
        command.Hidden = true;
        command.SetAction((parsed, _) => RunAsync(parsed.GetRequiredValue(File)));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo file)
    {
        var settings = JsonSerializer.Deserialize<GeneratorSettings>(await System.IO.File.ReadAllTextAsync(file.FullName), JsonSerializerOptions.Web)!; // written by LiveCommand
        var figures = new GeneratorFigures(settings.RampMs);
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(settings.Seconds) + TimeSpan.FromMilliseconds(settings.RampMs));
        await Task.WhenAll(settings.Tokens.Select(RunAsync));
        Console.WriteLine(JsonSerializer.Serialize(figures.Report(Environment.CpuUsage.TotalTime.TotalSeconds), JsonSerializerOptions.Web));
        return 0;

        async Task RunAsync(string token, int number)
        {
            using var session = new GeneratedSession(settings, token, number, figures);
            await session.RunAsync(over.Token);
        }
    }
}
