using System.Diagnostics;

namespace Lectern.Platform.Postgres;

/// <summary>A running <c>postgres</c>, from its start to its end.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan FastShutdown = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ImmediateShutdown = TimeSpan.FromSeconds(1.5);
    private readonly Process _process;
    private readonly string _cluster;
    private readonly string? _earlierStart;
    private readonly ServerLog.Mark _logBefore;
    private readonly Queue<string> _output = [];
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process, string cluster, string? earlierStart, ServerLog.Mark logBefore)
    {
        (_process, _cluster, _earlierStart, _logBefore) = (process, cluster, earlierStart, logBefore);
        process.Exited += (_, _) => _exited.TrySetResult();
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Task Exited => _exited.Task;

    public static async Task<ServerProcess> StartAsync(
        string cluster, string socketFolder, PostgresBinaries binaries, Confinement confinement, EmbeddedPostgresOptions options, CancellationToken ct)
    {
        var earlierStart = PostmasterFile.ReadStart(cluster);
        var logBefore = ServerLog.MarkEnd(cluster);
        var process = await ChildProcess.StartAsync(confinement.Server(binaries.Postgres, Arguments(cluster, socketFolder, options.ForTests)));
        var server = new ServerProcess(process, cluster, earlierStart, logBefore);
        try
        {
            await server.WaitUntilReadyAsync(options.StartTimeout, ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Fast shutdown; immediate when that takes too long, from which the next start recovers.</summary>
    public async ValueTask DisposeAsync()
    {
        Signal(Posix.Interrupt);
        if (!await EndsWithinAsync(FastShutdown))
        {
            Signal(Posix.Quit);
            if (!await EndsWithinAsync(ImmediateShutdown)) Posix.End(Id);
        }
        _process.Dispose();
    }

    public string LastWords()
    {
        lock (_output)
            return ServerLog.Quote([.. _output, .. ServerLog.ReadSince(_cluster, _logBefore)]);
    }

    private bool WroteItsFile => PostmasterFile.ReadStart(_cluster) is { } start && start != _earlierStart;

    // The started process may be the watching shell; the server writes its own number down.
    private int Id => WroteItsFile && PostmasterFile.ReadProcess(_cluster) is { } id ? id : _process.Id;

    private void Signal(int signal)
    {
        if (!_exited.Task.IsCompleted) Posix.Signal(Id, signal);
    }

    private async Task<bool> EndsWithinAsync(TimeSpan time)
    {
        await Task.WhenAny(_exited.Task, Task.Delay(time));
        return _exited.Task.IsCompleted;
    }

    private async Task WaitUntilReadyAsync(TimeSpan timeout, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        while (!WroteItsFile || !PostmasterFile.SaysReady(_cluster))
        {
            if (_exited.Task.IsCompleted) throw await FailureAsync("ended while starting", ct);
            if (watch.Elapsed > timeout) throw await FailureAsync($"was not ready after {timeout.TotalSeconds:F0} seconds", ct);
            await Task.WhenAny(_exited.Task, Task.Delay(25, ct));
            ct.ThrowIfCancellationRequested();
        }
    }

    private async Task<EmbeddedPostgresException> FailureAsync(string what, CancellationToken ct)
    {
        // The exit is known a moment before the last lines were read.
        if (_exited.Task.IsCompleted) await Task.WhenAny(_process.WaitForExitAsync(ct), Task.Delay(1000, ct));
        var words = LastWords();
        return FreeSpace.IsMissing(words)
            ? new DiskFullException(_cluster, words)
            : new EmbeddedPostgresException($"PostgreSQL {what}. The database in {_cluster} was left as it is.{words}");
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_output)
        {
            _output.Enqueue(line);
            if (_output.Count > 50) _output.Dequeue();
        }
    }

    private static List<string> Arguments(string cluster, string socketFolder, bool forTests)
    {
        List<string> settings =
        [
            "listen_addresses=", $"unix_socket_directories=\"{socketFolder}\"", "unix_socket_permissions=0700", $"port={SocketFolder.Port}",
            "ssl=off", "logging_collector=on", "log_directory=log", "log_destination=stderr",
        ];
        if (forTests) settings.AddRange(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
        return ["-D", cluster, .. settings.SelectMany(setting => new[] { "-c", setting })];
    }
}
