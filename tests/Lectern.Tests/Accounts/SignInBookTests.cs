using Lectern.Accounts.People;
using Lectern.Accounts.SignIns;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Tests.Accounts;

[Collection(AccountsDatabase.Name)]
public sealed class SignInBookTests(AccountsPostgres postgres)
{
    public static TheoryData<string> Versions => AccountsPostgres.Versions;

    [Theory, MemberData(nameof(Versions))]
    public async Task A_cookie_stands_for_its_person_and_roles(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org", PersonRoles.Teacher, PersonRoles.SchoolAdmin);
        var cookie = await host.IssueCookieAsync(host.North, ana);

        var known = await host.FindCookieAsync(host.North, cookie);

        Assert.NotNull(known);
        Assert.Equal((ana, "ana Example"), (known.PersonId, known.DisplayName));
        Assert.Equal([PersonRoles.SchoolAdmin, PersonRoles.Teacher], known.Roles.Order());
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_cookie_of_one_school_is_nobody_in_another(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org");
        await host.AddPersonAsync(host.South, "ana@example.org");
        var cookie = await host.IssueCookieAsync(host.North, ana);
        Assert.NotNull(await host.FindCookieAsync(host.North, cookie)); // now in the cache

        Assert.Null(await host.FindCookieAsync(host.South, cookie));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_changed_secret_or_the_wrong_kind_of_token_is_nobody(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org");
        var cookie = await host.IssueCookieAsync(host.North, ana);
        var tokens = await host.IssueTokensAsync(host.North, ana);

        Assert.Null(await host.FindCookieAsync(host.North, cookie[..^1] + (cookie[^1] == 'A' ? 'E' : 'A')));
        Assert.Null(await host.FindTokenAsync(host.North, cookie));
        Assert.Null(await host.FindCookieAsync(host.North, tokens.Access));
        Assert.Null(await host.FindTokenAsync(host.North, tokens.Refresh));
        Assert.Null(await host.FindCookieAsync(host.North, "nonsense"));
        Assert.NotNull(await host.FindTokenAsync(host.North, tokens.Access));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_revoked_sign_in_ends_at_once_here_and_within_fifteen_seconds_on_another_node(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await using var other = host.AnotherNode();
        var ana = await host.AddPersonAsync(host.North, "ana@example.org");
        var cookie = await host.IssueCookieAsync(host.North, ana);
        var known = await host.FindCookieAsync(host.North, cookie);
        Assert.NotNull(await other.FindCookieAsync(host.North, cookie));

        await host.In<SignInBook, bool>(host.North, book => book.RevokeAsync(ana, known!.Id, default)); // found above

        Assert.Null(await host.FindCookieAsync(host.North, cookie));
        other.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Null(await other.FindCookieAsync(host.North, cookie));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Nobody_ends_the_sign_in_of_another_person(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org");
        var ben = await host.AddPersonAsync(host.North, "ben@example.org");
        var cookie = await host.IssueCookieAsync(host.North, ana);
        var known = await host.FindCookieAsync(host.North, cookie);

        Assert.False(await host.In<SignInBook, bool>(host.North, book => book.RevokeAsync(ben, known!.Id, default))); // found above
        Assert.NotNull(await host.FindCookieAsync(host.North, cookie));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Sign_out_everywhere_ends_cookies_and_tokens_alike(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org");
        var ben = await host.AddPersonAsync(host.North, "ben@example.org");
        var (phone, laptop, program, bens) = (await host.IssueCookieAsync(host.North, ana), await host.IssueCookieAsync(host.North, ana), await host.IssueTokensAsync(host.North, ana), await host.IssueCookieAsync(host.North, ben));
        Assert.NotNull(await host.FindTokenAsync(host.North, program.Access));

        await host.In<SignInBook, int>(host.North, async book =>
        {
            await book.RevokeAllAsync(ana, except: null, default);
            return 0;
        });

        Assert.Null(await host.FindCookieAsync(host.North, phone));
        Assert.Null(await host.FindCookieAsync(host.North, laptop));
        Assert.Null(await host.FindTokenAsync(host.North, program.Access));
        Assert.Null(await RefreshAsync(host, program.Refresh));
        Assert.NotNull(await host.FindCookieAsync(host.North, bens));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_sign_in_ends_after_fifteen_idle_days_and_at_ninety_days_even_if_used(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org");
        var (idle, used) = (await host.IssueCookieAsync(host.North, ana), await host.IssueCookieAsync(host.North, ana));

        for (var day = 0; day < 80; day += 10)
        {
            Assert.NotNull(await host.FindCookieAsync(host.North, used));
            host.Time.Advance(TimeSpan.FromDays(10));
        }
        Assert.Null(await host.FindCookieAsync(host.North, idle));
        Assert.NotNull(await host.FindCookieAsync(host.North, used));
        host.Time.Advance(TimeSpan.FromDays(10));
        Assert.Null(await host.FindCookieAsync(host.North, used));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Use_is_written_down_at_most_every_five_minutes(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org");
        var cookie = await host.IssueCookieAsync(host.North, ana);
        var start = host.Time.GetUtcNow();

        host.Time.Advance(TimeSpan.FromMinutes(4));
        await host.FindCookieAsync(host.North, cookie);
        Assert.Equal(start, await LastSeenAsync(host));
        host.Time.Advance(TimeSpan.FromMinutes(2));
        await host.FindCookieAsync(host.North, cookie);
        Assert.Equal(start.AddMinutes(6), await LastSeenAsync(host));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task An_access_token_ends_and_the_refresh_token_gives_a_new_one_once(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org");
        var first = await host.IssueTokensAsync(host.North, ana);
        host.Time.Advance(first.AccessLifetime);
        Assert.Null(await host.FindTokenAsync(host.North, first.Access));

        var second = await RefreshAsync(host, first.Refresh);

        Assert.NotNull(second);
        Assert.NotNull(await host.FindTokenAsync(host.North, second.Access));
        Assert.Null(await host.FindTokenAsync(host.North, first.Access));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_refresh_token_used_twice_even_generations_later_ends_the_sign_in_for_everyone(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org");
        var first = await host.IssueTokensAsync(host.North, ana);
        var second = await RefreshAsync(host, first.Refresh);
        var third = await RefreshAsync(host, second!.Refresh); // a first use succeeds
        Assert.NotNull(await host.FindTokenAsync(host.North, third!.Access)); // as above

        Assert.Null(await RefreshAsync(host, first.Refresh));

        Assert.Null(await host.FindTokenAsync(host.North, third.Access));
        Assert.Null(await RefreshAsync(host, third.Refresh));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Who_only_knows_the_id_of_a_sign_in_cannot_end_it_by_a_made_up_refresh_token(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org");
        var tokens = await host.IssueTokensAsync(host.North, ana);
        var id = tokens.Refresh.Split('.')[0];

        Assert.Null(await RefreshAsync(host, $"{id}.{SecretToken.NewSecret()}.{SecretToken.NewSecret()}"));

        Assert.NotNull(await RefreshAsync(host, tokens.Refresh));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Of_parallel_uses_of_one_refresh_token_at_most_one_succeeds(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org");
        var tokens = await host.IssueTokensAsync(host.North, ana);

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => RefreshAsync(host, tokens.Refresh)));

        Assert.Single(results, result => result is not null);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_locked_person_is_out_at_once_and_a_changed_role_counts_at_once(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var admin = await host.AddPersonAsync(host.North, "admin@example.org", PersonRoles.SchoolAdmin);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org", PersonRoles.Student);
        var (cookie, tokens) = (await host.IssueCookieAsync(host.North, ana), await host.IssueTokensAsync(host.North, ana));
        await host.FindCookieAsync(host.North, cookie);

        await host.In<PeopleAdministration, string?>(host.North, people => people.SetRolesAsync(ana, [PersonRoles.Teacher], admin, default));
        Assert.Equal([PersonRoles.Teacher], (await host.FindCookieAsync(host.North, cookie))!.Roles); // still signed in
        await host.In<PeopleAdministration, string?>(host.North, people => people.LockAsync(ana, admin, default));

        Assert.Null(await host.FindCookieAsync(host.North, cookie));
        Assert.Null(await RefreshAsync(host, tokens.Refresh));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task The_platform_role_means_nothing_outside_of_the_system_school_however_it_got_there(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var system = await host.EnsureSchoolAsync(new NewSchool(SchoolAdministration.SystemSlug, "Lectern", "UTC", "en", "EUR", ["system.example"]));
        var ana = await host.AddPersonAsync(host.North, "ana@example.org");
        var operators = await host.AddPersonAsync(system, "operator@example.org", PersonRoles.PlatformAdmin);
        await host.In<LecternDb, int>(host.North, db =>
        {
            db.Add(PersonRole.Create(ana, PersonRoles.PlatformAdmin, host.Time.GetUtcNow()));
            return db.SaveChangesAsync();
        });

        Assert.Empty((await host.FindCookieAsync(host.North, await host.IssueCookieAsync(host.North, ana)))!.Roles); // just issued
        Assert.Equal([PersonRoles.PlatformAdmin], (await host.FindCookieAsync(system, await host.IssueCookieAsync(system, operators)))!.Roles); // as above
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Ended_sign_ins_are_deleted_a_month_later_in_every_school(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var (ana, ben) = (await host.AddPersonAsync(host.North, "ana@example.org"), await host.AddPersonAsync(host.South, "ben@example.org"));
        await host.IssueCookieAsync(host.North, ana);
        await host.IssueCookieAsync(host.South, ben);
        host.Time.Advance(TimeSpan.FromDays(40));
        var living = await host.IssueCookieAsync(host.South, ben);
        host.Time.Advance(TimeSpan.FromDays(6));

        await using (var scope = host.In(host.North))
            await ((SweepSignIns)scope.ServiceProvider.GetService(typeof(SweepSignIns))!).RunAsync(default); // registered by the module

        Assert.Equal(0, await host.In<LecternDb, int>(host.North, db => db.Set<SignIn>().CountAsync()));
        Assert.Equal(1, await host.In<LecternDb, int>(host.South, db => db.Set<SignIn>().CountAsync()));
        Assert.NotNull(await host.FindCookieAsync(host.South, living));
    }

    private static Task<ApiTokens?> RefreshAsync(AccountsHost host, string token) => host.In<SignInBook, ApiTokens?>(host.North, book => book.RefreshAsync(token, default));

    private static Task<DateTimeOffset> LastSeenAsync(AccountsHost host) => host.In<LecternDb, DateTimeOffset>(host.North, db => db.Set<SignIn>().Select(signIn => signIn.LastSeenAt).SingleAsync());
}
