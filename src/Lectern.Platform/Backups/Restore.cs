using Lectern.Platform.Data;
using Lectern.Platform.Postgres;
using Npgsql;

namespace Lectern.Platform.Backups;

/// <summary>Puts a backup in the place of what an installation holds: all of it, or, if anything goes wrong, nothing.</summary>
public sealed class Restore(Installation installation, Migrator migrator, TimeProvider time)
{
    private static readonly TimeSpan WaitForOthers = TimeSpan.FromSeconds(3);

    /// <summary>Reads a backup from beginning to end without restoring it.</summary>
    /// <exception cref="BackupException">It is no backup, or not a whole one.</exception>
    public static async Task<(BackupManifest Manifest, BackupEnd End)> CheckAsync(string path, CancellationToken ct)
    {
        try
        {
            await using var archive = await ArchiveReader.OpenAsync(path, ct);
            await foreach (var _ in archive.ReadAsync(ct))
            {
            }
            return (archive.Manifest, archive.End!); // reading ends with the end, or throws
        }
        catch (IOException failure)
        {
            throw new BackupException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <exception cref="BackupException">The backup has a migration that this program lacks or that was changed since.</exception>
    public static void RefuseUnfit(BackupManifest manifest, Migrator migrator, string version) => SchemaRebuild.RefuseUnfit(manifest, migrator, version);

    /// <summary>What there is to be replaced.</summary>
    /// <exception cref="BackupException">The database belongs to another program.</exception>
    public async Task<RestoreTarget> LookAsync(CancellationToken ct)
    {
        await using var connection = await OwnerSession.OpenAsync(installation.Connections, ct);
        return await RestoreTarget.LookAsync(connection, installation, ct);
    }

    /// <summary>Replaces everything. Look first whether anything is lost by it.</summary>
    /// <exception cref="BackupException">The backup is damaged or does not fit, or a server is running; nothing was changed.</exception>
    /// <exception cref="DataFolderInUseException">A server runs on the data folder.</exception>
    public async Task RunAsync(string path, IProgress<string> progress, CancellationToken ct)
    {
        using var held = installation.HasOwnDatabase ? DataFolderLock.Take(installation.Data.Path) : null;
        await using var connection = await OwnerSession.OpenAsync(installation.Connections, ct);
        // A server that starts meanwhile waits here before it looks at its schema.
        await OwnerSession.ExecuteAsync(connection, $"select pg_advisory_lock({Migrator.LockKey})", ct);
        await RefuseCompanyAsync(connection, ct);
        using var files = new FilesIn(installation, time.GetUtcNow().ToString("yyyyMMddHHmmss", null), progress);
        try
        {
            await using var archive = await ArchiveReader.OpenAsync(path, ct);
            RefuseUnfit(archive.Manifest, migrator, installation.Version);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await ReadInAsync(connection, archive, files, progress, ct);
            await transaction.CommitAsync(ct);
        }
        catch (IOException failure)
        {
            throw new BackupException(FreeSpace.IsMissing(failure)
                ? $"The disk is full: {FreeSpace.Describe(installation.Data.Path)}. Nothing was changed."
                : $"The restore failed: {failure.Message}. Nothing was changed.", failure);
        }
        PutInPlace(files);
        // Without it the first hours would run on plans made for empty tables.
        await OwnerSession.ExecuteAsync(connection, "analyze", ct);
    }

    private void PutInPlace(FilesIn files)
    {
        try
        {
            files.Replace();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BackupException(
                $"The rows are restored, but the files or the key could not be put in their places in {installation.Data.Path}: {failure.Message} " +
                "Mend that and restore again with --force; files that were there before lie in files/.replaced-….", failure);
        }
    }

    private async Task ReadInAsync(NpgsqlConnection connection, ArchiveReader archive, FilesIn files, IProgress<string> progress, CancellationToken ct)
    {
        var schema = new SchemaRebuild(connection, migrator, archive.Manifest);
        await schema.BeginAsync(ct);
        await using var rows = new RowsIn(connection, archive.Manifest, progress);
        await foreach (var entry in archive.ReadAsync(ct))
        {
            if (entry.Name.StartsWith(BackupEntries.Rows, StringComparison.Ordinal))
                await rows.AddAsync(entry, ct);
            else if (entry.Name == BackupEntries.MasterKey)
                await files.AddKeyAsync(entry, ct);
            else
                await files.AddAsync(entry, ct);
        }
        files.StageKey();
        await rows.FlushAsync();
        await rows.CountAsync(archive.End!, ct); // reading ends with the end, or throws
        await schema.CompleteAsync(ct);
    }

    // A server with a PostgreSQL of one's own may run on another machine, where no lock of ours reaches. This program's own pooled connections are not company.
    private async Task RefuseCompanyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        foreach (var own in new[] { installation.Connections.Owner, installation.Connections.App })
        {
            await using var pooled = new NpgsqlConnection(own);
            NpgsqlConnection.ClearPool(pooled);
        }
        var started = time.GetTimestamp();
        while (true)
        {
            var others = await OwnerSession.ListAsync(connection, """
                select distinct coalesce(nullif(application_name, ''), 'a program without a name') || ' as ' || usename from pg_stat_activity
                where datname = current_database() and usename is not null and pid <> pg_backend_pid()
                """, row => row.GetString(0), ct);
            if (others.Count == 0)
                return;
            if (time.GetElapsedTime(started) > WaitForOthers)
                throw new BackupException(
                    $"Others are connected to the database {connection.Database}: {string.Join(", ", others)}. Stop every Lectern, pooler and tool that uses it, then restore again. Nothing was changed.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, ct);
        }
    }
}
