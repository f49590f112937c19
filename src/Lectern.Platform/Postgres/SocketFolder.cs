using System.Text;

namespace Lectern.Platform.Postgres;

/// <summary>The folder of the server's Unix socket. Its mode 0700 is the only lock on the database's door, so a folder that
/// somebody else put there (in /tmp everybody may) is refused.</summary>
internal static class SocketFolder
{
    public const int Port = 5432;
    private const int LongestSocketPath = 107; // sun_path in sys/un.h, without its end mark

    public static string Prepare(string cluster, ServerUser? user)
    {
        var folder = Choose(cluster, user);
        var owner = user?.UserId ?? Posix.UserId;
        if (Posix.TryMakePrivateFolder(folder))
        {
            if (user is not null) Posix.ChangeOwner(folder, user.UserId, user.GroupId);
        }
        if (Posix.OwnerOf(folder) is not { } found || found.IsLink || found.UserId != owner)
            throw new EmbeddedPostgresException(
                $"The folder {folder}, in which PostgreSQL's socket would lie, was made by somebody else. It is not safe to use; find out who made it, and delete it.");
        Posix.SetMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // No server lives (the caller saw to that), but the process id in a stale lock file may belong to another program by now.
        foreach (var stale in Directory.EnumerateFiles(folder, ".s.PGSQL.*")) File.Delete(stale);
        return folder;
    }

    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An empty folder that stays behind does no harm; the next start takes it.
        }
    }

    private static string Choose(string cluster, ServerUser? user)
    {
        var name = $"lectern-{ClusterPlace.ShortHash(cluster)}";
        // Root's own runtime folder is closed to the server's user; /run itself is writable by root only.
        var runtime = user is null ? Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") : "/run";
        string?[] parents = [runtime, Path.GetTempPath(), "/tmp"];
        return parents.Where(parent => !string.IsNullOrEmpty(parent) && Path.IsPathRooted(parent) && Directory.Exists(parent) && IsWritable(parent))
            .Select(parent => Path.Combine(parent!, name))
            .FirstOrDefault(IsUsable)
            ?? throw new EmbeddedPostgresException("There is no folder for PostgreSQL's socket: neither $XDG_RUNTIME_DIR nor the temporary folder can be used.");
    }

    // Npgsql takes a comma for the start of a second host.
    private static bool IsUsable(string folder) =>
        Encoding.UTF8.GetByteCount($"{folder}/.s.PGSQL.{Port}") < LongestSocketPath && folder.IndexOfAny([',', '"']) < 0;

    private static bool IsWritable(string folder)
    {
        var probe = Path.Combine(folder, $".lectern-{Guid.NewGuid():N}");
        try
        {
            if (!Posix.TryMakePrivateFolder(probe)) return false;
            Directory.Delete(probe);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
