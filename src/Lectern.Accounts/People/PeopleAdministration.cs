using Lectern.Accounts.SignIns;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Accounts.People;

internal sealed record PersonRow(Guid Id, string DisplayName, string Email, bool EmailConfirmed, IReadOnlyList<string> Roles, DateTimeOffset? LastSeenAt, DateTimeOffset? LockedAt, DateTimeOffset? LockoutEnd);

/// <summary>What an administrator does with the people of the school.</summary>
internal sealed class PeopleAdministration(LecternDb db, SchoolContext school, SignInBook signIns, SignInCache cache, TimeProvider time)
{
    // T["You cannot take your own administrator role away, or lock yourself. Ask another administrator."] T["This person does not exist any more."]
    internal const string NotOneself = "You cannot take your own administrator role away, or lock yourself. Ask another administrator.";
    internal const string Gone = "This person does not exist any more.";

    /// <param name="search">Part of a name or e-mail address.</param>
    /// <param name="role">Only those who hold it; null for all.</param>
    public async Task<(IReadOnlyList<PersonRow> Page, int Total)> ListAsync(string? search, string? role, int skip, int take, CancellationToken ct)
    {
        var found = db.Set<Person>().Where(person => person.DeletedAt == null);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = $"%{Escape(search.Trim())}%";
            found = found.Where(person => EF.Functions.ILike(person.DisplayName, pattern, "\\") || EF.Functions.ILike(person.Email!, pattern, "\\")); // required by the model
        }
        if (!string.IsNullOrEmpty(role))
            found = found.Where(person => db.Set<PersonRole>().Any(held => held.PersonId == person.Id && held.Role == role));
        var total = await found.CountAsync(ct);
        var page = await Rows(found.OrderBy(person => person.DisplayName).ThenBy(person => person.Id).Skip(skip).Take(take)).ToListAsync(ct);
        return (page, total);
    }

    public Task<PersonRow?> FindAsync(Guid id, CancellationToken ct) => Rows(db.Set<Person>().Where(person => person.Id == id && person.DeletedAt == null)).SingleOrDefaultAsync(ct);

    /// <summary>Gives the person exactly these roles. Returns what is wrong (an English text), or null.</summary>
    public async Task<string?> SetRolesAsync(Guid id, IReadOnlyCollection<string> wanted, Guid by, CancellationToken ct)
    {
        if (wanted.Except(SchoolRoles.Of(school.Required)).Any())
            return "This role does not exist in this school.";
        if (!await db.Set<Person>().AnyAsync(person => person.Id == id && person.DeletedAt == null, ct))
            return Gone;
        var held = await db.Set<PersonRole>().Where(role => role.PersonId == id).ToListAsync(ct);
        var lost = held.Where(role => !wanted.Contains(role.Role)).ToList();
        if (id == by && lost.Exists(role => role.Role is PersonRoles.SchoolAdmin or PersonRoles.PlatformAdmin))
            return NotOneself;
        db.RemoveRange(lost);
        db.AddRange(wanted.Distinct().Except(held.Select(role => role.Role)).Select(role => PersonRole.Create(id, role, time.GetUtcNow())));
        await db.SaveChangesAsync(ct);
        cache.ForgetPerson(school.Required.Id, id);
        return null;
    }

    /// <summary>Locks the account and ends every sign-in.</summary>
    public async Task<string?> LockAsync(Guid id, Guid by, CancellationToken ct)
    {
        if (id == by)
            return NotOneself;
        if (await LoadAsync(id, ct) is not { } person)
            return Gone;
        person.Lock(time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await signIns.RevokeAllAsync(id, except: null, ct);
        return null;
    }

    /// <summary>Unlocks the account, also after wrong passwords.</summary>
    public async Task<string?> UnlockAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is not { } person)
            return Gone;
        person.Unlock();
        await db.SaveChangesAsync(ct);
        return null;
    }

    /// <summary>Changes the person's own name and language.</summary>
    public async Task DescribeAsync(Guid id, string displayName, string? locale, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is not { } person)
            return;
        person.Describe(displayName, locale);
        await db.SaveChangesAsync(ct);
        cache.ForgetPerson(school.Required.Id, id);
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");

    private Task<Person?> LoadAsync(Guid id, CancellationToken ct) => db.Set<Person>().SingleOrDefaultAsync(person => person.Id == id && person.DeletedAt == null, ct);

    private IQueryable<PersonRow> Rows(IQueryable<Person> people) => people.AsNoTracking().Select(person => new PersonRow(
        person.Id, person.DisplayName, person.Email!, person.EmailConfirmed, // required by the model
        db.Set<PersonRole>().Where(role => role.PersonId == person.Id).OrderBy(role => role.Role).Select(role => role.Role).ToList(), person.LastSeenAt, person.LockedAt, person.LockoutEnd));
}
