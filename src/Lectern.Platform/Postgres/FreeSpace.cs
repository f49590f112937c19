namespace Lectern.Platform.Postgres;

/// <summary>Recognises a full disk, in exceptions and in what the server's programs print.</summary>
internal static class FreeSpace
{
    private const int OutOfSpace = 28; // ENOSPC, the same number on Linux and macOS

    public static bool IsMissing(IOException exception) => exception.HResult == OutOfSpace;

    public static bool IsMissing(string output) =>
        output.Contains("No space left on device", StringComparison.Ordinal)
        || output.Contains("Disk quota exceeded", StringComparison.Ordinal)
        || output.Contains("Check free disk space", StringComparison.Ordinal);

    public static string Describe(string folder)
    {
        try
        {
            var free = new DriveInfo(folder).AvailableFreeSpace / (1024 * 1024);
            return $"{free} MB are free in {folder}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"no room in {folder}";
        }
    }
}
