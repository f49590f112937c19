using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Platform.Data;

/// <summary>
/// Leases contexts from the pool, each told whose school it works for. Rooms ask for the scoped <see cref="LecternDb"/>; this is
/// for long-lived objects (a live conversation, a job) that need a short-lived context now and then.
/// </summary>
public sealed class LecternDbFactory
{
    private readonly IDbContextFactory<LecternDb> _pool;

    internal LecternDbFactory(IDbContextFactory<LecternDb> pool) => _pool = pool;

    /// <summary>A context for the given school; dispose it soon.</summary>
    public LecternDb Create(School school)
    {
        var context = new SchoolContext();
        context.Enter(school);
        return Create(context);
    }

    /// <summary>A context without a school: it sees only tables that belong to no school.</summary>
    public LecternDb CreateWithoutSchool() => Create((SchoolContext?)null);

    // A pooled context remembers the last lease, so every lease sets it anew.
    internal LecternDb Create(SchoolContext? context)
    {
        var db = _pool.CreateDbContext();
        db.Lease(context);
        return db;
    }
}
