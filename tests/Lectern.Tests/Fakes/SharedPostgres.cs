using Lectern.Platform.Data;
using Npgsql;

namespace Lectern.Tests.Fakes;

/// <summary>The shared servers as a fixture: databases that many tests use side by side, each holding few connections.</summary>
public class SharedPostgres : IAsyncLifetime
{
    public static TheoryData<string> Versions { get; } = PostgresServers.IsMissing15 ? ["18"] : ["18", "15"];

    private int _made;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        if (_made > 0)
            NpgsqlConnection.ClearAllPools();
        return Task.CompletedTask;
    }

    /// <summary>An empty database, owned by the owner role.</summary>
    public async Task<DatabaseConnections> CreateDatabaseAsync(string version)
    {
        Interlocked.Increment(ref _made);
        var database = await PostgresServers.CreateDatabaseAsync(int.Parse(version));
        return new DatabaseConnections(Frugal(database.OwnerConnectionString), Frugal(database.AppConnectionString));
    }

    private static string Frugal(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 20, ConnectionIdleLifetime = 5, ConnectionPruningInterval = 1 }.ConnectionString;
}
