using Lectern.Accounts.Mails;
using Lectern.Accounts.Passwords;
using Lectern.Accounts.People;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Microsoft.AspNetCore.Identity;

namespace Lectern.Accounts.Registration;

/// <summary>What came of a registration. Accepted says nothing about whether the address had an account: the mail does.</summary>
internal abstract record RegistrationOutcome
{
    public sealed record Accepted : RegistrationOutcome;

    public sealed record Closed : RegistrationOutcome;

    public sealed record TooMany(TimeSpan RetryAfter) : RegistrationOutcome;

    /// <param name="Problems">English texts, about the password.</param>
    public sealed record Refused(IReadOnlyList<string> Problems) : RegistrationOutcome;
}

/// <summary>Open registration of students, where the school allows it.</summary>
internal sealed class Register(
    LecternDb db, SchoolSettings settings, UserManager<Person> people, PersonFactory factory, PasswordHashing passwords, ConfirmEmail confirmation, MailPost post)
{
    public async Task<RegistrationOutcome> RegisterAsync(string email, string displayName, string password, string? locale, string ip, CancellationToken ct)
    {
        if (!(await settings.GetAsync<RegistrationSetting>(ct)).IsOpen)
            return new RegistrationOutcome.Closed();
        if (post.Limit.WaitFor(ip) is { } wait)
            return new RegistrationOutcome.TooMany(wait);
        var draft = factory.Draft(email, displayName, locale);
        if (await passwords.ProblemsAsync(draft, password) is { Count: > 0 } problems)
            return new RegistrationOutcome.Refused(problems);
        // Hashed in any case, so that the answer takes as long for an address that has an account.
        draft.PasswordHash = await passwords.HashAsync(draft, password, ct);
        var mayMail = post.Limit.TryCount(people.NormalizeEmail(draft.Email) ?? "", ip);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var existing = await people.FindByEmailAsync(draft.Email!); // set by the factory
        if (existing is null)
            await CreateAsync(draft, mayMail, ct);
        else if (mayMail)
            await RemindAsync(existing, draft, ct);
        await transaction.CommitAsync(ct);
        return new RegistrationOutcome.Accepted();
    }

    private async Task CreateAsync(Person draft, bool mayMail, CancellationToken ct)
    {
        if (await factory.StoreAsync(draft, [PersonRoles.Student], ct) is { Count: 0 } && mayMail)
            await confirmation.QueueAsync(draft, ct);
    }

    // An account that was never confirmed belongs to nobody yet: the newest registration counts, so that no stranger's password lies in wait.
    private async Task RemindAsync(Person existing, Person draft, CancellationToken ct)
    {
        if (existing.EmailConfirmed || !existing.MaySignIn)
        {
            post.Mails.AlreadyRegistered(existing);
            await db.SaveChangesAsync(ct);
            return;
        }
        existing.Describe(draft.DisplayName, draft.Locale);
        existing.PasswordHash = draft.PasswordHash;
        await people.UpdateSecurityStampAsync(existing);
        await confirmation.QueueAsync(existing, ct);
    }
}
