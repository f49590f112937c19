using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Postgres;

namespace Lectern.Server.Hosting;

/// <summary>The database of this run: a PostgreSQL of one's own, or the embedded one, started here or joined.</summary>
internal sealed class DatabaseStart : IAsyncDisposable
{
    private readonly EmbeddedPostgres? _embedded;

    private DatabaseStart(DatabaseConnections connections, EmbeddedPostgres? embedded, bool isOwn)
    {
        Connections = connections;
        _embedded = embedded;
        IsOwn = isOwn;
    }

    public DatabaseConnections Connections { get; }

    /// <summary>True for a PostgreSQL that Lectern did not start.</summary>
    public bool IsOwn { get; }

    /// <summary>For a server: owns the data folder for as long as it runs.</summary>
    public static async Task<DatabaseStart> OpenAsync(IConfiguration configuration, DataFolder data, ILogger logger, CancellationToken ct)
    {
        if (OwnDatabase(configuration) is { } own)
        {
            await own.EnsureAppRoleAsync(ct);
            return new DatabaseStart(own, null, isOwn: true);
        }
        var embedded = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = data.Path }, logger, ct);
        return new DatabaseStart(new DatabaseConnections(embedded.OwnerConnectionString, embedded.AppConnectionString), embedded, isOwn: false);
    }

    /// <summary>For a command: joins the running server's database, or starts the embedded one for the length of the command.</summary>
    public static async Task<DatabaseStart> JoinAsync(IConfiguration configuration, DataFolder data, ILogger logger, CancellationToken ct)
    {
        if (OwnDatabase(configuration) is null && await EmbeddedPostgres.JoinAsync(data.Path, ct) is { } running)
            return new DatabaseStart(new DatabaseConnections(running.OwnerConnectionString, running.AppConnectionString), null, isOwn: false);
        return await OpenAsync(configuration, data, logger, ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_embedded is not null)
            await _embedded.DisposeAsync();
    }

    private static DatabaseConnections? OwnDatabase(IConfiguration configuration) =>
        configuration.GetConnectionString("Lectern") is { Length: > 0 } own
            ? DatabaseConnections.Own(own, configuration.GetConnectionString("LecternOwner"))
            : null;
}
