using Lectern.Accounts.Mails;
using Lectern.Accounts.People;
using Lectern.Accounts.SignIns;
using Microsoft.AspNetCore.Identity;

namespace Lectern.Accounts.Passwords;

/// <summary>Gives a person a new password: ends the other sign-ins, and tells the person by mail.</summary>
internal sealed class PasswordChange(UserManager<Person> people, PasswordHashing passwords, SignInBook signIns, AccountMails mails, SignInThrottle throttle)
{
    // T["This is not your current password."] T["Your account was changed elsewhere at the same moment. Please try again."]
    internal const string WrongCurrent = "This is not your current password.";

    /// <summary>The person changes it, knowing the current one. Returns problems (English texts).</summary>
    /// <param name="keep">The sign-in at hand, which stays.</param>
    public async Task<IReadOnlyList<string>> ChangeAsync(Guid personId, string current, string wanted, Guid? keep, CancellationToken ct)
    {
        var person = await people.FindByIdAsync(personId.ToString()) ?? throw new InvalidOperationException("The signed-in person does not exist.");
        var key = $"change:{personId}";
        var isRight = await passwords.VerifyAsync(person, current, () => throttle.WaitFor(key, 5, SignInWithPassword.Window) is null, ct);
        if (!isRight)
        {
            throttle.Count(key, SignInWithPassword.Window);
            return [WrongCurrent];
        }
        return await SetAsync(person, wanted, keep, tell: true, ct);
    }

    /// <summary>Sets it without asking for the current one.</summary>
    public async Task<IReadOnlyList<string>> SetAsync(Person person, string wanted, Guid? keep, bool tell, CancellationToken ct)
    {
        if (await passwords.ProblemsAsync(person, wanted) is { Count: > 0 } problems)
            return problems;
        person.PasswordHash = await passwords.HashAsync(person, wanted, ct);
        (person.AccessFailedCount, person.LockoutEnd) = (0, null);
        if (tell)
            mails.PasswordChanged(person);
        // Saves all of it. The new security stamp makes outstanding reset and confirmation links void.
        var result = await people.UpdateSecurityStampAsync(person);
        if (!result.Succeeded)
            return ["Your account was changed elsewhere at the same moment. Please try again."];
        await signIns.RevokeAllAsync(person.Id, keep, ct);
        return [];
    }
}
