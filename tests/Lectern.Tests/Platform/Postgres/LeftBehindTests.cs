using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Lectern.Platform.Postgres;
using Microsoft.Extensions.Logging;

namespace Lectern.Tests.Platform.Postgres;

/// <summary>What a killed Lectern or a restarted machine leaves in the data folder.</summary>
public sealed class LeftBehindTests : IDisposable
{
    private const int StopSignal = 19; // SIGSTOP and SIGCONT on Linux
    private const int ContinueSignal = 18;
    private readonly ClusterFolder _data = new();

    private string PidFile => Path.Combine(_data.Cluster, "postmaster.pid");

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_process_number_that_belongs_to_another_program_now_does_not_block_the_start()
    {
        await (await _data.StartAsync()).DisposeAsync();
        using var stranger = Process.Start("sleep", "60");
        try
        {
            File.WriteAllText(PidFile, $"{stranger.Id}\n{_data.Cluster}\n1700000000\n5432\n/tmp\n\n  1234567  1\nready   \n");
            await using var server = await _data.StartAsync();
            Assert.Equal(1, await ClusterFolder.AskAsync(server.AppConnectionString, "select 1"));
            Assert.False(stranger.HasExited);
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Fact]
    public async Task A_server_that_lost_its_Lectern_and_lives_on_is_ended_before_the_new_one_starts()
    {
        var orphan = await StartOrphanAsync();
        await using var server = await _data.StartAsync();
        Assert.True(orphan.HasExited);
        Assert.Equal(1, await ClusterFolder.AskAsync(server.AppConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_process_of_a_killed_server_that_lives_on_is_waited_for()
    {
        var killed = await _data.StartAsync();
        var id = PostmasterFile.ReadProcess(_data.Cluster) ?? throw new InvalidOperationException("no server");
        // A process that is stopped does not notice that its postmaster is gone.
        var checkpointer = Convert.ToInt32(await ClusterFolder.AskAsync(killed.AdminConnectionString, "select pid from pg_stat_activity where backend_type = 'checkpointer'"), CultureInfo.InvariantCulture);
        Posix.Signal(checkpointer, StopSignal);
        try
        {
            Posix.End(id);
            await killed.Ended;
            await killed.DisposeAsync();
            var waits = new FirstWarning();
            var start = EmbeddedPostgres.StartAsync(_data.Options(), waits, CancellationToken.None);
            Assert.Same(waits.Text, await Task.WhenAny(waits.Text, start));
            Assert.Contains("was killed", await waits.Text, StringComparison.Ordinal);
            Posix.Signal(checkpointer, ContinueSignal);
            await using var server = await start;
            Assert.Equal(1, await ClusterFolder.AskAsync(server.AppConnectionString, "select 1"));
        }
        finally
        {
            Posix.Signal(checkpointer, ContinueSignal);
        }
    }

    [Fact]
    public async Task A_server_that_is_killed_recovers_at_the_next_start()
    {
        var killed = await ClusterFolder.StartAsync(_data.Options() with { ForTests = false });
        await ClusterFolder.AskAsync(killed.OwnerConnectionString, "create table note (text text); insert into note values ('committed')");
        var id = PostmasterFile.ReadProcess(_data.Cluster) ?? throw new InvalidOperationException("no server");
        Posix.End(id);
        await killed.Ended;
        await killed.DisposeAsync();
        await using var server = await _data.StartAsync();
        Assert.Equal("committed", await ClusterFolder.AskAsync(server.OwnerConnectionString, "select text from note"));
    }

    [Fact]
    public async Task Leftover_sockets_and_addresses_of_a_killed_Lectern_do_not_block_the_start()
    {
        string socket;
        await using (var first = await _data.StartAsync())
            socket = first.SocketFolder;
        if (!Directory.Exists(socket)) Directory.CreateDirectory(socket);
        if (Posix.IsRoot && Posix.OwnerOf(_data.Cluster) is { } owner) Posix.ChangeOwner(socket, owner.UserId, owner.GroupId);
        File.WriteAllText(Path.Combine(socket, ".s.PGSQL.5432.lock"), $"{Environment.ProcessId}\n{_data.Cluster}\n");
        new RunningPostgres(socket, 5432, "18.4", 1).Write(_data.Path);
        Assert.Null(await EmbeddedPostgres.JoinAsync(_data.Path, CancellationToken.None));
        await using var second = await _data.StartAsync();
        Assert.NotNull(await EmbeddedPostgres.JoinAsync(_data.Path, CancellationToken.None));
    }

    [Fact]
    public async Task A_socket_folder_that_somebody_else_made_is_refused()
    {
        string socket;
        await using (var first = await _data.StartAsync())
            socket = first.SocketFolder;
        var target = Directory.CreateTempSubdirectory("lectern-tests-bait-").FullName;
        File.CreateSymbolicLink(socket, target);
        try
        {
            var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => _data.StartAsync());
            Assert.Contains(socket, refusal.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(target));
        }
        finally
        {
            File.Delete(socket);
            Directory.Delete(target);
        }
    }

    /// <summary>A postgres on this cluster that is nobody's child.</summary>
    private async Task<Process> StartOrphanAsync()
    {
        await (await _data.StartAsync()).DisposeAsync();
        var owner = Posix.IsRoot ? Posix.OwnerOf(_data.Cluster) : null;
        var user = owner is { } found ? new ServerUser("owner", found.UserId, found.GroupId) : null;
        var confinement = await Confinement.ForAsync(user, watchedByShell: false, CancellationToken.None);
        var binaries = await PostgresBinaries.FindAsync(null, CancellationToken.None);
        if (user is not null) binaries = SharedBinaries.Install(binaries, _data.Options().SystemFolder);
        var process = await ChildProcess.StartAsync(confinement.Server(
            binaries.Postgres, ["-D", _data.Cluster, "-c", "listen_addresses=", "-c", $"unix_socket_directories={_data.Cluster}", "-c", "logging_collector=off"]));
        var said = new ConcurrentQueue<string?>();
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        while (PostmasterFile.ReadProcess(_data.Cluster) != process.Id || !PostmasterFile.SaysReady(_data.Cluster))
        {
            if (process.HasExited) await process.WaitForExitAsync();
            Assert.False(process.HasExited, $"the orphan did not start:\n{string.Join('\n', said)}");
            await Task.Delay(10);
        }
        return process;
    }

    /// <summary>Completes with the first warning that is logged.</summary>
    private sealed class FirstWarning : ILogger
    {
        private readonly TaskCompletionSource<string> _text = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Text => _text.Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Warning)
                _text.TrySetResult(formatter(state, exception));
        }
    }
}
