using Lectern.Accounts.People;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lectern.Accounts.Registration;

/// <summary>Links that confirm an address live longer than those that reset a password: a mailbox may be read days later.</summary>
internal sealed class ConfirmationTokens(IDataProtectionProvider protection, IOptions<ConfirmationTokenOptions> options, ILogger<DataProtectorTokenProvider<Person>> logger)
    : DataProtectorTokenProvider<Person>(protection, options, logger)
{
    public const string ProviderName = "Confirmation";
}

internal sealed class ConfirmationTokenOptions : DataProtectionTokenProviderOptions
{
    public ConfirmationTokenOptions()
    {
        Name = ConfirmationTokens.ProviderName;
        TokenLifespan = TimeSpan.FromDays(7);
    }
}
