using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Postgres;

/// <summary>A private PostgreSQL in the data folder, for schools that have no database server. It is reached by a Unix socket
/// only, in a folder that no other user can open, and it ends with the program, however the program ends.</summary>
public sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    private readonly string _dataFolder;
    private readonly DataFolderLock _held;
    private readonly ServerProcess _server;
    private readonly RunningPostgres _running;
    private readonly ILogger _logger;
    private volatile bool _isStopping;
    private int _disposed;

    private EmbeddedPostgres(string dataFolder, DataFolderLock held, ServerProcess server, RunningPostgres running, ILogger logger)
    {
        (_dataFolder, _held, _server, _running, _logger) = (dataFolder, held, server, running, logger);
        Ended = WatchAsync();
    }

    /// <summary>Connects as lectern_owner, which owns the database <c>lectern</c> and migrates it. Not a superuser.</summary>
    public string OwnerConnectionString => _running.OwnerConnectionString;

    /// <summary>Connects as lectern_app, which serves: no superuser, under row-level security, owner of nothing.</summary>
    public string AppConnectionString => _running.AppConnectionString;

    internal string AdminConnectionString => _running.AdminConnectionString;

    internal RunningPostgres Running => _running;

    /// <summary>PostgreSQL's version, for example 18.4.</summary>
    public string Version => _running.Version;

    /// <summary>The folder of the Unix socket.</summary>
    public string SocketFolder => _running.SocketFolder;

    /// <summary>Completes when the server has ended, asked or not. An end that nobody asked for is logged.</summary>
    public Task Ended { get; }

    /// <summary>Takes the data folder, makes the cluster if there is none, and starts the server.</summary>
    /// <exception cref="DataFolderInUseException">Another Lectern holds the folder.</exception>
    /// <exception cref="ClusterVersionException">The cluster is of another major version.</exception>
    /// <exception cref="DiskFullException">There is no room.</exception>
    /// <exception cref="EmbeddedPostgresException">Anything else, told with the last lines of the server's log.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken ct)
    {
        var dataFolder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.DataFolder));
        DataFolderLock? held = null;
        try
        {
            MakeDataFolder(dataFolder);
            held = DataFolderLock.Take(dataFolder);
            return await StartHeldAsync(options, dataFolder, held, logger, ct);
        }
        catch (Exception exception)
        {
            held?.Dispose();
            if (Translate(exception, dataFolder) is { } clearer) throw clearer;
            throw;
        }
    }

    /// <summary>The server of a data folder that another process runs, or null when none runs or it is not ours to reach.</summary>
    public static Task<RunningPostgres?> JoinAsync(string dataFolder, CancellationToken ct) =>
        RunningPostgres.FindAsync(Path.GetFullPath(dataFolder), ct);

    /// <summary>Stops the server (within ten seconds) and releases the data folder. Close the connections first: they are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        _isStopping = true;
        RunningPostgres.Delete(_dataFolder);
        await _server.DisposeAsync();
        Postgres.SocketFolder.Remove(SocketFolder);
        _held.Dispose();
        Log.Stopped(_logger);
    }

    private static async Task<EmbeddedPostgres> StartHeldAsync(
        EmbeddedPostgresOptions options, string dataFolder, DataFolderLock held, ILogger logger, CancellationToken ct)
    {
        var existing = ClusterPlace.FindExisting(dataFolder);
        var confinement = await Confinement.ForAsync(await ChooseUserAsync(existing, ct), options.WatchedByShell, ct);
        var binaries = await PostgresBinaries.FindAsync(options.BinariesFolder, ct);
        if (existing is not null && Cluster.ReadMajor(existing) is var major && major != binaries.Major)
            throw new ClusterVersionException(existing, major, binaries, PostgresBinaries.FindMajor(major));
        if (confinement.User is not null && SharedBinaries.AreNeededFor(binaries))
            binaries = SharedBinaries.Install(binaries, options.SystemFolder);
        var cluster = existing ?? await CreateAsync(options, dataFolder, binaries, confinement, logger, ct);
        await PostmasterFile.WaitForOrphanAsync(cluster, ct);
        var socketFolder = Postgres.SocketFolder.Prepare(cluster, confinement.User);
        var server = await ServerProcess.StartAsync(cluster, socketFolder, binaries, confinement, options, logger, ct);
        try
        {
            var running = new RunningPostgres(socketFolder, Postgres.SocketFolder.Port, binaries.Version, Environment.ProcessId);
            await server.WaitForAnswerAsync(running.AdminConnectionString, options.StartTimeout, ct);
            await ClusterRoles.EnsureAsync(running.AdminConnectionString, ct);
            running.Write(dataFolder);
            Log.Ready(logger, binaries.Version, cluster, confinement.User?.Name ?? Environment.UserName);
            return new EmbeddedPostgres(dataFolder, held, server, running, logger);
        }
        catch (Exception exception)
        {
            var lastWords = server.LastWords();
            await server.DisposeAsync();
            if (exception is not NpgsqlException) throw;
            throw FreeSpace.IsMissing(exception.Message + lastWords)
                ? new DiskFullException(cluster, lastWords, exception)
                : new EmbeddedPostgresException($"PostgreSQL started, but its database could not be prepared: {exception.Message}{lastWords}", exception);
        }
    }

    private static async Task<string> CreateAsync(
        EmbeddedPostgresOptions options, string dataFolder, PostgresBinaries binaries, Confinement confinement, ILogger logger, CancellationToken ct)
    {
        var cluster = await ClusterPlace.ChooseAsync(dataFolder, options.SystemFolder, confinement, ct);
        Log.Making(logger, cluster, binaries.Version);
        await Cluster.CreateAsync(cluster, binaries, confinement, options.ForTests, ct);
        ClusterPlace.Remember(dataFolder, cluster);
        return cluster;
    }

    /// <summary>PostgreSQL insists on owning its cluster: root runs it as the owner of what is there, else as a user of its own.</summary>
    private static async Task<ServerUser?> ChooseUserAsync(string? existing, CancellationToken ct)
    {
        var owner = existing is null ? null : Posix.OwnerOf(existing);
        if (!Posix.IsRoot)
        {
            if (owner is { } other && other.UserId != Posix.UserId)
                throw new EmbeddedPostgresException($"The database in {existing} belongs to another user (number {other.UserId}). Start Lectern as that user, or as root.");
            return null;
        }
        var service = owner is null ? await ServiceUser.EnsureAsync(ct) : null;
        return owner is { UserId: not 0 } found ? new ServerUser($"user {found.UserId}", found.UserId, found.GroupId) : service
            ?? throw new EmbeddedPostgresException($"The database in {existing} belongs to root, and PostgreSQL does not run as root. Give it to the user lectern-db (`chown -R lectern-db`).");
    }

    private static void MakeDataFolder(string dataFolder)
    {
        if (Directory.Exists(dataFolder)) return;
        // The server's user must pass through root's data folder, though not list it.
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (Posix.IsRoot) mode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        Directory.CreateDirectory(dataFolder);
        Posix.SetMode(dataFolder, mode);
    }

    private static EmbeddedPostgresException? Translate(Exception exception, string dataFolder) => exception switch
    {
        IOException full when FreeSpace.IsMissing(full) => new DiskFullException(dataFolder, "", full),
        UnauthorizedAccessException => new EmbeddedPostgresException($"Lectern may not write to its data folder {dataFolder}: {exception.Message}", exception),
        IOException => new EmbeddedPostgresException($"The data folder {dataFolder} can't be used: {exception.Message}", exception),
        _ => null,
    };

    private async Task WatchAsync()
    {
        await _server.Exited;
        if (_isStopping) return;
        var lastWords = _server.LastWords();
        Log.EndedUnasked(_logger, lastWords);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Making a database in {Cluster} (PostgreSQL {Version})")]
        public static partial void Making(ILogger logger, string cluster, string version);

        [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL {Version} is ready (cluster {Cluster}, user {User})")]
        public static partial void Ready(ILogger logger, string version, string cluster, string user);

        [LoggerMessage(Level = LogLevel.Critical, Message = "PostgreSQL ended although nobody asked it to.{LastWords}")]
        public static partial void EndedUnasked(ILogger logger, string lastWords);

        [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL stopped")]
        public static partial void Stopped(ILogger logger);
    }
}
