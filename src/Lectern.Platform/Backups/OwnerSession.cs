using Lectern.Platform.Data;
using Npgsql;

namespace Lectern.Platform.Backups;

/// <summary>One connection of its own, as the owner, that prints every value in the same way on every PostgreSQL and is never cut off for being slow.</summary>
internal static class OwnerSession
{
    // row_security = off does not switch it off: it makes a query fail whose rows would be hidden, as with a role that owns nothing.
    private const string Settings = """
        select set_config(name, value, false) from (values
            ('row_security', 'off'), ('search_path', 'public, pg_catalog'), ('timezone', 'UTC'), ('datestyle', 'ISO, YMD'), ('intervalstyle', 'postgres'),
            ('extra_float_digits', '3'), ('bytea_output', 'hex'), ('xmloption', 'content'), ('statement_timeout', '0'), ('lock_timeout', '0'),
            ('idle_in_transaction_session_timeout', '0'), ('transaction_timeout', '0'), ('idle_session_timeout', '0')) setting (name, value)
        where name in (select name from pg_settings)
        """;

    public static async Task<NpgsqlConnection> OpenAsync(DatabaseConnections connections, CancellationToken ct)
    {
        var builder = new NpgsqlConnectionStringBuilder(connections.Owner) { Pooling = false, CommandTimeout = 0, Multiplexing = false };
        var connection = new NpgsqlConnection(builder.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            await ExecuteAsync(connection, Settings, ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<T> AskAsync<T>(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(ct))!; // asked only of queries that answer with one value
    }

    public static async Task<List<T>> ListAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        var list = new List<T>();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            list.Add(read(reader));
        return list;
    }

    public static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A table's explicit list of columns, for COPY.</summary>
    public static string Columns(BackedUpTable table) => string.Join(", ", table.Columns.Select(Quote));
}
