using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lectern.Platform.Security;

namespace Lectern.Platform.Backups;

/// <summary>Writes a whole installation into one file: every row, every file, and the key without which the secrets among the rows are lost.</summary>
public sealed partial class Backup(Installation installation, TimeProvider time)
{
    private readonly Dictionary<string, long> _rows = [];
    private int _files;
    private long _fileBytes;

    /// <summary>The file gets its name when it is whole; a failure leaves nothing.</summary>
    /// <param name="path">Absolute. There must be no such file yet.</param>
    /// <param name="progress">A line for each table, and now and then one for files.</param>
    /// <exception cref="BackupException">The backup cannot be made; the message says why.</exception>
    public async Task<BackupEnd> WriteAsync(string path, IProgress<string> progress, CancellationToken ct)
    {
        await using var file = BackupFile.Create(path);
        try
        {
            var end = await WriteAsync(file.Stream, progress, ct);
            await file.CompleteAsync(ct);
            return end;
        }
        catch (IOException failure)
        {
            throw file.Explain(failure);
        }
    }

    private async Task<BackupEnd> WriteAsync(Stream target, IProgress<string> progress, CancellationToken ct)
    {
        await using var archive = new ArchiveWriter(target, time.GetUtcNow());
        await using (var snapshot = await DatabaseSnapshot.TakeAsync(installation.Connections, ct))
        {
            var key = await FindKeyAsync(snapshot, ct);
            var manifest = await snapshot.DescribeAsync(installation.Version, time.GetUtcNow(), ct);
            await archive.AddAsync(BackupEntries.Manifest, JsonSerializer.SerializeToUtf8Bytes(manifest, BackupEntries.Json), ct);
            if (key is not null)
                await archive.AddAsync(BackupEntries.MasterKey, Encoding.ASCII.GetBytes(key.Export()), ct);
            foreach (var table in manifest.Tables)
                await AddTableAsync(archive, snapshot, table, progress, ct);
        }
        await AddFilesAsync(archive, progress, ct);
        var end = new BackupEnd(archive.Count, archive.Digest, _rows, _files, _fileBytes);
        await archive.AddAsync(BackupEntries.End, JsonSerializer.SerializeToUtf8Bytes(end, BackupEntries.Json), ct);
        return end;
    }

    // The wrong data folder would otherwise give a backup without files whose secrets nobody can read, and nobody would notice in time.
    private async Task<MasterKey?> FindKeyAsync(DatabaseSnapshot snapshot, CancellationToken ct)
    {
        var key = Find();
        if (!await KeyRingCheck.IsReadableAsync(snapshot.Connection, key, ct))
            throw new BackupException(
                $"The secrets in the database were encrypted by another key than {MasterKey.Source(installation.MasterKeySetting, installation.Data)}, so this is not the " +
                "data folder of this database, or its key was lost. Name the right folder with --data, or set Lectern:MasterKey. No backup was written.");
        return key;
    }

    private MasterKey? Find()
    {
        try
        {
            return MasterKey.Find(installation.MasterKeySetting, installation.Data);
        }
        catch (InvalidOperationException unusable)
        {
            throw new BackupException($"{unusable.Message} No backup was written.", unusable);
        }
    }

    private async Task AddTableAsync(ArchiveWriter archive, DatabaseSnapshot snapshot, BackedUpTable table, IProgress<string> progress, CancellationToken ct)
    {
        var part = 0;
        var rows = await snapshot.CopyAsync(table, piece => archive.AddAsync(BackupEntries.Part(table.Name, ++part), piece, ct), ct);
        _rows[table.Name] = rows;
        progress.Report($"{table.Name}: {Counted.Of(rows, "row")}");
    }

    private async Task AddFilesAsync(ArchiveWriter archive, IProgress<string> progress, CancellationToken ct)
    {
        if (Directory.Exists(installation.Files))
        {
            foreach (var path in Directory.EnumerateFiles(installation.Files, "*", FileTree.Options))
                await AddFileAsync(archive, path, progress, ct);
        }
        progress.Report($"files: {_files}");
    }

    private async Task AddFileAsync(ArchiveWriter archive, string path, IProgress<string> progress, CancellationToken ct)
    {
        var name = BackupEntries.Files + Path.GetRelativePath(installation.Files, path).Replace(Path.DirectorySeparatorChar, '/');
        if (!FileTree.IsName(name) || HalfWritten().IsMatch(name))
            return;
        try
        {
            // Files are replaced by a rename and never changed, so an open one stays what it is.
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, useAsync: true);
            await archive.AddAsync(name, file, ct);
            _fileBytes += file.Length;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return; // deleted since it was listed
        }
        if (++_files % 1000 == 0)
            progress.Report($"files: {_files} …");
    }

    [GeneratedRegex(@"\.[0-9a-f]{32}\.part\z", RegexOptions.None, 1000)]
    private static partial Regex HalfWritten();
}
