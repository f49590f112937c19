using System.Collections.Concurrent;
using System.Diagnostics;

namespace Lectern.Platform.Postgres;

/// <summary>Starts processes from one thread that lives as long as the program. Linux sends a parent-death signal when the
/// <em>thread</em> that forked ends (prctl(2), PR_SET_PDEATHSIG), so a thread of the pool would end the server at a whim.</summary>
internal static class ChildProcess
{
    private static readonly BlockingCollection<Action> Starts = [];
    private static readonly Lazy<Thread> Starter = new(() =>
    {
        var thread = new Thread(() =>
        {
            foreach (var start in Starts.GetConsumingEnumerable()) start();
        })
        { IsBackground = true, Name = "PostgreSQL starter" };
        thread.Start();
        return thread;
    });

    public static Task<Process> StartAsync(ProcessStartInfo info)
    {
        _ = Starter.Value;
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add(() =>
        {
            try
            {
                // Null is only for shell execution, which is off.
                started.SetResult(Process.Start(info)!);
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task;
    }

    /// <summary>Runs a short program to its end; its output and errors come back as one text.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo info, CancellationToken ct)
    {
        using var process = await StartAsync(info);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return (process.ExitCode, (await output + await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public static Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, CancellationToken ct) =>
        RunAsync(Describe(program, arguments), ct);

    public static ProcessStartInfo Describe(string program, IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            // The current folder may be closed to the user that the server runs as.
            WorkingDirectory = "/",
        };
        // PGDATA, PGPORT and their kin would change what the server does.
        foreach (var name in info.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            info.Environment.Remove(name);
        return info;
    }

    /// <summary>The full path of a system program, or null. Looks in the system folders too, which a user's PATH may lack.</summary>
    public static string? Find(string program)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(':').Concat(["/usr/bin", "/bin", "/usr/sbin", "/sbin"])
            .Where(Path.IsPathRooted)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
    }
}
