using Lectern.Accounts.Passwords;
using Lectern.Accounts.People;
using Lectern.Platform.Data;

namespace Lectern.Accounts.Invitations;

/// <summary>What came of accepting: the new person's id, or problems (English texts), or neither when the invitation is no longer open.</summary>
internal sealed record Acceptance(Guid? PersonId, IReadOnlyList<string> Problems)
{
    public static Acceptance NotOpen { get; } = new(null, []);
}

/// <summary>Makes an account from an invitation. The link came by mail or from an administrator, so the address counts as confirmed.</summary>
internal sealed class AcceptInvitation(LecternDb db, InvitationBook invitations, PersonFactory factory, PasswordHashing passwords)
{
    /// <param name="email">Used only where the invitation names none.</param>
    public async Task<Acceptance> AcceptAsync(string token, string? email, string displayName, string password, string? locale, CancellationToken ct)
    {
        if (await invitations.FindOpenAsync(token, ct) is not { } invitation)
            return Acceptance.NotOpen;
        var person = factory.Draft(invitation.Email ?? email ?? "", displayName, locale);
        person.EmailConfirmed = true;
        if (await passwords.ProblemsAsync(person, password) is { Count: > 0 } problems)
            return new Acceptance(null, problems);
        person.PasswordHash = await passwords.HashAsync(person, password, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await factory.StoreAsync(person, [invitation.Role], ct) is { Count: > 0 } refused)
            return new Acceptance(null, refused);
        if (!await invitations.TryUseAsync(invitation.Id, person.Id, ct))
            return Acceptance.NotOpen;
        await transaction.CommitAsync(ct);
        return new Acceptance(person.Id, []);
    }
}
