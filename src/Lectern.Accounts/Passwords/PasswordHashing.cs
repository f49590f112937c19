using Lectern.Accounts.People;
using Microsoft.AspNetCore.Identity;

namespace Lectern.Accounts.Passwords;

/// <summary>Hashes and checks passwords, always inside a <see cref="HashingSlots"/> slot.</summary>
internal sealed class PasswordHashing(UserManager<Person> people, IPasswordHasher<Person> hasher, HashingSlots slots)
{
    // Somebody to compare with when the address belongs to nobody, so that the answer takes as long.
    private static readonly Person Nobody = Person.Create("nobody@invalid", "", null, DateTimeOffset.UnixEpoch);
    private static string? _nobodysHash;

    /// <summary>What is wrong with a new password, as English texts.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(Person person, string password)
    {
        var problems = new List<string>();
        foreach (var rule in people.PasswordValidators)
            problems.AddRange((await rule.ValidateAsync(people, person, password)).Errors.Select(Describe));
        return problems;
    }

    /// <exception cref="HashingBusyException">Too many are being hashed.</exception>
    public async Task<string> HashAsync(Person person, string password, CancellationToken ct)
    {
        using var slot = await slots.EnterAsync(ct);
        return hasher.HashPassword(person, password);
    }

    /// <summary>Whether the password is the person's. Takes as long for nobody.</summary>
    /// <param name="mayStill">Asked when a slot is free: what was allowed before the wait may not be any more. False counts as a wrong password.</param>
    /// <exception cref="HashingBusyException">Too many are being hashed.</exception>
    public async Task<bool> VerifyAsync(Person? person, string password, Func<bool> mayStill, CancellationToken ct)
    {
        using var slot = await slots.EnterAsync(ct);
        if (!mayStill())
            return false;
        if (person?.PasswordHash is not null)
            return await people.CheckPasswordAsync(person, password);
        hasher.VerifyHashedPassword(Nobody, _nobodysHash ??= hasher.HashPassword(Nobody, "nobody has this password"), password);
        return false;
    }

    // T["Please choose a password of at least 10 characters."]
    private static string Describe(IdentityError error) =>
        error.Code == nameof(IdentityErrorDescriber.PasswordTooShort) ? "Please choose a password of at least 10 characters." : error.Description;
}
