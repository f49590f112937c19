using Lectern.Platform.Data;
using Lectern.Platform.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Lectern.Tests.Fakes;

/// <summary>Real PostgreSQL servers of the oldest and the newest supported version, started with the fixture and ended with it.</summary>
public class PostgresServers : IAsyncLifetime
{
    private const string Oldest = "/usr/lib/postgresql/15/bin";

    private readonly Dictionary<string, EmbeddedPostgres> _servers = [];
    private readonly List<string> _folders = [];
    private int _databases;

    /// <summary>18 always; 15 where it is installed, which <c>./test</c> takes care of and insists on.</summary>
    public static TheoryData<string> Versions { get; } = HasOldest ? ["18", "15"] : ["18"];

    private static bool HasOldest => Directory.Exists(Oldest) || (Environment.GetEnvironmentVariable("LECTERN_REQUIRE_PG15") == "1"
        ? throw new DirectoryNotFoundException($"PostgreSQL 15 is not in {Oldest}.")
        : false);

    public async Task InitializeAsync()
    {
        await StartAsync("18", null);
        if (HasOldest)
            await StartAsync("15", Oldest);
    }

    public async Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        foreach (var server in _servers.Values)
            await server.DisposeAsync();
        foreach (var folder in _folders)
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>An empty database, owned by the owner role.</summary>
    public async Task<DatabaseConnections> CreateDatabaseAsync(string version)
    {
        var server = _servers[version];
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(server.AdminConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"create database {name} owner {DatabaseRoles.Owner}", connection);
        await command.ExecuteNonQueryAsync();
        return new DatabaseConnections(Named(server.OwnerConnectionString, name), Named(server.AppConnectionString, name));
    }

    private async Task StartAsync(string version, string? binaries)
    {
        var folder = Directory.CreateTempSubdirectory("lectern-tests-").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        _folders.Add(folder);
        _servers[version] = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder, BinariesFolder = binaries, ForTests = true }, NullLogger.Instance, CancellationToken.None);
        Assert.StartsWith(version, _servers[version].Version, StringComparison.Ordinal);
    }

    // Many databases share one server, so each may hold few connections and gives them back soon.
    private static string Named(string connectionString, string database) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Database = database, MaxPoolSize = 20, ConnectionIdleLifetime = 5, ConnectionPruningInterval = 1,
    }.ConnectionString;
}
