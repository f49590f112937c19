using System.Globalization;

namespace Lectern.Platform.Postgres;

/// <summary>One Lectern per data folder. The lock is flock(2) on a file, so it ends with the process however that ends;
/// PostgreSQL's own postmaster.pid cannot serve, because the server may outlive a killed Lectern by some seconds.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <exception cref="DataFolderInUseException">Another process, or another part of this one, holds it.</exception>
    public static DataFolderLock Take(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "lectern.lock");
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException exception) when (exception.HResult == (OperatingSystem.IsMacOS() ? 35 : 11)) // EWOULDBLOCK
        {
            throw new DataFolderInUseException(dataFolder, ReadHolder(path));
        }
        try
        {
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            return new DataFolderLock(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Releases without deleting: whoever waits for the lock may hold the same file open already.</summary>
    public void Dispose() => _file.Dispose();

    private static int? ReadHolder(string path)
    {
        try
        {
            using var file = new FileStream(Posix.OpenWithoutLock(path), FileAccess.Read);
            using var reader = new StreamReader(file);
            return int.TryParse(reader.ReadLine(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
