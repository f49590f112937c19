using Lectern.Platform.Postgres;

namespace Lectern.Platform.Backups;

/// <summary>A backup that is being written: under another name beside its place, readable by this user only, until it is whole.</summary>
internal sealed class BackupFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _half;

    private BackupFile(string path, string half, FileStream stream) => (_path, _half, Stream) = (path, half, stream);

    public FileStream Stream { get; }

    /// <exception cref="BackupException">There is a file of that name, or its folder cannot be written to.</exception>
    public static BackupFile Create(string path)
    {
        if (Path.Exists(path))
            throw new BackupException($"{path} exists already and was left as it is. Choose another name.");
        var half = $"{path}.{Guid.NewGuid():n}.part";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new BackupFile(path, half, new FileStream(half, options));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"{path} cannot be written: {failure.Message}", failure);
        }
    }

    /// <summary>Flushes to the disk and gives the file its name.</summary>
    public async Task CompleteAsync(CancellationToken ct)
    {
        await Stream.FlushAsync(ct);
        Stream.Flush(flushToDisk: true);
        await Stream.DisposeAsync();
        File.Move(_half, _path);
    }

    /// <summary>What a failure of the disk means to the person who waits for the backup.</summary>
    public BackupException Explain(IOException failure) => new(FreeSpace.IsMissing(failure)
        ? $"The disk is full: {FreeSpace.Describe(Path.GetDirectoryName(_path)!)}. No backup was written." // an absolute path has a folder
        : $"The backup could not be written: {failure.Message}. No file was left.", failure);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Stream.DisposeAsync();
        }
        finally
        {
            File.Delete(_half);
        }
    }
}
