using System.Security.Cryptography;
using System.Text;

namespace Lectern.Platform.Postgres;

/// <summary>Where the cluster of a data folder lies.</summary>
internal static class ClusterPlace
{
    private const string LocationFile = "postgres.location";

    /// <summary>The folder of the cluster, or null when none was made yet.</summary>
    /// <exception cref="EmbeddedPostgresException">There was one and it is gone: an empty school must not appear in its place.</exception>
    public static string? FindExisting(string dataFolder)
    {
        var inside = Path.Combine(dataFolder, "postgres");
        if (Directory.Exists(inside))
        {
            if (File.Exists(Path.Combine(inside, "PG_VERSION"))) return inside;
            if (CanList(inside) && !Directory.EnumerateFileSystemEntries(inside).Any())
            {
                Directory.Delete(inside);
                return null;
            }
            throw Unreadable(inside);
        }
        var location = Path.Combine(dataFolder, LocationFile);
        if (!File.Exists(location)) return null;
        var elsewhere = File.ReadAllText(location).Trim();
        if (File.Exists(Path.Combine(elsewhere, "PG_VERSION"))) return elsewhere;
        throw new EmbeddedPostgresException(
            $"The database of the data folder {dataFolder} lies in {elsewhere} (so says {location}), and it is not there or not readable. "
            + $"Start Lectern as root as before; or bring the folder back; or, to begin anew without it, delete {location}.");
    }

    /// <summary>A place for a new cluster: in the data folder where the server's user can get there, else in the system's folder.</summary>
    public static async Task<string> ChooseAsync(string dataFolder, string systemFolder, Confinement confinement, CancellationToken ct)
    {
        if (await confinement.CanReachAsync(dataFolder, ct)) return Path.Combine(dataFolder, "postgres");
        var shelf = Path.Combine(systemFolder, "clusters");
        SharedBinaries.MakeOpenFolder(systemFolder);
        SharedBinaries.MakeOpenFolder(shelf);
        var name = Path.Combine(shelf, ShortHash(dataFolder));
        // A data folder that was deleted and made again must not find the old database.
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? name : $"{name}-{n}").First(place => !Path.Exists(place));
    }

    /// <summary>Written after the cluster is whole: a place that is named and empty would be taken for a loss.</summary>
    public static void Remember(string dataFolder, string cluster)
    {
        if (Path.GetDirectoryName(cluster) == dataFolder) return;
        var location = Path.Combine(dataFolder, LocationFile);
        File.WriteAllText(location + ".new", cluster + "\n");
        File.Move(location + ".new", location, overwrite: true);
    }

    public static string ShortHash(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..12];

    private static bool CanList(string folder)
    {
        try
        {
            _ = Directory.EnumerateFileSystemEntries(folder).Any();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static EmbeddedPostgresException Unreadable(string folder) => CanList(folder)
        ? new EmbeddedPostgresException($"The folder {folder} is not empty and holds no database. It was left as it is; move it away, or choose another folder with --data.")
        : new EmbeddedPostgresException($"The folder {folder} belongs to another user. Start Lectern as the user (or root) that made it, or choose another folder with --data.");
}
