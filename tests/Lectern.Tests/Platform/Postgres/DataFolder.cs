using Lectern.Platform.Postgres;
using Lectern.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Lectern.Tests.Platform.Postgres;

/// <summary>A data folder of one test, with the questions these tests ask of servers.</summary>
public sealed class DataFolder : IDisposable
{
    public string Path { get; } = PostgresServers.MakeFolder();

    public string Cluster => System.IO.Path.Combine(Path, "postgres");

    public void Dispose() => PostgresServers.RemoveFolder(Path);

    internal EmbeddedPostgresOptions Options(int version = 18) =>
        new() { DataFolder = Path, BinariesFolder = PostgresServers.BinariesOf(version), ForTests = true };

    internal Task<EmbeddedPostgres> StartAsync(int version = 18) => StartAsync(Options(version));

    internal static Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options) =>
        EmbeddedPostgres.StartAsync(options, NullLogger.Instance, CancellationToken.None);

    internal static async Task<object?> AskAsync(string connectionString, string query)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(query, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Names, sizes and times of everything in the cluster.</summary>
    internal IReadOnlyList<string> Describe() => new DirectoryInfo(Cluster).EnumerateFiles("*", SearchOption.AllDirectories)
        .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc:O}").Order(StringComparer.Ordinal).ToList();
}
