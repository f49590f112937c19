using System.Diagnostics;

namespace Lectern.Bench.Processes;

/// <summary>The program as <c>./start</c> publishes it, made ready if sources have changed.</summary>
internal static class Published
{
    /// <returns>Lectern.Server.dll.</returns>
    public static async Task<string> BuildAsync(CancellationToken ct)
    {
        using var build = Process.Start(new ProcessStartInfo(Path.Combine(Results.Root, "lectern"), ["version"]) { UseShellExecute = false })!; // a new process each time
        await build.WaitForExitAsync(ct);
        return build.ExitCode == 0 ? Path.Combine(Results.Root, ".build", "app", "Lectern.Server.dll") : throw new InvalidOperationException("Lectern could not be built.");
    }
}
