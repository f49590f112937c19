using Lectern.Accounts.Contracts;
using Lectern.Accounts.People;
using Lectern.Accounts.Passwords;
using Lectern.Accounts.SignIns;
using Lectern.Platform.Security;

namespace Lectern.Tests.Accounts;

[Collection(AccountsDatabase.Name)]
public sealed class PeopleTests(AccountsPostgres postgres)
{
    public static TheoryData<string> Versions => AccountsPostgres.Versions;

    [Theory, MemberData(nameof(Versions))]
    public async Task Names_are_found_for_the_people_of_the_school_only(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var (ana, ben) = (await host.AddPersonAsync(host.North, "ana@example.org"), await host.AddPersonAsync(host.South, "ben@example.org"));

        var names = await host.In<IPeople, IReadOnlyDictionary<Guid, PersonName>>(host.North, people => people.NamesAsync([ana, ben, Guid.NewGuid()], default));

        Assert.Equal([new PersonName(ana, "ana Example")], names.Values);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_taken_address_a_poor_password_and_a_foreign_role_are_refused_and_leave_nothing(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await host.AddPersonAsync(host.North, "ana@example.org");

        Assert.Equal([PersonFactory.EmailTaken], (await CreateAsync(host, new NewPerson("ANA@example.org", "Ana", AccountsHost.Password, []))).Problems);
        Assert.Equal([PasswordRules.TooCommon], (await CreateAsync(host, new NewPerson("b@example.org", "Ben", "password1234", []))).Problems);
        Assert.Equal(["Please choose a password of at least 10 characters."], (await CreateAsync(host, new NewPerson("b@example.org", "Ben", "k7#xq-Lw", []))).Problems);
        Assert.NotEmpty((await CreateAsync(host, new NewPerson("b@example.org", "Ben", AccountsHost.Password, [PersonRoles.PlatformAdmin]))).Problems);
        Assert.NotEmpty((await CreateAsync(host, new NewPerson("not an address", "Ben", AccountsHost.Password, []))).Problems);
        Assert.Null(await host.In<IPeople, PersonCard?>(host.North, people => people.FindByEmailAsync("b@example.org", default)));
        Assert.True((await CreateAsync(host, new NewPerson("b@example.org", "Ben", AccountsHost.Password, [PersonRoles.Teacher]))).Succeeded);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Two_who_take_one_address_at_the_same_moment_become_one_account(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CreateAsync(host, new NewPerson("ana@example.org", "Ana", Password: null, [PersonRoles.Student]))));

        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal([PersonFactory.EmailTaken], result.Problems));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task The_list_searches_names_and_addresses_literally_filters_by_role_and_pages(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await host.AddPersonAsync(host.North, "ana_1@example.org", PersonRoles.Student);
        await host.AddPersonAsync(host.North, "anab1@example.org", PersonRoles.Teacher);
        await host.AddPersonAsync(host.North, "ben@example.org", PersonRoles.Student);
        await host.AddPersonAsync(host.South, "ana_1@example.org", PersonRoles.Student);

        Assert.Equal(["ana_1@example.org"], await ListAsync("NA_1", null));
        Assert.Equal(["ben@example.org"], await ListAsync("BEN EX", null));
        Assert.Equal(["ana_1@example.org", "ben@example.org"], await ListAsync(null, PersonRoles.Student));
        Assert.Equal([], await ListAsync("%", null));
        var (page, total) = await host.In<PeopleAdministration, (IReadOnlyList<PersonRow> Page, int Total)>(host.North, people => people.ListAsync(null, null, 1, 1, default));
        Assert.Equal((1, 3), (page.Count, total));

        Task<IEnumerable<string>> ListAsync(string? search, string? role) => host.In<PeopleAdministration, IEnumerable<string>>(host.North,
            async people => (await people.ListAsync(search, role, 0, 10, default)).Page.Select(row => row.Email));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task An_administrator_cannot_lock_or_demote_themselves(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var admin = await host.AddPersonAsync(host.North, "admin@example.org", PersonRoles.SchoolAdmin);

        Assert.Equal(PeopleAdministration.NotOneself, await host.In<PeopleAdministration, string?>(host.North, people => people.LockAsync(admin, admin, default)));
        Assert.Equal(PeopleAdministration.NotOneself, await host.In<PeopleAdministration, string?>(host.North, people => people.SetRolesAsync(admin, [PersonRoles.Teacher], admin, default)));
        Assert.Null(await host.In<PeopleAdministration, string?>(host.North, people => people.SetRolesAsync(admin, [PersonRoles.SchoolAdmin, PersonRoles.Teacher], admin, default)));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task The_command_lines_password_reset_signs_the_person_out_and_unlocks(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org");
        var cookie = await host.IssueCookieAsync(host.North, ana);

        Assert.True((await host.In<IPeople, PersonResult>(host.North, people => people.ResetPasswordAsync("ana@example.org", "seven loud green doors", default))).Succeeded);
        Assert.False((await host.In<IPeople, PersonResult>(host.North, people => people.ResetPasswordAsync("nobody@example.org", "seven loud green doors", default))).Succeeded);

        Assert.Null(await host.FindCookieAsync(host.North, cookie));
        Assert.IsType<SignInOutcome.Right>(await host.SignInAsync(host.North, "ana@example.org", "seven loud green doors"));
    }

    private static Task<PersonResult> CreateAsync(AccountsHost host, NewPerson person) => host.In<IPeople, PersonResult>(host.North, people => people.CreateAsync(person, default));
}
