using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Postgres;

/// <summary>A running <c>postgres</c>, from its start to its end.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan FastShutdown = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ImmediateShutdown = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Death = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastLines = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PatienceWithTheKilled = TimeSpan.FromSeconds(30);
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

    /// <summary>Starts the server. The processes of one that was killed may live on for a moment; only when they are gone can its cluster be opened.</summary>
    public static async Task<ServerProcess> StartAsync(
        string cluster, string socketFolder, PostgresBinaries binaries, Confinement confinement, EmbeddedPostgresOptions options, ILogger logger, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await StartOnceAsync(cluster, socketFolder, binaries, confinement, options, ct);
            }
            catch (ProcessesLeftException) when (watch.Elapsed < PatienceWithTheKilled)
            {
                Log.Waiting(logger, cluster);
                await Task.Delay(500, ct);
            }
        }
    }

    private static async Task<ServerProcess> StartOnceAsync(
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
            if (!await EndsWithinAsync(ImmediateShutdown))
            {
                Posix.End(Id);
                // Whoever starts next must not meet what is left of this one.
                await EndsWithinAsync(Death);
            }
        }
        _process.Dispose();
    }

    public string LastWords()
    {
        lock (_output)
            return ServerLog.Quote([.. _output, .. ServerLog.ReadSince(_cluster, _logBefore)]);
    }

    /// <summary>Waits for the first answer. That the server calls itself ready is a line in a file; a connection is the proof.</summary>
    /// <exception cref="EmbeddedPostgresException">It ended, or gave no answer in time.</exception>
    public async Task WaitForAnswerAsync(string connectionString, TimeSpan timeout, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync(ct);
                return;
            }
            catch (NpgsqlException unanswered) when (IsNoAnswerYet(unanswered))
            {
                if (_exited.Task.IsCompleted) throw await FailureAsync("ended while starting", ct);
                if (watch.Elapsed > timeout) throw await FailureAsync($"gave no answer within {timeout.TotalSeconds:F0} seconds ({unanswered.Message})", ct);
                await Task.WhenAny(_exited.Task, Task.Delay(50, ct));
            }
        }
    }

    private static bool IsNoAnswerYet(NpgsqlException failure) =>
        failure.SqlState == PostgresErrorCodes.CannotConnectNow || failure.InnerException is SocketException or TimeoutException or IOException;

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
        if (_exited.Task.IsCompleted) await Task.WhenAny(_process.WaitForExitAsync(ct), Task.Delay(LastLines, ct));
        var words = LastWords();
        // PostgreSQL, src/backend/utils/init/miscinit.c, CreateLockFile; messages are in English (lc_messages = C).
        if (words.Contains("pre-existing shared memory block", StringComparison.Ordinal)) return new ProcessesLeftException(_cluster, words);
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

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting for what is left of a PostgreSQL that was killed in {Cluster}")]
        public static partial void Waiting(ILogger logger, string cluster);
    }
}
