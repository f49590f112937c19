using System.Text.Json;
using Lectern.Accounts.Contracts;
using Lectern.Accounts.SignIns;
using Lectern.Platform.Privacy;
using Lectern.Platform.Security;
using Npgsql;

namespace Lectern.Tests.Accounts;

[Collection(AccountsDatabase.Name)]
public sealed class PersonalDataTests(AccountsPostgres postgres)
{
    public static TheoryData<string> Versions => AccountsPostgres.Versions;

    [Theory, MemberData(nameof(Versions))]
    public async Task The_export_holds_what_is_known_and_no_secret(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org", PersonRoles.Student);
        await host.IssueTokensAsync(host.North, ana);

        var json = JsonSerializer.Serialize(await host.In<IPersonalData, object>(host.North, data => data.ExportAsync(ana, default)));

        Assert.All(new[] { "ana@example.org", "ana Example", "student", "Firefox, Linux", "192.0.2.7" }, known => Assert.Contains(known, json, StringComparison.Ordinal));
        Assert.DoesNotContain("hash", json, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("stamp", json, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task An_erased_person_leaves_no_name_or_address_in_any_table_and_may_come_again(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org", PersonRoles.Student);
        var cookie = await host.IssueCookieAsync(host.North, ana);
        Assert.NotNull(await host.FindCookieAsync(host.North, cookie));

        for (var times = 0; times < 2; times++)
        {
            await using var scope = host.In(host.North);
            await ((IPersonalData)scope.ServiceProvider.GetService(typeof(IPersonalData))!).EraseAsync(ana, default); // registered by the module
        }

        foreach (var table in new[] { "person", "person_role", "sign_in", "invitation" })
            Assert.Equal(0, await MentionsAsync(host, table));
        Assert.Null(await host.FindCookieAsync(host.North, cookie));
        Assert.Null(await host.In<IPeople, PersonCard?>(host.North, people => people.FindAsync(ana, default)));
        Assert.IsType<SignInOutcome.Wrong>(await host.SignInAsync(host.North, "ana@example.org", AccountsHost.Password));
        Assert.NotEqual(ana, await host.AddPersonAsync(host.North, "ana@example.org"));
    }

    private static async Task<long> MentionsAsync(AccountsHost host, string table)
    {
        await using var connection = new NpgsqlConnection(host.Connections.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"select count(*) from {table} t where t::text ilike '%ana %' or t::text ilike '%ana@%' or t::text like '%192.0.2%'", connection);
        return (long)(await command.ExecuteScalarAsync())!; // count is never null
    }
}
