using Lectern.Accounts.Passwords;
using Lectern.Accounts.Registration;
using Lectern.Accounts.SignIns;
using Lectern.Platform.Schools;

namespace Lectern.Tests.Accounts;

[Collection(AccountsDatabase.Name)]
public sealed class RegistrationTests(AccountsPostgres postgres)
{
    public static TheoryData<string> Versions => AccountsPostgres.Versions;

    [Theory, MemberData(nameof(Versions))]
    public async Task Registration_is_closed_until_the_school_opens_it_for_itself(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        Assert.IsType<RegistrationOutcome.Closed>(await RegisterAsync(host));
        await OpenAsync(host, host.South);
        Assert.IsType<RegistrationOutcome.Closed>(await RegisterAsync(host));
        await OpenAsync(host, host.North);
        Assert.IsType<RegistrationOutcome.Accepted>(await RegisterAsync(host));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_new_student_signs_in_after_confirming_the_address_and_not_before(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await OpenAsync(host, host.North);
        await RegisterAsync(host);
        Assert.IsType<SignInOutcome.Unconfirmed>(await host.SignInAsync(host.North, "ana@example.org", AccountsHost.Password));
        var (person, token) = PasswordResetTests.Link(Assert.Single(await host.MailsAsync()).Text);

        Assert.False(await ConfirmAsync(host, person, token + "x"));
        Assert.True(await ConfirmAsync(host, person, token));

        Assert.Equal(new SignInOutcome.Right(person), await host.SignInAsync(host.North, "ana@example.org", AccountsHost.Password));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Registering_a_taken_address_looks_the_same_changes_nothing_and_tells_the_owner(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await OpenAsync(host, host.North);
        await host.AddPersonAsync(host.North, "ana@example.org");

        var outcome = await RegisterAsync(host, "a strangers pass phrase");

        Assert.Equal(new RegistrationOutcome.Accepted(), outcome);
        Assert.StartsWith("You already have an account", Assert.Single(await host.MailsAsync()).Subject);
        Assert.IsType<SignInOutcome.Right>(await host.SignInAsync(host.North, "ana@example.org", AccountsHost.Password));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_strangers_earlier_registration_does_not_leave_its_password_behind(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await OpenAsync(host, host.North);
        await RegisterAsync(host, "a strangers pass phrase");
        await RegisterAsync(host);
        var mails = await host.MailsAsync();
        var (person, first) = PasswordResetTests.Link(mails[0].Text);
        var (_, second) = PasswordResetTests.Link(mails[1].Text);

        Assert.False(await ConfirmAsync(host, person, first));
        Assert.True(await ConfirmAsync(host, person, second));
        Assert.IsType<SignInOutcome.Wrong>(await host.SignInAsync(host.North, "ana@example.org", "a strangers pass phrase"));
        Assert.IsType<SignInOutcome.Right>(await host.SignInAsync(host.North, "ana@example.org", AccountsHost.Password));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_poor_password_is_refused_alike_for_free_and_taken_addresses(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await OpenAsync(host, host.North);
        var free = Assert.IsType<RegistrationOutcome.Refused>(await RegisterAsync(host, "1234567890"));
        await host.AddPersonAsync(host.North, "ana@example.org");
        var taken = Assert.IsType<RegistrationOutcome.Refused>(await RegisterAsync(host, "1234567890"));

        Assert.Equal([PasswordRules.TooCommon], free.Problems);
        Assert.Equal(free.Problems, taken.Problems);
    }

    private static async Task OpenAsync(AccountsHost host, School school)
    {
        await using var scope = host.In(school);
        await ((SchoolSettings)scope.ServiceProvider.GetService(typeof(SchoolSettings))!).SetAsync(new RegistrationSetting { IsOpen = true }, default); // registered by AddLecternDb
    }

    private static Task<RegistrationOutcome> RegisterAsync(AccountsHost host, string password = AccountsHost.Password) =>
        host.In<Register, RegistrationOutcome>(host.North, register => register.RegisterAsync("ana@example.org", "Ana Example", password, null, "192.0.2.7", default));

    private static Task<bool> ConfirmAsync(AccountsHost host, Guid person, string token) => host.In<ConfirmEmail, bool>(host.North, confirm => confirm.ConfirmAsync(person, token, default));
}
