using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Lectern.Bench.Live;

namespace Lectern.Bench.Compare;

/// <summary><c>bench/livekit-agents</c>: installs it and runs its programs.</summary>
internal static class AgentsProgram
{
    private static readonly string Folder = Path.Combine(Results.Root, "bench", "livekit-agents");

    /// <summary>Fetches the packages of the lock file, unless they are there.</summary>
    public static async Task InstallAsync(CancellationToken ct)
    {
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
            return;
        Console.WriteLine("Fetching @livekit/agents (npm ci, about 300 MB in bench/livekit-agents/node_modules) …");
        using var npm = Start("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
        npm.StandardInput.Close();
        await npm.StandardOutput.ReadToEndAsync(ct);
        await npm.WaitForExitAsync(ct);
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm ci ended with {npm.ExitCode}.");
        File.SetLastWriteTimeUtc(installed.FullName, DateTime.UtcNow);
    }

    /// <summary>Sessions in its own process and without a line to anybody.</summary>
    public static async Task<InProcess> RunInProcessAsync(Script script, CancellationToken ct)
    {
        using var file = await ScriptFile.WriteAsync(script, ct);
        using var node = Start("node", ["--expose-gc", "src/bench.js", file.Path]);
        var output = await node.StandardOutput.ReadToEndAsync(ct);
        await node.WaitForExitAsync(ct);
        return node.ExitCode == 0 && JsonSerializer.Deserialize<InProcess>(output, JsonSerializerOptions.Web) is { } found ? found
            : throw new InvalidOperationException($"bench/livekit-agents ended with {node.ExitCode}: {output}");
    }

    public static Process Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["NODE_ENV"] = "production";
        return Process.Start(start)!; // a new process each time
    }
}

/// <summary>Sessions that the generator reaches over WebSockets, as it reaches Lectern's.</summary>
internal sealed class AgentsServer : IDisposable
{
    private readonly Process _node;
    private readonly ScriptFile _script;
    private readonly HttpClient _http;
    private readonly int _port;

    private AgentsServer(Process node, ScriptFile script, int port) =>
        (_node, _script, _port, _http) = (node, script, port, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") });

    public static async Task<AgentsServer> StartAsync(Script script, CancellationToken ct)
    {
        var file = await ScriptFile.WriteAsync(script, ct);
        var node = AgentsProgram.Start("node", ["--expose-gc", "src/serve.js", file.Path]);
        var port = await node.StandardOutput.ReadLineAsync(ct) ?? throw new InvalidOperationException("bench/livekit-agents does not start.");
        return new AgentsServer(node, file, int.Parse(port, CultureInfo.InvariantCulture));
    }

    /// <summary>One stage, measured as <see cref="LiveCommand"/> measures Lectern's.</summary>
    public async Task<LiveCommand.Stage> RunStageAsync(int sessions, int seconds, CancellationToken ct)
    {
        var ramp = Script.Ramp(sessions);
        await _http.GetFromJsonAsync<JsonElement>("collect", ct);
        var before = await UsageAsync(ct);
        var clock = Stopwatch.StartNew();
        var generating = LiveCommand.GenerateAsync(new GeneratorSettings(_port, Guid.Empty, [.. Enumerable.Range(0, sessions).Select(i => $"s{i}")], ramp, seconds, Microphone: false), ct);
        await Task.Delay(ramp + seconds * 800, ct);
        var full = await UsageAsync(ct);
        var report = await generating;
        var after = await UsageAsync(ct);
        var used = after.CpuSeconds - before.CpuSeconds;
        return new LiveCommand.Stage(sessions, report with { Problems = Join(report.Problems, after.Problems) }, Math.Round(used, 2), 0, Math.Round(clock.Elapsed.TotalSeconds, 1),
            Math.Round(sessions * (seconds + ramp / 2_000.0) / used, 1), Math.Round(before.RssMb, 1), Math.Round(full.RssMb, 1), Math.Round((full.RssMb - before.RssMb) / sessions, 2));
    }

    public void Dispose()
    {
        _http.Dispose();
        _node.Kill();
        _node.Dispose();
        _script.Dispose();
    }

    private async Task<Usage> UsageAsync(CancellationToken ct) => (await _http.GetFromJsonAsync<Usage>("usage", ct))!; // serve.js always answers

    private static Dictionary<string, int> Join(IReadOnlyDictionary<string, int> here, IReadOnlyDictionary<string, int> there) =>
        here.Concat(there).GroupBy(problem => problem.Key, problem => problem.Value, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(), StringComparer.Ordinal);

    private sealed record Usage(double CpuSeconds, double RssMb, IReadOnlyDictionary<string, int> Problems);
}

/// <summary>A script on its way to the other program.</summary>
internal sealed class ScriptFile : IDisposable
{
    private ScriptFile(string path) => Path = path;

    public string Path { get; }

    public static async Task<ScriptFile> WriteAsync(Script script, CancellationToken ct)
    {
        var file = new ScriptFile(System.IO.Path.GetTempFileName());
        await File.WriteAllTextAsync(file.Path, JsonSerializer.Serialize(script, JsonSerializerOptions.Web), ct);
        return file;
    }

    public void Dispose() => File.Delete(Path);
}
