using Npgsql;

namespace Lectern.Platform.Backups;

/// <summary>Feeds the pieces of each table to one COPY per table, and counts afterwards what arrived.</summary>
internal sealed class RowsIn(NpgsqlConnection connection, BackupManifest manifest, IProgress<string> progress) : IAsyncDisposable
{
    private BackedUpTable? _table;
    private StreamWriter? _copy;
    private int _part;

    /// <summary>The next piece of the table at hand, or the first of the next one.</summary>
    /// <exception cref="BackupException">It belongs to no table of the manifest, or PostgreSQL refuses it.</exception>
    public async Task AddAsync(ArchiveEntry entry, CancellationToken ct)
    {
        if (_table is null || entry.Name != BackupEntries.Part(_table.Name, _part + 1))
            await BeginAsync(entry, ct);
        _part++;
        try
        {
            await entry.Content.CopyToAsync(_copy!.BaseStream, ct); // BeginAsync opened it
        }
        catch (PostgresException refused)
        {
            throw Refused(refused);
        }
    }

    /// <summary>Ends the COPY at hand.</summary>
    public async Task FlushAsync()
    {
        if (_copy is not { } copy || _table is not { } table)
            return;
        (_copy, _table) = (null, null);
        try
        {
            await copy.DisposeAsync();
        }
        catch (PostgresException refused)
        {
            throw Refused(refused, table);
        }
    }

    /// <exception cref="BackupException">A table has not the rows it should have.</exception>
    public async Task CountAsync(BackupEnd end, CancellationToken ct)
    {
        foreach (var table in manifest.Tables)
        {
            var count = await OwnerSession.AskAsync<long>(connection, $"select count(*) from public.{OwnerSession.Quote(table.Name)}", ct);
            if (!end.Rows.TryGetValue(table.Name, out var expected) || count != expected)
                throw new BackupException($"The table {table.Name} has {Counted.Of(count, "row")} after the restore and should have {expected:N0}. Nothing was changed.");
            progress.Report($"{table.Name}: {Counted.Of(count, "row")}");
        }
    }

    private async Task BeginAsync(ArchiveEntry entry, CancellationToken ct)
    {
        await FlushAsync();
        var table = manifest.Tables.FirstOrDefault(known => entry.Name == BackupEntries.Part(known.Name, 1))
            ?? throw new BackupException($"The backup has an entry {entry.Name} that its manifest does not announce. Nothing was changed.");
        try
        {
            _copy = (StreamWriter)await connection.BeginTextImportAsync($"copy public.{OwnerSession.Quote(table.Name)} ({OwnerSession.Columns(table)}) from stdin", ct);
        }
        catch (PostgresException refused)
        {
            throw Refused(refused, table);
        }
        (_table, _part) = (table, 0);
    }

    private BackupException Refused(PostgresException refused, BackedUpTable? table = null) =>
        new($"PostgreSQL refuses the rows of {(table ?? _table)?.Name}: {refused.MessageText} {refused.Where}. Nothing was changed.".Replace(" .", ".", StringComparison.Ordinal), refused);

    /// <summary>A COPY that was not ended is called off, so that nothing of it stays.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_copy?.BaseStream is not NpgsqlRawCopyStream open)
            return;
        _copy = null;
        try
        {
            await open.CancelAsync();
        }
        catch (NpgsqlException)
        {
            // Refused already, or the line is cut: either way nothing of it is kept.
        }
    }
}
