using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Lectern.Platform.Backups;

/// <summary>An entry of a backup; the content can be read once, before the next entry is asked for.</summary>
internal sealed record ArchiveEntry(string Name, Stream Content);

/// <summary>Reads a backup from its manifest to its end and believes none of it: each entry is compared with its checksum, all of them with the end.</summary>
internal sealed class ArchiveReader : IAsyncDisposable
{
    private const int LongestDescription = 16 << 20;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly TarReader _tar;
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _count;

    private ArchiveReader(string path, FileStream file)
    {
        (_path, _file) = (path, file);
        _tar = new TarReader(new GZipStream(file, CompressionMode.Decompress));
    }

    public BackupManifest Manifest { get; private set; } = null!; // set by OpenAsync

    /// <summary>Known when all entries were read.</summary>
    public BackupEnd? End { get; private set; }

    /// <exception cref="BackupException">There is no such file, or it is no backup that this program knows.</exception>
    public static async Task<ArchiveReader> OpenAsync(string path, CancellationToken ct)
    {
        var reader = new ArchiveReader(path, OpenFile(path));
        try
        {
            await reader.ReadManifestAsync(ct);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    /// <summary>What follows the manifest. The last step finds out whether the backup is whole.</summary>
    /// <exception cref="BackupException">The file is damaged or cut off; the message names the entry.</exception>
    public async IAsyncEnumerable<ArchiveEntry> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (await NextAsync(ct) is { } next)
        {
            if (next.Name == BackupEntries.End)
            {
                await ReadEndAsync(next, ct);
                yield break;
            }
            yield return new ArchiveEntry(next.Name, next.Content);
            await FinishAsync(next, ct);
        }
        throw Damaged("its end is missing");
    }

    private async Task ReadManifestAsync(CancellationToken ct)
    {
        try
        {
            var first = await NextAsync(ct);
            if (first is not { Name: BackupEntries.Manifest })
                throw Foreign(null);
            var manifest = await ParseAsync<BackupManifest>(first, ct);
            if (manifest.Kind != BackupManifest.KindName)
                throw Foreign(null);
            if (manifest.Format > BackupManifest.NewestFormat)
                throw new BackupException($"{_path} was made by Lectern {manifest.Lectern} in a newer format. Restore it with that version. Nothing was changed.");
            await FinishAsync(first, ct);
            Manifest = manifest;
        }
        catch (BackupException damaged) when (damaged.InnerException is InvalidDataException or EndOfStreamException or JsonException)
        {
            throw Foreign(damaged);
        }
    }

    private async Task ReadEndAsync(CheckedEntry entry, CancellationToken ct)
    {
        var end = await ParseAsync<BackupEnd>(entry, ct);
        var (count, digest) = (_count, Convert.ToHexStringLower(_digest.GetCurrentHash()));
        await FinishAsync(entry, ct);
        if (end.Entries != count || end.Digest != digest)
            throw Damaged($"entries are missing or were changed: it should have {end.Entries} and has {count}");
        if (await NextAsync(ct) is { } more)
            throw Damaged($"{more.Name} stands behind its end");
        End = end;
    }

    private async Task<CheckedEntry?> NextAsync(CancellationToken ct)
    {
        try
        {
            if (await _tar.GetNextEntryAsync(copyData: false, ct) is not { } entry)
                return null;
            if (entry is not PaxTarEntry { EntryType: TarEntryType.RegularFile } file
                || !file.ExtendedAttributes.TryGetValue(ArchiveWriter.Comment, out var comment) || !comment.StartsWith(ArchiveWriter.Checksum, StringComparison.Ordinal))
                throw new InvalidDataException($"{entry.Name} is no entry of a backup");
            return new CheckedEntry(file.Name, comment[ArchiveWriter.Checksum.Length..], file.DataStream ?? Stream.Null, Damaged);
        }
        catch (Exception failure) when (CheckedEntry.IsDamage(failure))
        {
            throw Damaged(_count == 0 ? "it cannot be read" : $"it breaks off after {_count} entries", failure);
        }
    }

    private async Task FinishAsync(CheckedEntry entry, CancellationToken ct)
    {
        using (entry)
            await entry.FinishAsync(ct);
        _digest.AppendData(ArchiveWriter.Line(entry.Checksum, entry.Name));
        _count++;
    }

    private async Task<T> ParseAsync<T>(CheckedEntry entry, CancellationToken ct)
    {
        try
        {
            using var text = new MemoryStream();
            var buffer = new byte[1 << 16];
            while (await entry.Content.ReadAsync(buffer, ct) is var read and > 0)
            {
                if (text.Length + read > LongestDescription)
                    throw Damaged($"{entry.Name} is too long");
                text.Write(buffer, 0, read);
            }
            return JsonSerializer.Deserialize<T>(text.ToArray(), BackupEntries.Json) ?? throw new JsonException("null");
        }
        catch (JsonException failure)
        {
            throw Damaged($"{entry.Name} cannot be understood", failure);
        }
    }

    private BackupException Damaged(string how, Exception? inner = null) => new($"{_path} is damaged: {how}. Nothing was changed.", inner);

    private BackupException Foreign(Exception? inner) => new($"{_path} is not a backup made by Lectern, or not even its beginning is whole. Nothing was changed.", inner);

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"{path} cannot be opened: {failure.Message}", failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _tar.DisposeAsync();
        await _file.DisposeAsync();
        _digest.Dispose();
    }
}
