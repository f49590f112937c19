using System.Text.Json;
using Npgsql;

namespace Lectern.Platform.Postgres;

/// <summary>How to reach the embedded server of a data folder that is running now. Kept in <c>postgres.json</c>
/// while it runs, so that the command line can join it.</summary>
/// <param name="SocketFolder">The folder of the Unix socket.</param>
/// <param name="Port">The number in the socket's name; no TCP port is open.</param>
/// <param name="Version">PostgreSQL's version, for example 18.4.</param>
/// <param name="ProcessId">The Lectern that runs it.</param>
public sealed record RunningPostgres(string SocketFolder, int Port, string Version, int ProcessId)
{
    private const string FileName = "postgres.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Connects as lectern_owner, which owns the database and migrates it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string OwnerConnectionString => ConnectAs(ClusterRoles.Owner, ClusterRoles.Database);

    /// <summary>Connects as lectern_app, which serves under row-level security.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string AppConnectionString => ConnectAs(ClusterRoles.App, ClusterRoles.Database);

    [System.Text.Json.Serialization.JsonIgnore]
    internal string AdminConnectionString => ConnectAs("postgres", "postgres", pooling: false);

    internal string ConnectAs(string role, string database, bool pooling = true) => new NpgsqlConnectionStringBuilder
    {
        Host = SocketFolder,
        Port = Port,
        Username = role,
        Database = database,
        ApplicationName = "Lectern",
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        Pooling = pooling,
    }.ConnectionString;

    internal void Write(string dataFolder)
    {
        var path = Path.Combine(dataFolder, FileName);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this, Json));
        File.Move(path + ".new", path, overwrite: true);
    }

    internal static void Delete(string dataFolder) => File.Delete(Path.Combine(dataFolder, FileName));

    internal static async Task<RunningPostgres?> FindAsync(string dataFolder, CancellationToken ct)
    {
        try
        {
            var text = await File.ReadAllTextAsync(Path.Combine(dataFolder, FileName), ct);
            var running = JsonSerializer.Deserialize<RunningPostgres>(text, Json);
            if (running is null) return null;
            await using var connection = new NpgsqlConnection(running.ConnectAs(ClusterRoles.App, ClusterRoles.Database, pooling: false));
            await connection.OpenAsync(ct);
            return running;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or NpgsqlException)
        {
            return null; // left behind by a killed Lectern, or not ours to open
        }
    }
}
