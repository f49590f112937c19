using Lectern.Accounts.Mails;
using Lectern.Accounts.People;
using Lectern.Accounts.SignIns;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lectern.Accounts.Invitations;

internal enum InvitationState
{
    Open,
    Accepted,
    Expired,
    Revoked,
}

internal sealed record InvitationRow(Guid Id, string? Email, string Role, string? InvitedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, InvitationState State);

/// <summary>The invitations of the scope's school.</summary>
internal sealed class InvitationBook(LecternDb db, SchoolContext school, AccountMails mails, AccountLinks links, IOptions<AccountsOptions> options, TimeProvider time)
{
    /// <summary>Makes an invitation, mails it if an address is known, and returns its link. An open one for the same address is replaced.</summary>
    /// <exception cref="ArgumentException">The role does not exist in this school.</exception>
    public async Task<string> CreateAsync(string? email, string role, Guid? invitedBy, CancellationToken ct)
    {
        if (!SchoolRoles.Of(school.Required).Contains(role))
            throw new ArgumentException($"The role {role} does not exist in this school.", nameof(role));
        var now = time.GetUtcNow();
        if (email is not null)
            await RevokeOpenAsync(email, now, ct);
        var token = SecretToken.NewSecret();
        var invitation = Invitation.Create(email, role, SecretToken.Hash(token), invitedBy, now, now + options.Value.InvitationLifetime);
        db.Add(invitation);
        var link = links.Invitation(token);
        if (email is not null)
            mails.Invite(email.Trim(), link, invitation.ExpiresAt);
        await db.SaveChangesAsync(ct);
        return link;
    }

    /// <summary>The open invitation of a link, or null.</summary>
    public async Task<Invitation?> FindOpenAsync(string token, CancellationToken ct)
    {
        var (hash, now) = (SecretToken.Hash(token), time.GetUtcNow());
        return await db.Set<Invitation>().AsNoTracking()
            .SingleOrDefaultAsync(invitation => invitation.TokenHash == hash && invitation.AcceptedAt == null && invitation.RevokedAt == null && invitation.ExpiresAt > now, ct);
    }

    /// <summary>Marks it as used. Of two who do so at the same moment one gets true. Call inside the transaction that makes the account.</summary>
    public async Task<bool> TryUseAsync(Guid id, Guid acceptedBy, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return await db.Set<Invitation>()
            .Where(invitation => invitation.Id == id && invitation.AcceptedAt == null && invitation.RevokedAt == null && invitation.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(invitation => invitation.AcceptedAt, now).SetProperty(invitation => invitation.AcceptedBy, acceptedBy), ct) == 1;
    }

    public async Task<bool> RevokeAsync(Guid id, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return await db.Set<Invitation>().Where(invitation => invitation.Id == id && invitation.AcceptedAt == null && invitation.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(invitation => invitation.RevokedAt, now), ct) == 1;
    }

    /// <summary>Makes the program's own open invitations void.</summary>
    public Task RevokeOwnAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return db.Set<Invitation>().Where(invitation => invitation.CreatedBy == null && invitation.Email == null && invitation.AcceptedAt == null && invitation.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(invitation => invitation.RevokedAt, now), ct);
    }

    public async Task<(IReadOnlyList<InvitationRow> Page, int Total)> ListAsync(int skip, int take, CancellationToken ct)
    {
        var total = await db.Set<Invitation>().CountAsync(ct);
        var rows = await (
            from invitation in db.Set<Invitation>()
            join person in db.Set<Person>() on invitation.CreatedBy equals person.Id into creators
            from creator in creators.DefaultIfEmpty()
            orderby invitation.CreatedAt descending, invitation.Id
            select new { invitation, Creator = creator == null ? null : creator.DisplayName }).AsNoTracking().Skip(skip).Take(take).ToListAsync(ct);
        var now = time.GetUtcNow();
        return ([.. rows.Select(row => new InvitationRow(row.invitation.Id, row.invitation.Email, row.invitation.Role, row.Creator, row.invitation.CreatedAt, row.invitation.ExpiresAt, StateOf(row.invitation, now)))], total);
    }

    private static InvitationState StateOf(Invitation invitation, DateTimeOffset now) => invitation switch
    {
        { AcceptedAt: not null } => InvitationState.Accepted,
        { RevokedAt: not null } => InvitationState.Revoked,
        _ => invitation.ExpiresAt <= now ? InvitationState.Expired : InvitationState.Open,
    };

    private Task<int> RevokeOpenAsync(string email, DateTimeOffset now, CancellationToken ct)
    {
        var address = Invitation.Normalize(email);
        return db.Set<Invitation>().Where(invitation => invitation.Email == address && invitation.AcceptedAt == null && invitation.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(invitation => invitation.RevokedAt, now), ct);
    }
}
