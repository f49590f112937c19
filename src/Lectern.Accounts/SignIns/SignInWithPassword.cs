using Lectern.Accounts.Passwords;
using Lectern.Accounts.People;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lectern.Accounts.SignIns;

/// <summary>What came of e-mail address and password.</summary>
internal abstract record SignInOutcome
{
    public sealed record Right(Guid PersonId) : SignInOutcome;

    /// <summary>Wrong password or unknown address: which of the two is not told.</summary>
    public sealed record Wrong : SignInOutcome;

    /// <summary>Right, but the address was never confirmed.</summary>
    public sealed record Unconfirmed(Guid PersonId) : SignInOutcome;

    /// <summary>Right, but an administrator has locked the account.</summary>
    public sealed record Locked : SignInOutcome;

    public sealed record TooMany(TimeSpan RetryAfter) : SignInOutcome;

    /// <summary>Too many passwords are being checked at this moment.</summary>
    public sealed record Busy : SignInOutcome;
}

/// <summary>Checks e-mail address and password, and counts failures: per account in the database, per e-mail and network address in memory.</summary>
internal sealed class SignInWithPassword(LecternDb db, UserManager<Person> people, PasswordHashing passwords, SignInThrottle throttle, SchoolContext school, SignInClock clock)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    public async Task<SignInOutcome> CheckAsync(string email, string password, string ip, CancellationToken ct)
    {
        var keys = new Keys($"email:{school.Required.Id}:{people.NormalizeEmail(email.Trim())}", $"address:{Origin.NetworkOf(ip)}");
        if (WaitFor(keys) is { } wait)
            return new SignInOutcome.TooMany(wait);
        var person = await people.FindByEmailAsync(email.Trim());
        if (person?.LockoutEnd is { } until && until > clock.Now)
            return new SignInOutcome.TooMany(until - clock.Now);
        try
        {
            // Asked again when a slot is free: a thousand guesses sent at once would otherwise all be waiting behind the first check.
            var isRight = await passwords.VerifyAsync(person, password, () => WaitFor(keys) is null, ct);
            return isRight ? await RightAsync(person!, keys, ct) : await WrongAsync(person, keys, ct); // nobody's password is never right
        }
        catch (HashingBusyException)
        {
            return new SignInOutcome.Busy();
        }
    }

    private async Task<SignInOutcome> RightAsync(Person person, Keys keys, CancellationToken ct)
    {
        // A guess that was right while the account was being locked out by others must not get through.
        var rows = await db.Set<Person>().Where(row => row.Id == person.Id && (row.LockoutEnd == null || row.LockoutEnd <= clock.Now))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.AccessFailedCount, 0).SetProperty(row => row.LockoutEnd, (DateTimeOffset?)null), ct);
        if (rows == 0)
            return new SignInOutcome.TooMany(clock.Lockout);
        throttle.Forget(keys.Email);
        if (!person.MaySignIn)
            return new SignInOutcome.Locked();
        return person.EmailConfirmed ? new SignInOutcome.Right(person.Id) : new SignInOutcome.Unconfirmed(person.Id);
    }

    private async Task<SignInOutcome> WrongAsync(Person? person, Keys keys, CancellationToken ct)
    {
        if (WaitFor(keys) is { } wait)
            return new SignInOutcome.TooMany(wait);
        throttle.Count(keys.Email, Window);
        throttle.Count(keys.Address, Window);
        if (person is not null)
            await CountInDatabase(person.Id, ct);
        return new SignInOutcome.Wrong();
    }

    // One statement, so that parallel guesses on several nodes all count.
    private Task<int> CountInDatabase(Guid id, CancellationToken ct)
    {
        var (limit, lockedUntil) = (clock.LockoutAttempts, (DateTimeOffset?)(clock.Now + clock.Lockout));
        return db.Set<Person>().Where(row => row.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.LockoutEnd, row => row.AccessFailedCount + 1 >= limit ? lockedUntil : row.LockoutEnd)
            .SetProperty(row => row.AccessFailedCount, row => row.AccessFailedCount + 1 >= limit ? 0 : row.AccessFailedCount + 1), ct);
    }

    private TimeSpan? WaitFor(Keys keys) =>
        throttle.WaitFor(keys.Email, clock.LockoutAttempts, clock.Lockout) ?? throttle.WaitFor(keys.Address, clock.FailuresPerAddress, Window);

    private sealed record Keys(string Email, string Address);
}

/// <summary>The time, and the limits that depend on it.</summary>
internal sealed class SignInClock(TimeProvider time, IOptions<AccountsOptions> options)
{
    public DateTimeOffset Now => time.GetUtcNow();

    public TimeSpan Lockout => TimeSpan.FromMinutes(options.Value.LockoutMinutes);

    public int LockoutAttempts => options.Value.LockoutAttempts;

    public int FailuresPerAddress => options.Value.FailuresPerAddress;
}
