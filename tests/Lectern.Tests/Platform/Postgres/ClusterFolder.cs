using Lectern.Platform.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Lectern.Tests.Platform.Postgres;

/// <summary>A data folder of one test, with the questions these tests ask of servers.</summary>
public sealed class ClusterFolder : IDisposable
{
    /// <summary>Every version at hand, for theories.</summary>
    public static TheoryData<int> Versions => Postgres15.IsMissing ? new(18) : new(18, 15);

    public string Path { get; } = MakeOpen();

    public string Cluster => System.IO.Path.Combine(Path, "postgres");

    public void Dispose()
    {
        var location = System.IO.Path.Combine(Path, "postgres.location");
        if (File.Exists(location) && File.ReadAllText(location).Trim() is { Length: > 0 } elsewhere && Directory.Exists(elsewhere))
            Directory.Delete(elsewhere, recursive: true);
        Directory.Delete(Path, recursive: true);
    }

    /// <summary>A folder that root's unprivileged server user can pass through.</summary>
    internal static string MakeOpen()
    {
        var folder = Directory.CreateTempSubdirectory("lectern-tests-").FullName;
        Posix.SetMode(folder, (UnixFileMode)0b111_001_001);
        return folder;
    }

    internal EmbeddedPostgresOptions Options(int version = 18) =>
        new() { DataFolder = Path, BinariesFolder = version == 15 ? Postgres15.Folder : null, ForTests = true };

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

internal static class Postgres15
{
    public const string Folder = "/usr/lib/postgresql/15/bin";

    public static bool IsMissing => !Directory.Exists(Folder) && Environment.GetEnvironmentVariable("LECTERN_REQUIRE_PG15") != "1";
}

/// <summary>A test that needs PostgreSQL 15, which `./test` installs. Without it the test says aloud that it did not run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactOnPostgres15Attribute : FactAttribute
{
    public FactOnPostgres15Attribute()
    {
        if (Postgres15.IsMissing) Skip = "PostgreSQL 15 IS NOT INSTALLED: nothing was tested on it (apt-get install postgresql-15, or run ./test as root)";
    }
}
