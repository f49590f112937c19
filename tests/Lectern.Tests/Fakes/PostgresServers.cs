using System.Diagnostics;
using Lectern.Platform.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Lectern.Tests.Fakes;

/// <summary>A fresh, empty database on one of the shared servers, with the roles that Lectern has in earnest.</summary>
/// <param name="OwnerConnectionString">As lectern_owner, for migrations.</param>
/// <param name="AppConnectionString">As lectern_app, for everything else.</param>
/// <param name="MajorVersion">18 or 15.</param>
public sealed record TestDatabase(string OwnerConnectionString, string AppConnectionString, int MajorVersion);

/// <summary>Real PostgreSQL servers for the data tests: one per version and test process, started when first asked for,
/// ended with the process (or by the kernel, if that is killed).</summary>
public static class PostgresServers
{
    private const string FolderPrefix = "lectern-tests-";
    private static readonly Dictionary<int, Lazy<Task<EmbeddedPostgres>>> Servers = new()
    {
        [18] = new(() => StartAsync(18)),
        [15] = new(() => StartAsync(15)),
    };
    private static int _databases;

    /// <summary>For [MemberData]: every version at hand, so that a theory runs on each. Version 15 is left out only where it is
    /// not installed and LECTERN_REQUIRE_PG15 is not 1; <see cref="RequiredPostgresTests"/> reports that as a skipped test.</summary>
    public static TheoryData<int> Versions => IsMissing15 ? new TheoryData<int>(18) : new TheoryData<int>(18, 15);

    public static string BinariesOf15 => Environment.GetEnvironmentVariable("LECTERN_PG15") ?? "/usr/lib/postgresql/15/bin";

    public static bool IsMissing15 =>
        !File.Exists(Path.Combine(BinariesOf15, "postgres")) && Environment.GetEnvironmentVariable("LECTERN_REQUIRE_PG15") != "1";

    public static string? BinariesOf(int version) => version == 15 ? BinariesOf15 : null;

    public static async Task<TestDatabase> CreateDatabaseAsync(int version)
    {
        var server = await Servers[version].Value;
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await using var admin = new NpgsqlConnection(server.AdminConnectionString);
        await admin.OpenAsync();
        await ClusterRoles.CreateDatabaseAsync(admin, name, CancellationToken.None);
        return new(server.Running.ConnectAs(ClusterRoles.Owner, name), server.Running.ConnectAs(ClusterRoles.App, name), version);
    }

    /// <summary>A folder that root's unprivileged server user can pass through.</summary>
    public static string MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory($"{FolderPrefix}{Environment.ProcessId}-").FullName;
        Posix.SetMode(folder, (UnixFileMode)0b111_001_001);
        return folder;
    }

    public static void RemoveFolder(string folder)
    {
        var location = Path.Combine(folder, "postgres.location");
        if (File.Exists(location) && File.ReadAllText(location).Trim() is { Length: > 0 } elsewhere && Directory.Exists(elsewhere))
            Directory.Delete(elsewhere, recursive: true);
        Directory.Delete(folder, recursive: true);
    }

    // The test runner kills a process that takes long to end, and a folder may hold two gigabytes by then.
    private static void RemoveLeftBehind()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), $"{FolderPrefix}*"))
        {
            var maker = Path.GetFileName(folder)[FolderPrefix.Length..].Split('-')[0];
            if (!int.TryParse(maker, out var id) || IsRunning(id)) continue;
            try
            {
                RemoveFolder(folder);
            }
            catch (DirectoryNotFoundException)
            {
                // Another test process is tidying up too.
            }
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            Process.GetProcessById(process).Dispose();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static async Task<EmbeddedPostgres> StartAsync(int version)
    {
        RemoveLeftBehind();
        var folder = MakeFolder();
        var server = await EmbeddedPostgres.StartAsync(
            new() { DataFolder = folder, BinariesFolder = BinariesOf(version), ForTests = true }, NullLogger.Instance, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.DisposeAsync().AsTask().GetAwaiter().GetResult();
            RemoveFolder(folder);
        };
        return server;
    }
}

/// <summary>Says aloud when the tests on PostgreSQL 15 did not run.</summary>
public sealed class RequiredPostgresTests
{
    [FactOnPostgres15]
    public async Task The_data_tests_run_on_PostgreSQL_15_too()
    {
        var database = await PostgresServers.CreateDatabaseAsync(15);
        await using var connection = new NpgsqlConnection(database.AppConnectionString);
        await connection.OpenAsync();
        Assert.Equal(15, connection.PostgreSqlVersion.Major);
    }
}

/// <summary>A test that needs PostgreSQL 15, which `./test` installs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactOnPostgres15Attribute : FactAttribute
{
    public FactOnPostgres15Attribute()
    {
        if (PostgresServers.IsMissing15) Skip = "PostgreSQL 15 IS NOT INSTALLED: none of the data tests ran on it (apt-get install postgresql-15, or run ./test as root)";
    }
}
