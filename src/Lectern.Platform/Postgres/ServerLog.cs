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

    /// <summary>The end of the newest file in the cluster's log folder, from this start only.</summary>
    public static IReadOnlyList<string> ReadLast(string cluster, DateTime sinceUtc)
    {
        try
        {
            var folder = new DirectoryInfo(Path.Combine(cluster, "log"));
            var newest = folder.Exists
                ? folder.EnumerateFiles("*.log").Where(file => file.LastWriteTimeUtc >= sinceUtc).MaxBy(file => file.LastWriteTimeUtc)
                : null;
            if (newest is null) return [];
            using var file = new FileStream(newest.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.Seek(Math.Max(0, file.Length - Bytes), SeekOrigin.Begin);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd().Split('\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
