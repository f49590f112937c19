using Lectern.Accounts.Invitations;
using Lectern.Accounts.People;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Accounts.Contracts;

/// <summary>Lets the first administrator into a school that has none: a link for the console, since nobody could have sent a mail.</summary>
public sealed class FirstAdministrator
{
    private readonly LecternDb _db;
    private readonly SchoolContext _school;
    private readonly InvitationBook _invitations;

    internal FirstAdministrator(LecternDb db, SchoolContext school, InvitationBook invitations) => (_db, _school, _invitations) = (db, school, invitations);

    /// <summary>
    /// The link by which the school's first administrator makes an account; null if the school has one. Each call makes the links of earlier calls void.
    /// </summary>
    public async Task<string?> InviteAsync(CancellationToken ct)
    {
        var role = _school.Required.IsSystem ? PersonRoles.PlatformAdmin : PersonRoles.SchoolAdmin;
        if (await HasAdministrator(role, ct))
            return null;
        await _invitations.RevokeOwnAsync(ct);
        return await _invitations.CreateAsync(email: null, role, invitedBy: null, ct);
    }

    private Task<bool> HasAdministrator(string role, CancellationToken ct) => (
        from held in _db.Set<PersonRole>()
        join person in _db.Set<Person>() on held.PersonId equals person.Id
        where held.Role == role && person.DeletedAt == null
        select held.Id).AnyAsync(ct);
}
