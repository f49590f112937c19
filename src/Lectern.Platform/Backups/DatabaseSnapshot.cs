using System.Data;
using Lectern.Platform.Data;
using Npgsql;

namespace Lectern.Platform.Backups;

/// <summary>Everything in the database as it was at one moment, however long the reading takes.</summary>
internal sealed class DatabaseSnapshot : IAsyncDisposable
{
    private const int PartSize = 4 << 20;

    // Tables of the schema's owner: what an extension or somebody else keeps in the same schema is not Lectern's.
    private const string TablesQuery = """
        select c.relname::text, coalesce(array_agg(a.attname::text order by a.attnum) filter (where a.attname is not null), '{}')
        from pg_class c
        left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
            and c.relowner = (select relowner from pg_class where oid = 'public.migration'::regclass)
        group by c.oid, c.relname order by c.relname
        """;

    private const string SequencesQuery = """
        select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
            and c.relowner = (select relowner from pg_class where oid = 'public.migration'::regclass) order by c.relname
        """;

    private readonly NpgsqlConnection _connection;

    private DatabaseSnapshot(NpgsqlConnection connection) => _connection = connection;

    public NpgsqlConnection Connection => _connection;

    /// <exception cref="BackupException">The database was never migrated.</exception>
    public static async Task<DatabaseSnapshot> TakeAsync(DatabaseConnections connections, CancellationToken ct)
    {
        var connection = await OwnerSession.OpenAsync(connections, ct);
        try
        {
            // A table that is rewritten while it is read would look empty to an older snapshot, so migrations wait for the backup.
            await OwnerSession.ExecuteAsync(connection, $"select pg_advisory_lock_shared({Migrator.LockKey})", ct);
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct); // ends with the connection
            await OwnerSession.ExecuteAsync(connection, "set transaction read only", ct);
            if (!await OwnerSession.AskAsync<bool>(connection, "select to_regclass('public.migration') is not null", ct))
                throw new BackupException($"The database {connection.Database} holds no Lectern, so there is nothing to back up.");
            return new DatabaseSnapshot(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<BackupManifest> DescribeAsync(string version, DateTimeOffset now, CancellationToken ct)
    {
        var migrations = await OwnerSession.ListAsync(_connection, "select room, number, name, checksum from migration order by room, number",
            row => new BackedUpMigration(row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3)), ct);
        var tables = await OwnerSession.ListAsync(_connection, TablesQuery, row => new BackedUpTable(row.GetString(0), row.GetFieldValue<string[]>(1)), ct);
        return new BackupManifest(BackupManifest.KindName, BackupManifest.NewestFormat, version, now, _connection.PostgreSqlVersion.ToString(),
            migrations, [.. tables.Where(table => !TransientRows.LeftOut.Contains(table.Name))], await SequencesAsync(ct));
    }

    /// <summary>A table's rows in PostgreSQL's text format, in pieces that are cut anywhere. No more than one piece is in memory.</summary>
    /// <returns>How many rows they are.</returns>
    public async Task<long> CopyAsync(BackedUpTable table, Func<ReadOnlyMemory<byte>, Task> keep, CancellationToken ct)
    {
        // A query, because a partitioned table can be copied by no other way.
        using var text = (StreamReader)await _connection.BeginTextExportAsync(
            $"copy (select {OwnerSession.Columns(table)} from public.{OwnerSession.Quote(table.Name)}) to stdout", ct);
        var piece = new byte[PartSize];
        long rows = 0;
        while (await text.BaseStream.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, ct) is var read and > 0)
        {
            // Line feeds in values are written as \n, so each one here ends a row.
            rows += piece.AsSpan(0, read).Count((byte)'\n');
            await keep(piece.AsMemory(0, read));
        }
        return rows;
    }

    // Sequences know no snapshots: read after it was taken, none is behind a row that is in it.
    private async Task<List<BackedUpSequence>> SequencesAsync(CancellationToken ct)
    {
        var sequences = new List<BackedUpSequence>();
        foreach (var name in await OwnerSession.ListAsync(_connection, SequencesQuery, row => row.GetString(0), ct))
            sequences.AddRange(await OwnerSession.ListAsync(_connection, $"select last_value, is_called from public.{OwnerSession.Quote(name)}",
                row => new BackedUpSequence(name, row.GetInt64(0), row.GetBoolean(1)), ct));
        return sequences;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
