using System.Globalization;

namespace Lectern.Platform.Postgres;

/// <summary>Makes a cluster and reads what it says of itself.</summary>
internal static class Cluster
{
    // Defaults for a small machine. They stand in the cluster's own file, where an operator may change them.
    private const string Settings = """

        # Lectern's defaults for a small machine; change them here.
        # The address, the socket, ssl and the log collector are given at each start and can't be changed here.
        max_connections = 100
        shared_buffers = 64MB
        max_wal_size = 256MB
        jit = off
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_line_prefix = '%m [%p] %q%u@%d '
        log_checkpoints = off
        # One file per weekday, overwritten after a week.
        log_filename = 'postgresql-%w.log'
        log_rotation_age = 1d
        log_rotation_size = 0
        log_truncate_on_rotation = on

        """;

    // Whoever may open the socket's folder (mode 0700) may sign in; there is no other way in.
    private const string Access = "local all all trust\n";

    public static int ReadMajor(string cluster) =>
        int.Parse(File.ReadAllText(Path.Combine(cluster, "PG_VERSION")).Trim(), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Makes it under another name and renames it when it is whole, so that a start that is cut short leaves nothing half-made in its place.</summary>
    public static async Task CreateAsync(string cluster, PostgresBinaries binaries, Confinement confinement, bool forTests, CancellationToken ct)
    {
        RemoveHalfMade(cluster);
        var fresh = $"{cluster}.new-{Guid.NewGuid():N}";
        try
        {
            if (!Posix.TryMakePrivateFolder(fresh)) throw new EmbeddedPostgresException($"{fresh} exists already.");
            if (confinement.User is { } user) Posix.ChangeOwner(fresh, user.UserId, user.GroupId);
            var (exitCode, output) = await ChildProcess.RunAsync(confinement.Tool(binaries.Initdb, Arguments(fresh, binaries.Major, forTests)), ct);
            if (exitCode != 0) throw Failure(cluster, exitCode, output);
            File.AppendAllText(Path.Combine(fresh, "postgresql.conf"), Settings);
            File.WriteAllText(Path.Combine(fresh, "pg_hba.conf"), Access);
            Directory.Move(fresh, cluster);
        }
        finally
        {
            if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        }
    }

    /// <summary>What a killed start left behind. The caller holds the data folder's lock, so nobody is making one.</summary>
    private static void RemoveHalfMade(string cluster)
    {
        foreach (var rest in Directory.EnumerateDirectories(Path.GetDirectoryName(cluster)!, Path.GetFileName(cluster) + ".new-*"))
            Directory.Delete(rest, recursive: true);
    }

    private static List<string> Arguments(string folder, int major, bool forTests)
    {
        List<string> arguments = ["-D", folder, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--data-checksums", "--lc-messages=C", "--no-instructions"];
        // The built-in provider keeps the order of indexes independent of the system's C library.
        if (major < 17) arguments.Add("--locale=C.UTF-8");
        else if (OperatingSystem.IsMacOS()) arguments.AddRange(["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--lc-ctype=en_US.UTF-8"]);
        else arguments.AddRange(["--locale-provider=builtin", "--locale=C.UTF-8"]);
        if (forTests) arguments.Add("--no-sync");
        return arguments;
    }

    private static EmbeddedPostgresException Failure(string cluster, int exitCode, string output)
    {
        var detail = ServerLog.Quote(output.Split('\n'));
        return FreeSpace.IsMissing(output)
            ? new DiskFullException(Path.GetDirectoryName(cluster)!, detail)
            : new EmbeddedPostgresException($"The database could not be made in {cluster} (initdb ended with {exitCode}). Nothing was left there.{detail}");
    }
}
