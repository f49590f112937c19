using Lectern.Accounts.Mails;
using Lectern.Accounts.People;
using Lectern.Platform.Data;
using Microsoft.AspNetCore.Identity;

namespace Lectern.Accounts.Registration;

/// <summary>Makes sure that an address belongs to whoever gave it.</summary>
internal sealed class ConfirmEmail(LecternDb db, UserManager<Person> people, MailPost post, AccountLinks links)
{
    public async Task QueueAsync(Person person, CancellationToken ct)
    {
        post.Mails.ConfirmEmail(person, links.ConfirmEmail(person.Id, await people.GenerateEmailConfirmationTokenAsync(person)));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Sends the link again to somebody who proved to know the password.</summary>
    public async Task ResendAsync(Guid personId, string ip, CancellationToken ct)
    {
        var person = await people.FindByIdAsync(personId.ToString());
        if (person is { EmailConfirmed: false, NormalizedEmail: { } email } && post.Limit.TryCount(email, ip))
            await QueueAsync(person, ct);
    }

    /// <summary>False when the link is not, or no longer, good.</summary>
    public async Task<bool> ConfirmAsync(Guid personId, string token, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var person = await people.FindByIdAsync(personId.ToString());
        return person is { MaySignIn: true } && (await people.ConfirmEmailAsync(person, token)).Succeeded;
    }
}
