using System.Diagnostics;

namespace Lectern.Bench.Processes;

/// <summary>The program, and this bench, as <c>./start</c> publishes: compiled ahead of time. Made ready if sources have changed.</summary>
internal static class Published
{
    private static string BenchFolder => Path.Combine(Results.Root, ".build", "bench");

    /// <summary>This process is the published bench.</summary>
    public static bool IsBench => AppContext.BaseDirectory.TrimEnd('/') == BenchFolder;

    /// <summary>Publishes the bench and runs it.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunBenchAsync(string[] arguments)
    {
        var project = Path.Combine(Results.Root, "bench", "Lectern.Bench", "Lectern.Bench.csproj");
        string[] publish = ["publish", project, "-c", "Release", "-o", BenchFolder, "--use-current-runtime", "--self-contained", "false", "-p:PublishReadyToRun=true", "--nologo", "-v", "quiet"];
        var built = await RunAsync("dotnet", publish);
        return built == 0 ? await RunAsync("dotnet", [Path.Combine(BenchFolder, "Lectern.Bench.dll"), .. arguments]) : built;
    }

    /// <returns>Lectern.Server.dll.</returns>
    public static async Task<string> BuildAsync(CancellationToken ct)
    {
        using var build = Process.Start(new ProcessStartInfo(Path.Combine(Results.Root, "lectern"), ["version"]) { UseShellExecute = false })!; // a new process each time
        await build.WaitForExitAsync(ct);
        return build.ExitCode == 0 ? Path.Combine(Results.Root, ".build", "app", "Lectern.Server.dll") : throw new InvalidOperationException("Lectern could not be built.");
    }

    private static async Task<int> RunAsync(string file, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { UseShellExecute = false })!; // a new process each time
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
