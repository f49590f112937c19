using Lectern.Accounts.Invitations;
using Lectern.Accounts.People;
using Lectern.Accounts.SignIns;
using Lectern.Platform.Data;
using Lectern.Platform.Privacy;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Accounts.Privacy;

internal sealed class AccountsPersonalData(LecternDb db, SchoolContext school, SignInCache cache, TimeProvider time) : IPersonalData
{
    public string Room => "Accounts";

    public async Task<object> ExportAsync(Guid personId, CancellationToken ct) => new
    {
        Account = await db.Set<Person>().Where(person => person.Id == personId)
            .Select(person => new { person.Id, person.DisplayName, person.Email, person.EmailConfirmed, person.Locale, person.CreatedAt, person.LastSeenAt, person.LockedAt }).SingleOrDefaultAsync(ct),
        Roles = await db.Set<PersonRole>().Where(role => role.PersonId == personId).Select(role => new { role.Role, role.GrantedAt }).ToListAsync(ct),
        SignIns = await db.Set<SignIn>().Where(signIn => signIn.PersonId == personId)
            .Select(signIn => new { Kind = signIn.Kind.ToString(), signIn.Device, signIn.Ip, signIn.CreatedAt, signIn.LastSeenAt, signIn.RevokedAt }).ToListAsync(ct),
        Invitations = await db.Set<Invitation>().Where(invitation => invitation.AcceptedBy == personId || invitation.CreatedBy == personId)
            .Select(invitation => new { invitation.Email, invitation.Role, invitation.CreatedAt, invitation.AcceptedAt, IsFromMe = invitation.CreatedBy == personId }).ToListAsync(ct),
    };

    public async Task EraseAsync(Guid personId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var person = await db.Set<Person>().SingleOrDefaultAsync(row => row.Id == personId, ct);
        if (person is null)
            return;
        var address = Invitation.Normalize(person.Email!); // required by the model
        await db.Set<SignIn>().Where(signIn => signIn.PersonId == personId).ExecuteDeleteAsync(ct);
        await db.Set<PersonRole>().Where(role => role.PersonId == personId).ExecuteDeleteAsync(ct);
        await db.Set<Invitation>().Where(invitation => invitation.AcceptedBy == personId || invitation.Email == address).ExecuteDeleteAsync(ct);
        person.Erase(time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        cache.ForgetPerson(school.Required.Id, personId);
    }
}
