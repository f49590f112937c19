using Npgsql;

namespace Lectern.Platform.Postgres;

/// <summary>The two roles and the database. Neither role is a superuser nor passes over row-level security:
/// lectern_owner migrates, lectern_app serves.</summary>
internal static class ClusterRoles
{
    public const string Owner = "lectern_owner";
    public const string App = "lectern_app";
    public const string Database = "lectern";

    /// <summary>Makes what is missing, at each start: a start may have been cut short between two of the steps.</summary>
    public static async Task EnsureAsync(string adminConnectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(adminConnectionString);
        await connection.OpenAsync(ct);
        foreach (var role in new[] { Owner, App })
        {
            if (!await ExistsAsync(connection, "select 1 from pg_roles where rolname = $1", role, ct))
                await ExecuteAsync(connection, $"create role {role} login nosuperuser nobypassrls nocreatedb nocreaterole noreplication", ct);
        }
        if (await ExistsAsync(connection, "select 1 from pg_database where datname = $1", Database, ct)) return;
        await CreateDatabaseAsync(connection, Database, ct);
    }

    /// <summary>A database that the owner owns and the app may connect to; what the app may do in it is for the migrations to grant.</summary>
    public static async Task CreateDatabaseAsync(NpgsqlConnection admin, string name, CancellationToken ct)
    {
        await ExecuteAsync(admin, $"create database {name} owner {Owner}", ct);
        await ExecuteAsync(admin, $"revoke all on database {name} from public; grant connect on database {name} to {App}", ct);
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string query, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(query, connection) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
