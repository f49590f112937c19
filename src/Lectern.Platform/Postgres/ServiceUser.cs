using System.Globalization;

namespace Lectern.Platform.Postgres;

/// <summary>The system user that PostgreSQL runs as when Lectern is root: one of its own, since `nobody` is shared with
/// other services, which could then read the cluster.</summary>
internal static class ServiceUser
{
    private const string Name = "lectern-db";

    public static async Task<ServerUser> EnsureAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } existing) return existing;
        var useradd = ChildProcess.Find("useradd") ?? throw Missing("`useradd` was not found");
        var (exitCode, output) = await ChildProcess.RunAsync(useradd,
            ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", Name], ct);
        // Another start may have made it in between; then useradd fails and the user is there.
        return await FindAsync(ct) ?? throw Missing($"`useradd` ended with {exitCode}: {output}");
    }

    private static async Task<ServerUser?> FindAsync(CancellationToken ct)
    {
        var id = ChildProcess.Find("id") ?? "id";
        var (exitCode, user) = await ChildProcess.RunAsync(id, ["-u", Name], ct);
        if (exitCode != 0) return null;
        var (_, group) = await ChildProcess.RunAsync(id, ["-g", Name], ct);
        return new ServerUser(Name, uint.Parse(user, CultureInfo.InvariantCulture), uint.Parse(group, CultureInfo.InvariantCulture));
    }

    private static EmbeddedPostgresException Missing(string why) => new(
        $"PostgreSQL does not run as root, and the system user {Name} could not be made for it ({why}). "
        + $"Make it by hand (`useradd --system {Name}`), or start Lectern as an ordinary user.");
}
