using Lectern.Accounts.Invitations;
using Lectern.Accounts.People;
using Lectern.Accounts.SignIns;
using Lectern.Platform.Data;
using Lectern.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lectern.Tests.Accounts;

/// <summary>Queries that forget the school, and rows that claim another one.</summary>
[Collection(AccountsDatabase.Name)]
public sealed class WallTests(AccountsPostgres postgres)
{
    private static readonly string[] Tables = ["person", "person_role", "sign_in", "invitation"];

    public static TheoryData<string> Versions => AccountsPostgres.Versions;

    [Theory, MemberData(nameof(Versions))]
    public async Task Raw_sql_that_names_no_school_sees_nothing_in_any_table(string version)
    {
        await using var host = await FilledAsync(version);
        foreach (var table in Tables)
        {
            Assert.True(await CountAsync(host.Connections.Owner, table) >= 2, $"{table} is filled");
            Assert.Equal(0, await CountAsync(host.Connections.App, table));
        }
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_query_that_ignores_the_filter_still_sees_only_its_own_school(string version)
    {
        await using var host = await FilledAsync(version);

        var seen = await host.In<LecternDb, List<Guid>>(host.North, async db =>
        [
            .. await db.Set<Person>().IgnoreQueryFilters().Select(row => row.SchoolId).ToListAsync(),
            .. await db.Set<PersonRole>().IgnoreQueryFilters().Select(row => row.SchoolId).ToListAsync(),
            .. await db.Set<SignIn>().IgnoreQueryFilters().Select(row => row.SchoolId).ToListAsync(),
            .. await db.Set<Invitation>().IgnoreQueryFilters().Select(row => row.SchoolId).ToListAsync(),
        ]);

        Assert.True(seen.Count >= 4);
        Assert.All(seen, school => Assert.Equal(host.North.Id, school));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_row_that_claims_another_school_is_refused(string version)
    {
        await using var host = await FilledAsync(version);
        await using var scope = host.In(host.North);
        var db = (LecternDb)scope.ServiceProvider.GetService(typeof(LecternDb))!; // registered by AddLecternDb
        var forged = db.Add(Invitation.Create("x@example.org", PersonRoles.SchoolAdmin, [1], null, host.Time.GetUtcNow(), host.Time.GetUtcNow().AddDays(1)));
        forged.Property(invitation => invitation.SchoolId).CurrentValue = host.South.Id;

        var failure = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());

        Assert.Equal("42501", Assert.IsType<PostgresException>(failure.InnerException).SqlState);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Updates_and_deletes_that_forget_the_school_touch_only_their_own(string version)
    {
        await using var host = await FilledAsync(version);
        var before = await CountAsync(host.Connections.Owner, "sign_in");

        var deleted = await host.In<LecternDb, int>(host.North, db => db.Set<SignIn>().IgnoreQueryFilters().ExecuteDeleteAsync());
        var locked = await host.In<LecternDb, int>(host.North, db => db.Set<Person>().IgnoreQueryFilters().ExecuteUpdateAsync(set => set.SetProperty(person => person.DisplayName, "?")));

        Assert.Equal((1, 1), (deleted, locked));
        Assert.Equal(before - 1, await CountAsync(host.Connections.Owner, "sign_in"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_role_cannot_be_hung_on_a_person_of_another_school(string version)
    {
        await using var host = await FilledAsync(version);
        var stranger = await host.In<LecternDb, Guid>(host.South, db => db.Set<Person>().Select(person => person.Id).SingleAsync());

        var failure = await Assert.ThrowsAsync<DbUpdateException>(() => host.In<LecternDb, int>(host.North, db =>
        {
            db.Add(PersonRole.Create(stranger, PersonRoles.SchoolAdmin, host.Time.GetUtcNow()));
            return db.SaveChangesAsync();
        }));

        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, Assert.IsType<PostgresException>(failure.InnerException).SqlState);
    }

    private async Task<AccountsHost> FilledAsync(string version)
    {
        var host = await AccountsHost.CreateAsync(postgres, version);
        foreach (var school in new[] { host.North, host.South })
        {
            var person = await host.AddPersonAsync(school, "ana@example.org", PersonRoles.Student);
            await host.IssueCookieAsync(school, person);
            await host.In<InvitationBook, string>(school, book => book.CreateAsync("ben@example.org", PersonRoles.Student, person, default));
        }
        return host;
    }

    private static async Task<long> CountAsync(string connectionString, string table)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"select count(*) from {table}", connection);
        return (long)(await command.ExecuteScalarAsync())!; // count is never null
    }
}
