using Lectern.Accounts.SignIns;
using Lectern.Platform.Schools;
using Microsoft.Extensions.Options;

namespace Lectern.Accounts.Mails;

/// <summary>Keeps anybody from flooding a mailbox through our forms.</summary>
internal sealed class MailLimit(SignInThrottle throttle, SchoolContext school, IOptions<AccountsOptions> options)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>How long this address of the net has to wait; null if it need not.</summary>
    public TimeSpan? WaitFor(string ip) => throttle.WaitFor(AddressKey(ip), options.Value.MailsPerAddress, Window);

    /// <summary>Counts a mail; false if the mailbox has had enough of them. The caller then says nothing different.</summary>
    public bool TryCount(string normalizedEmail, string ip)
    {
        throttle.Count(AddressKey(ip), Window);
        var key = $"mail:{school.Required.Id}:{normalizedEmail}";
        if (throttle.WaitFor(key, options.Value.MailsPerEmail, Window) is not null)
            return false;
        throttle.Count(key, Window);
        return true;
    }

    private static string AddressKey(string ip) => $"mail-from:{Origin.NetworkOf(ip)}";
}
