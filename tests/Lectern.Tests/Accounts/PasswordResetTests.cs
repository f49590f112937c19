using System.Text.RegularExpressions;
using Lectern.Accounts.Mails;
using Lectern.Accounts.Passwords;
using Lectern.Accounts.SignIns;

namespace Lectern.Tests.Accounts;

[Collection(AccountsDatabase.Name)]
public sealed partial class PasswordResetTests(AccountsPostgres postgres)
{
    private const string NewPassword = "seven loud green doors";

    public static TheoryData<string> Versions => AccountsPostgres.Versions;

    [Theory, MemberData(nameof(Versions))]
    public async Task A_reset_link_works_once_and_ends_every_sign_in(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org");
        var (cookie, tokens) = (await host.IssueCookieAsync(host.North, ana), await host.IssueTokensAsync(host.North, ana));
        await RequestAsync(host, "ANA@example.org");
        var (person, token) = Link(Assert.Single(await host.MailsAsync()).Text);

        Assert.Equal([], await ResetAsync(host, person, token, NewPassword));
        Assert.Null(await ResetAsync(host, person, token, "another nice long one"));

        Assert.Null(await host.FindCookieAsync(host.North, cookie));
        Assert.Null(await host.FindTokenAsync(host.North, tokens.Access));
        Assert.IsType<SignInOutcome.Wrong>(await host.SignInAsync(host.North, "ana@example.org", AccountsHost.Password));
        Assert.IsType<SignInOutcome.Right>(await host.SignInAsync(host.North, "ana@example.org", NewPassword));
        Assert.Equal("Your password was changed", (await host.MailsAsync())[^1].Subject);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Of_parallel_resets_by_one_link_one_succeeds(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await host.AddPersonAsync(host.North, "ana@example.org");
        await RequestAsync(host, "ana@example.org");
        var (person, token) = Link((await host.MailsAsync())[0].Text);

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => ResetAsync(host, person, token, $"{NewPassword} {i}")));

        Assert.Single(results, result => result is { Count: 0 });
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task An_unknown_address_gets_no_mail_and_a_known_one_not_more_than_three_an_hour(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await host.AddPersonAsync(host.North, "ana@example.org");
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(await RequestAsync(host, "nobody@example.org"));
            Assert.Null(await RequestAsync(host, "ana@example.org"));
        }
        Assert.Equal(["ana@example.org", "ana@example.org", "ana@example.org"], (await host.MailsAsync()).Select(mail => mail.To));

        host.Time.Advance(TimeSpan.FromHours(1));
        await RequestAsync(host, "ana@example.org");
        Assert.Equal(4, (await host.MailsAsync()).Count);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Sixty_requests_an_hour_from_one_address_are_enough(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        for (var i = 0; i < 60; i++)
            Assert.Null(await RequestAsync(host, $"nobody{i}@example.org"));
        Assert.Equal(TimeSpan.FromHours(1), await RequestAsync(host, "nobody@example.org"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_link_of_one_school_or_with_another_persons_id_is_not_good(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await host.AddPersonAsync(host.North, "ana@example.org");
        var ben = await host.AddPersonAsync(host.North, "ben@example.org");
        await RequestAsync(host, "ana@example.org");
        var (person, token) = Link((await host.MailsAsync())[0].Text);

        Assert.Null(await ResetAsync(host, ben, token, NewPassword));
        Assert.Null(await host.In<PasswordReset, IReadOnlyList<string>?>(host.South, reset => reset.ResetAsync(person, token, NewPassword, default)));
        Assert.Equal([PasswordRules.TooCommon], await ResetAsync(host, person, token, "qwertyuiop"));
        Assert.Equal([], await ResetAsync(host, person, token, NewPassword));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Changing_the_password_needs_the_current_one_and_keeps_only_the_sign_in_at_hand(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org");
        var (here, there) = (await host.IssueCookieAsync(host.North, ana), await host.IssueCookieAsync(host.North, ana));
        var signIn = await host.FindCookieAsync(host.North, here);

        Assert.Equal([PasswordChange.WrongCurrent], await ChangeAsync("not the current one"));
        Assert.NotNull(await host.FindCookieAsync(host.North, there));
        Assert.Equal([], await ChangeAsync(AccountsHost.Password));

        Assert.NotNull(await host.FindCookieAsync(host.North, here));
        Assert.Null(await host.FindCookieAsync(host.North, there));
        Assert.IsType<SignInOutcome.Right>(await host.SignInAsync(host.North, "ana@example.org", NewPassword));

        Task<IReadOnlyList<string>> ChangeAsync(string current) =>
            host.In<PasswordChange, IReadOnlyList<string>>(host.North, change => change.ChangeAsync(ana, current, NewPassword, signIn!.Id, default)); // found above
    }

    internal static (Guid Person, string Token) Link(string text)
    {
        var match = LinkPattern().Match(text);
        Assert.True(match.Success);
        return (Guid.Parse(match.Groups["person"].Value), AccountLinks.Decode(match.Groups["token"].Value));
    }

    private static Task<TimeSpan?> RequestAsync(AccountsHost host, string email) => host.In<PasswordReset, TimeSpan?>(host.North, reset => reset.RequestAsync(email, "192.0.2.7", default));

    private static Task<IReadOnlyList<string>?> ResetAsync(AccountsHost host, Guid person, string token, string password) =>
        host.In<PasswordReset, IReadOnlyList<string>?>(host.North, reset => reset.ResetAsync(person, token, password, default));

    [GeneratedRegex(@"person=(?<person>[0-9a-f]{32})&token=(?<token>[A-Za-z0-9_-]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex LinkPattern();
}
