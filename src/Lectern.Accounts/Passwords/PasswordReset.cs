using Lectern.Accounts.Mails;
using Lectern.Accounts.People;
using Lectern.Accounts.SignIns;
using Lectern.Platform.Data;
using Microsoft.AspNetCore.Identity;

namespace Lectern.Accounts.Passwords;

/// <summary>A forgotten password: a link by mail that works once, for some hours. Nobody learns from it whether an address has an account.</summary>
internal sealed class PasswordReset(LecternDb db, UserManager<Person> people, PasswordChange change, AccountMails mails, AccountLinks links, MailLimit limit)
{
    /// <summary>Mails the link if the address has an account. Returns how long to wait if too many were asked for from one place.</summary>
    public async Task<TimeSpan?> RequestAsync(string email, string ip, CancellationToken ct)
    {
        if (limit.WaitFor(ip) is { } wait)
            return wait;
        var mayMail = limit.TryCount(people.NormalizeEmail(email.Trim()) ?? "", ip);
        var person = await people.FindByEmailAsync(email.Trim());
        if (person is { MaySignIn: true } && mayMail)
        {
            mails.ResetPassword(person, links.ResetPassword(person.Id, await people.GeneratePasswordResetTokenAsync(person)));
            await db.SaveChangesAsync(ct);
        }
        return null;
    }

    /// <summary>The person of a link that is still good, or null.</summary>
    public async Task<Person?> FindAsync(Guid personId, string token, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var person = await people.FindByIdAsync(personId.ToString());
        return person is { MaySignIn: true } && await people.VerifyUserTokenAsync(person, people.Options.Tokens.PasswordResetTokenProvider, UserManager<Person>.ResetPasswordTokenPurpose, token)
            ? person : null;
    }

    /// <summary>Sets the new password and ends every sign-in. Null when the link is no longer good; else problems (English texts).</summary>
    public async Task<IReadOnlyList<string>?> ResetAsync(Guid personId, string token, string password, CancellationToken ct)
    {
        if (await FindAsync(personId, token, ct) is not { } person)
            return null;
        // Whoever has the link reads the mailbox.
        person.EmailConfirmed = true;
        return await change.SetAsync(person, password, keep: null, tell: true, ct);
    }
}
