using System.ComponentModel.DataAnnotations;

namespace Lectern.Accounts;

/// <summary>The section <c>Accounts</c>: how long sign-ins and links last, and how many attempts are allowed.</summary>
public sealed record AccountsOptions
{
    /// <summary>A sign-in that is not used for this long has ended.</summary>
    public TimeSpan IdleExpiry { get; init; } = TimeSpan.FromDays(15);

    /// <summary>A sign-in ends at this age even if it is used every day.</summary>
    public TimeSpan AbsoluteExpiry { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Lifetime of an API access token; its refresh token lives as long as the sign-in.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan InvitationLifetime { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Wrong passwords in a row until the account is locked out for <see cref="LockoutMinutes"/>.</summary>
    [Range(3, 100)]
    public int LockoutAttempts { get; init; } = 5;

    [Range(1, 1440)]
    public int LockoutMinutes { get; init; } = 15;

    /// <summary>Failed sign-ins from one address in 15 minutes. A whole school may share an address, so only failures count.</summary>
    [Range(5, 100_000)]
    public int FailuresPerAddress { get; init; } = 100;

    /// <summary>Mails (reset, confirmation) asked for from one address in an hour.</summary>
    [Range(1, 100_000)]
    public int MailsPerAddress { get; init; } = 60;

    /// <summary>Mails to one e-mail address in an hour; more are silently not sent.</summary>
    [Range(1, 100)]
    public int MailsPerEmail { get; init; } = 3;

    /// <summary>Password checks that may wait for a hashing slot; more are told to come back.</summary>
    [Range(1, 10_000)]
    public int HashingQueue { get; init; } = 500;
}
