using Lectern.Platform.Security;

namespace Lectern.Platform.Backups;

/// <summary>
/// The files of a backup, kept beside their places until the rows are committed. Everything stays within the folder <c>files</c>, which may be a volume of its own.
/// </summary>
internal sealed class FilesIn(Installation installation, string stamp, IProgress<string> progress) : IDisposable
{
    private readonly string _staged = Path.Combine(installation.Files, $".restoring-{stamp}");
    private readonly string _replaced = Path.Combine(installation.Files, $".replaced-{stamp}");
    private readonly string _stagedKey = installation.Data.File($"{MasterKey.FileName}.restoring-{stamp}");

    private string? _key;

    public int Count { get; private set; }

    public async Task AddAsync(ArchiveEntry entry, CancellationToken ct)
    {
        if (!FileTree.IsName(entry.Name))
            throw new BackupException($"The backup has an entry with the name {entry.Name}, which no backup has. Nothing was changed.");
        installation.Data.Folder("files");
        var path = Path.Combine(_staged, entry.Name[BackupEntries.Files.Length..]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // a name has at least one segment below the school's folder
        await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true))
            await entry.Content.CopyToAsync(file, ct);
        if (++Count % 1000 == 0)
            progress.Report($"files: {Count} …");
    }

    public async Task AddKeyAsync(ArchiveEntry entry, CancellationToken ct)
    {
        using var reader = new StreamReader(entry.Content, leaveOpen: true);
        _key = await reader.ReadToEndAsync(ct);
    }

    /// <summary>Stages the key. It is read only now, since an entry's checksum is known to be right when the next entry is reached.</summary>
    /// <exception cref="BackupException">It is no key, or the setting <c>Lectern:MasterKey</c> names another, with which the restored secrets could not be read.</exception>
    public void StageKey()
    {
        if (_key is null)
            return;
        var key = ReadKey(_key);
        if (string.IsNullOrWhiteSpace(installation.MasterKeySetting))
            MasterKey.Write(_stagedKey, key);
        else if (MasterKey.Parse(installation.MasterKeySetting, "Lectern:MasterKey").Export() != key)
            throw new BackupException(
                $"Lectern:MasterKey is not the key of this backup, whose secrets could then not be read. Take the setting away, or set it to the key of the backup (`tar -xzOf BACKUP {BackupEntries.MasterKey}`). Nothing was changed.");
    }

    private static string ReadKey(string text)
    {
        try
        {
            return MasterKey.Parse(text, BackupEntries.MasterKey).Export();
        }
        catch (InvalidOperationException failure)
        {
            throw new BackupException($"The backup's {BackupEntries.MasterKey} is no key: it must hold 32 bytes in base64. Nothing was changed.", failure);
        }
    }

    /// <summary>Puts everything in its place by renaming. What was there before is deleted, but an earlier master key is kept beside the new one.</summary>
    public void Replace()
    {
        progress.Report($"files: {Count}");
        if (Directory.Exists(installation.Files))
        {
            Directory.CreateDirectory(_replaced);
            foreach (var old in Visible(installation.Files))
                Move(old, _replaced);
            if (Directory.Exists(_staged))
                foreach (var restored in Visible(_staged))
                    Move(restored, installation.Files);
            Directory.Delete(_replaced, recursive: true);
        }
        if (!File.Exists(_stagedKey))
            return;
        var place = installation.Data.File(MasterKey.FileName);
        if (File.Exists(place) && File.ReadAllText(place).Trim() != File.ReadAllText(_stagedKey))
            File.Move(place, installation.Data.File($"{MasterKey.FileName}.before-{stamp}"));
        File.Move(_stagedKey, place, overwrite: true);
    }

    public void Dispose()
    {
        if (Directory.Exists(_staged))
            Directory.Delete(_staged, recursive: true);
        File.Delete(_stagedKey);
    }

    private static List<FileSystemInfo> Visible(string folder) =>
        [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => !entry.Name.StartsWith('.') && entry.Name != "lost+found")];

    private static void Move(FileSystemInfo entry, string folder)
    {
        var place = Path.Combine(folder, entry.Name);
        if (entry is DirectoryInfo directory)
            directory.MoveTo(place);
        else
            ((FileInfo)entry).MoveTo(place);
    }
}
