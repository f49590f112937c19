using System.Globalization;

namespace Lectern.Platform.Postgres;

/// <summary>The file postmaster.pid in a cluster. Its lines: process, folder, start, port, socket folder, address, shared memory, status
/// (PostgreSQL, src/include/utils/pidfile.h).</summary>
internal static class PostmasterFile
{
    private const int StatusLine = 7;

    /// <summary>Tells one start from the next: process, folder and second of the start. A killed server leaves its file behind,
    /// and in a container the next one may well get the same process number. Null when there is no file.</summary>
    public static string? ReadStart(string cluster) => Read(cluster) is [var process, var folder, var second, ..] ? $"{process} {folder} {second}" : null;

    public static int? ReadProcess(string cluster) =>
        Read(cluster) is [var first, ..] && int.TryParse(first, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) ? Math.Abs(id) : null;

    public static bool SaysReady(string cluster) => Read(cluster) is { Length: > StatusLine } lines && lines[StatusLine].Trim() == "ready";

    /// <summary>Waits for a server that a killed Lectern left behind: it is told to stop by the kernel, and by us if that did not happen.</summary>
    public static async Task WaitForOrphanAsync(string cluster, CancellationToken ct)
    {
        for (var tenths = 0; ReadProcess(cluster) is { } id && Posix.IsAlive(id); tenths++)
        {
            if (!await IsServerOfAsync(cluster, id, ct))
            {
                // It may have been the server and have ended while its command line was looked up.
                if (ReadProcess(cluster) != id || !Posix.IsAlive(id)) continue;
                Disown(cluster);
                return;
            }
            if (tenths is 20) Posix.Signal(id, Posix.Interrupt);
            if (tenths is 80) Posix.Signal(id, Posix.Quit);
            if (tenths >= 120)
                throw new EmbeddedPostgresException(
                    $"A PostgreSQL (process {id}) that an earlier Lectern left behind still uses {cluster} and does not end. End it (`kill -QUIT {id}`) and start again.");
            await Task.Delay(100, ct);
        }
    }

    /// <summary>After a restart of the machine or container the number may belong to another program.</summary>
    private static async Task<bool> IsServerOfAsync(string cluster, int processId, CancellationToken ct)
    {
        var (_, command) = await ChildProcess.RunAsync(ChildProcess.Find("ps") ?? "ps", ["-ww", "-p", processId.ToString(CultureInfo.InvariantCulture), "-o", "args="], ct);
        return command.Contains("postgres", StringComparison.Ordinal) && command.Contains(cluster, StringComparison.Ordinal);
    }

    /// <summary>The server would refuse to start while the recorded process lives. It makes an exception for its own parent,
    /// so that is recorded; deleting the file would also switch off its check for surviving backends by shared memory.</summary>
    private static void Disown(string cluster)
    {
        var lines = Read(cluster);
        if (lines.Length == 0) return;
        lines[0] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var path = PathIn(cluster);
        if (new FileInfo(path).LinkTarget is null) File.WriteAllText(path, string.Join('\n', lines));
    }

    private static string[] Read(string cluster)
    {
        try
        {
            return File.ReadAllText(PathIn(cluster)).Split('\n');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static string PathIn(string cluster) => Path.Combine(cluster, "postmaster.pid");
}
