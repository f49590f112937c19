namespace Lectern.Platform.Postgres;

/// <summary>The embedded PostgreSQL could not be started. The message is written for the person at the terminal: what
/// happened, what was kept, what to do.</summary>
public class EmbeddedPostgresException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Another Lectern holds the data folder.</summary>
public sealed class DataFolderInUseException(string dataFolder, int? processId) : EmbeddedPostgresException(
    $"The data folder {dataFolder} is in use by another Lectern"
    + (processId is null ? "." : $" (process {processId}).")
    + " Stop that one first, or choose another folder with --data.")
{
    /// <summary>The process that holds the folder, where it could be read.</summary>
    public int? ProcessId { get; } = processId;
}

/// <summary>The cluster was made by another major version of PostgreSQL than the one at hand. It was left as it is.</summary>
public sealed class ClusterVersionException : EmbeddedPostgresException
{
    internal ClusterVersionException(string cluster, int clusterMajor, PostgresBinaries at, string? matching)
        : base($"The database in {cluster} was made by PostgreSQL {clusterMajor}, and the PostgreSQL at hand is {at.Version} "
            + $"({at.Folder}). Nothing was changed. To move over: back up with PostgreSQL {clusterMajor} "
            + $"({Found(clusterMajor, matching)}), then restore into a new data folder with PostgreSQL {at.Major}: "
            + "`./lectern backup FILE`, `./lectern restore FILE --data NEW`.")
    {
        ClusterMajor = clusterMajor;
        BinariesMajor = at.Major;
    }

    /// <summary>The major version that made the cluster.</summary>
    public int ClusterMajor { get; }

    /// <summary>The major version of the binaries that were found.</summary>
    public int BinariesMajor { get; }

    private static string Found(int major, string? folder) => folder is null
        ? $"install it, and name its folder of binaries, as in /usr/lib/postgresql/{major}/bin"
        : $"it is installed: name its folder of binaries, {folder}";
}

/// <summary>The disk is full. A cluster that was being made was removed; an existing one was left as it is.</summary>
public sealed class DiskFullException : EmbeddedPostgresException
{
    internal DiskFullException(string folder, string detail, Exception? inner = null)
        : base($"The disk is full: {FreeSpace.Describe(folder)}. A new database needs about 100 MB. Nothing that was there was "
            + $"changed. Make room, or choose another folder with --data.{detail}", inner)
    {
    }
}

/// <summary>A server of this cluster was killed, and some of its processes live on.</summary>
internal sealed class ProcessesLeftException(string cluster, string detail) : EmbeddedPostgresException(
    $"Processes of a PostgreSQL that was killed still use {cluster} and do not end. Find them with `ps`, end them (`kill -QUIT`), and start again. The database was left as it is.{detail}");
