using Lectern.Accounts.Contracts;
using Lectern.Accounts.Invitations;
using Lectern.Accounts.Passwords;
using Lectern.Accounts.SignIns;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;

namespace Lectern.Tests.Accounts;

[Collection(AccountsDatabase.Name)]
public sealed class InvitationTests(AccountsPostgres postgres)
{
    public static TheoryData<string> Versions => AccountsPostgres.Versions;

    [Theory, MemberData(nameof(Versions))]
    public async Task An_invitation_is_mailed_and_makes_one_confirmed_account_with_its_role(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var link = await InviteAsync(host, "Ana@Example.org", PersonRoles.Teacher);
        var mail = Assert.Single(await host.MailsAsync());

        var acceptance = await AcceptAsync(host, link);

        Assert.Equal("Ana@Example.org", mail.To);
        Assert.Contains(link, mail.Text);
        Assert.StartsWith("https://school.example/invitation/", link);
        Assert.Equal(new SignInOutcome.Right(acceptance.PersonId!.Value), await host.SignInAsync(host.North, "ana@example.org", AccountsHost.Password)); // accepted
        var card = await host.In<IPeople, PersonCard?>(host.North, people => people.FindAsync(acceptance.PersonId.Value, default));
        Assert.Equal([PersonRoles.Teacher], card!.Roles); // found: just made
        Assert.Equal(Acceptance.NotOpen, await AcceptAsync(host, link));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Of_parallel_acceptances_of_one_link_without_an_address_one_makes_an_account(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var link = await host.In<FirstAdministrator, string?>(host.North, first => first.InviteAsync(default));

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => AcceptAsync(host, link!, $"person{i}@example.org"))); // there is no administrator yet

        var accepted = Assert.Single(results, result => result.PersonId is not null);
        var people = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => host.In<IPeople, PersonCard?>(host.North, people => people.FindByEmailAsync($"person{i}@example.org", default))));
        Assert.Equal(accepted.PersonId, Assert.Single(people, person => person is not null)!.Id); // not null by the predicate
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task An_expired_a_revoked_a_replaced_and_a_foreign_invitation_do_not_open(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var foreign = await host.In<InvitationBook, string>(host.South, book => book.CreateAsync("x@example.org", PersonRoles.Student, null, default));
        var replaced = await InviteAsync(host, "ana@example.org", PersonRoles.Student);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var revoked = await InviteAsync(host, "ana@example.org", PersonRoles.Student);
        Assert.Equal(Acceptance.NotOpen, await AcceptAsync(host, replaced));
        Assert.Equal(Acceptance.NotOpen, await AcceptAsync(host, foreign));

        Assert.True(await host.In<InvitationBook, bool>(host.North, async book => await book.RevokeAsync((await book.ListAsync(0, 10, default)).Page[0].Id, default)));
        Assert.Equal(Acceptance.NotOpen, await AcceptAsync(host, revoked));

        host.Time.Advance(TimeSpan.FromMinutes(1));
        var expired = await InviteAsync(host, "ben@example.org", PersonRoles.Student);
        host.Time.Advance(TimeSpan.FromDays(14));
        Assert.Equal(Acceptance.NotOpen, await AcceptAsync(host, expired));
        Assert.Equal([InvitationState.Expired, InvitationState.Revoked, InvitationState.Revoked], await host.In<InvitationBook, IEnumerable<InvitationState>>(host.North,
            async book => (await book.ListAsync(0, 10, default)).Page.Select(row => row.State)));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_refused_password_leaves_the_invitation_open(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var link = await InviteAsync(host, "ana@example.org", PersonRoles.Student);

        var refused = await AcceptAsync(host, link, password: "password2024");

        Assert.Equal([PasswordRules.TooCommon], refused.Problems);
        Assert.NotNull((await AcceptAsync(host, link)).PersonId);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_school_cannot_invite_a_platform_administrator(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await Assert.ThrowsAsync<ArgumentException>(() => InviteAsync(host, "ana@example.org", PersonRoles.PlatformAdmin));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task The_first_administrator_gets_a_new_link_until_there_is_one(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var old = await host.In<FirstAdministrator, string?>(host.North, first => first.InviteAsync(default));
        var link = await host.In<FirstAdministrator, string?>(host.North, first => first.InviteAsync(default));

        Assert.Equal(Acceptance.NotOpen, await AcceptAsync(host, old!, "ana@example.org")); // there is no administrator yet
        Assert.NotNull((await AcceptAsync(host, link!, "ana@example.org")).PersonId); // as above
        Assert.Null(await host.In<FirstAdministrator, string?>(host.North, first => first.InviteAsync(default)));
    }

    private static Task<string> InviteAsync(AccountsHost host, string email, string role) =>
        host.In<InvitationBook, string>(host.North, book => book.CreateAsync(email, role, null, default));

    private static Task<Acceptance> AcceptAsync(AccountsHost host, string link, string? email = null, string password = AccountsHost.Password) =>
        host.In<AcceptInvitation, Acceptance>(host.North, accept => accept.AcceptAsync(link.Split('/')[^1], email, "Ana Example", password, null, default));
}
