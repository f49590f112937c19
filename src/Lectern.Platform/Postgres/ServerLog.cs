namespace Lectern.Platform.Postgres;

/// <summary>The last words of the server, for error messages.</summary>
internal static class ServerLog
{
    private const int Lines = 12;
    private const int Bytes = 8192;

    public static string Quote(IEnumerable<string> lines)
    {
        var last = lines.Where(line => !string.IsNullOrWhiteSpace(line)).TakeLast(Lines).ToList();
        return last.Count == 0 ? "" : "\nLast lines of PostgreSQL's log:\n  " + string.Join("\n  ", last);
    }

    /// <summary>Where the log ends now.</summary>
    public static Mark MarkEnd(string cluster) => Newest(cluster) is { } newest ? new(newest.FullName, newest.Length) : new("", 0);

    /// <summary>The end of the newest file in the cluster's log folder, without what stood there before the mark.</summary>
    public static IReadOnlyList<string> ReadSince(string cluster, Mark mark)
    {
        try
        {
            if (Newest(cluster) is not { } newest) return [];
            using var file = new FileStream(newest.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var before = newest.FullName == mark.File && mark.Length <= file.Length ? mark.Length : 0;
            file.Seek(Math.Max(before, file.Length - Bytes), SeekOrigin.Begin);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd().Split('\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static FileInfo? Newest(string cluster)
    {
        var folder = new DirectoryInfo(Path.Combine(cluster, "log"));
        return folder.Exists ? folder.EnumerateFiles("*.log").MaxBy(file => file.LastWriteTimeUtc) : null;
    }

    /// <summary>A place in the log.</summary>
    public readonly record struct Mark(string File, long Length);
}
