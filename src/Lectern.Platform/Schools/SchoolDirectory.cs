using System.Collections.Frozen;
using Lectern.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Platform.Schools;

/// <summary>
/// Which school a host name belongs to. The whole table is held in memory and read anew after <see cref="MaxAge"/>, or at once
/// on the node that changed it; while the database is away, what is known goes on to hold. One school on the installation answers to every host; <c>slug.localhost</c> always works, so
/// that several can be tried on one machine.
/// </summary>
public sealed class SchoolDirectory(LecternDbFactory databases, DatabaseWatch watch, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Snapshot? _snapshot;

    /// <summary>The school of the host (without port), or null.</summary>
    public async ValueTask<School?> FindByHostAsync(string host, CancellationToken ct) => (await CurrentAsync(ct)).ByHost(host);

    public async ValueTask<School?> FindBySlugAsync(string slug, CancellationToken ct) => (await CurrentAsync(ct)).BySlug.GetValueOrDefault(slug);

    public async ValueTask<School?> FindAsync(Guid id, CancellationToken ct) => (await CurrentAsync(ct)).ById.GetValueOrDefault(id);

    public async ValueTask<IReadOnlyList<School>> AllAsync(CancellationToken ct) => (await CurrentAsync(ct)).ById.Values;

    /// <summary>The school of the host as far as memory tells; asks nobody.</summary>
    internal School? Remembered(string host) => _snapshot?.ByHost(host);

    /// <summary>Forgets what is in memory, after a change on this node.</summary>
    public void Forget() => _snapshot = null;

    public void Dispose() => _loading.Dispose();

    private async ValueTask<Snapshot> CurrentAsync(CancellationToken ct)
    {
        var known = _snapshot;
        if (known is not null && (watch.IsAway || time.GetElapsedTime(known.LoadedAt) < MaxAge))
            return known;
        // One reader refreshes; the others go on with what is known.
        if (known is not null && !await _loading.WaitAsync(0, ct))
            return known;
        if (known is null)
            await _loading.WaitAsync(ct);
        try
        {
            return _snapshot is { } fresh && fresh != known ? fresh : _snapshot = await LoadAsync(ct);
        }
        catch (Exception e) when (known is not null && DatabaseTrouble.IsAway(e))
        {
            watch.Suspect();
            return known;
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task<Snapshot> LoadAsync(CancellationToken ct)
    {
        await using var db = databases.CreateWithoutSchool();
        var schools = await db.Set<SchoolRecord>().AsNoTracking().OrderBy(school => school.CreatedAt).ToListAsync(ct);
        var hosts = await db.Set<SchoolHost>().AsNoTracking().ToListAsync(ct);
        return new Snapshot([.. schools.Select(school => school.ToSchool())], hosts, time.GetTimestamp());
    }

    private sealed class Snapshot
    {
        private readonly FrozenDictionary<string, School> _byHost;
        private readonly School? _only;

        public Snapshot(IReadOnlyList<School> schools, IEnumerable<SchoolHost> hosts, long loadedAt)
        {
            ById = schools.ToFrozenDictionary(school => school.Id);
            BySlug = schools.ToFrozenDictionary(school => school.Slug, StringComparer.OrdinalIgnoreCase);
            LoadedAt = loadedAt;
            _byHost = hosts.Where(host => ById.ContainsKey(host.SchoolId))
                .ToFrozenDictionary(host => host.Host, host => ById[host.SchoolId], StringComparer.OrdinalIgnoreCase);
            _only = schools.Where(school => !school.IsSystem).Take(2).ToList() is [var only] ? only : null;
        }

        public FrozenDictionary<Guid, School> ById { get; }

        public FrozenDictionary<string, School> BySlug { get; }

        public long LoadedAt { get; }

        public School? ByHost(string host)
        {
            if (_byHost.TryGetValue(host, out var school))
                return school;
            const string local = ".localhost";
            if (host.EndsWith(local, StringComparison.OrdinalIgnoreCase) && BySlug.TryGetValue(host[..^local.Length], out school))
                return school;
            return _only;
        }
    }
}
