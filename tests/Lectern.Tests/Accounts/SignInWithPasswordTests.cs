using Lectern.Accounts.People;
using Lectern.Accounts.Registration;
using Lectern.Accounts.SignIns;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Tests.Accounts;

[Collection(AccountsDatabase.Name)]
public sealed class SignInWithPasswordTests(AccountsPostgres postgres)
{
    public static TheoryData<string> Versions => AccountsPostgres.Versions;

    [Theory, MemberData(nameof(Versions))]
    public async Task A_person_signs_in_with_any_spelling_of_the_address(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var ana = await host.AddPersonAsync(host.North, "ana@example.org", PersonRoles.Student);

        var outcome = await host.SignInAsync(host.North, " ANA@Example.org ", AccountsHost.Password);

        Assert.Equal(new SignInOutcome.Right(ana), outcome);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answers_all_the_way_to_the_lock_out(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await host.AddPersonAsync(host.North, "ana@example.org");

        for (var attempt = 0; attempt < 7; attempt++)
        {
            var known = await host.SignInAsync(host.North, "ana@example.org", "wrong wrong wrong");
            var unknown = await host.SignInAsync(host.North, "nobody@example.org", "wrong wrong wrong");
            Assert.Equal(known, unknown);
            Assert.Equal(attempt < 5, known is SignInOutcome.Wrong);
        }
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Five_wrong_passwords_lock_out_for_fifteen_minutes_on_every_node(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await using var other = host.AnotherNode();
        await host.AddPersonAsync(host.North, "ana@example.org");
        for (var attempt = 0; attempt < 5; attempt++)
            await host.SignInAsync(host.North, "ana@example.org", "wrong wrong wrong");

        var here = await host.SignInAsync(host.North, "ana@example.org", AccountsHost.Password);
        var there = await other.SignInAsync(host.North, "ana@example.org", AccountsHost.Password);
        host.Time.Advance(TimeSpan.FromMinutes(15));
        var later = await host.SignInAsync(host.North, "ana@example.org", AccountsHost.Password);

        Assert.Equal(new SignInOutcome.TooMany(TimeSpan.FromMinutes(15)), here);
        Assert.Equal(new SignInOutcome.TooMany(TimeSpan.FromMinutes(15)), there);
        Assert.IsType<SignInOutcome.Right>(later);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Forty_guesses_sent_at_once_are_not_more_than_five_guesses(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await host.AddPersonAsync(host.North, "ana@example.org");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => host.SignInAsync(host.North, "ana@example.org", "wrong wrong wrong")));

        // As many more as there are slots may already have been at work when the fifth failed.
        Assert.InRange(outcomes.Count(outcome => outcome is SignInOutcome.Wrong), 5, 4 + Math.Max(1, Environment.ProcessorCount - 1));
        Assert.IsType<SignInOutcome.TooMany>(await host.SignInAsync(host.North, "ana@example.org", AccountsHost.Password));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_right_password_clears_the_count(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await host.AddPersonAsync(host.North, "ana@example.org");
        for (var round = 0; round < 3; round++)
        {
            for (var attempt = 0; attempt < 4; attempt++)
                Assert.IsType<SignInOutcome.Wrong>(await host.SignInAsync(host.North, "ana@example.org", "wrong wrong wrong"));
            Assert.IsType<SignInOutcome.Right>(await host.SignInAsync(host.North, "ana@example.org", AccountsHost.Password));
        }
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_hundred_failures_from_one_address_close_it_for_every_account_but_not_for_other_addresses(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await host.AddPersonAsync(host.North, "ana@example.org");
        var throttle = host.Get<SignInThrottle>();
        for (var failure = 0; failure < 100; failure++)
            throttle.Count("address:192.0.2.66", SignInWithPassword.Window);

        Assert.IsType<SignInOutcome.TooMany>(await host.SignInAsync(host.North, "ana@example.org", AccountsHost.Password, "192.0.2.66"));
        Assert.IsType<SignInOutcome.Right>(await host.SignInAsync(host.North, "ana@example.org", AccountsHost.Password, "192.0.2.67"));
        host.Time.Advance(SignInWithPassword.Window);
        Assert.IsType<SignInOutcome.Right>(await host.SignInAsync(host.North, "ana@example.org", AccountsHost.Password, "192.0.2.66"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task One_address_is_two_people_in_two_schools(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var north = await host.AddPersonAsync(host.North, "ana@example.org");
        var south = await host.AddPersonAsync(host.South, "ana@example.org");

        Assert.NotEqual(north, south);
        Assert.Equal(new SignInOutcome.Right(north), await host.SignInAsync(host.North, "ana@example.org", AccountsHost.Password));
        Assert.Equal(new SignInOutcome.Right(south), await host.SignInAsync(host.South, "ana@example.org", AccountsHost.Password));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_locked_account_and_an_unconfirmed_one_stay_out_and_only_whoever_knows_the_password_is_told(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        var admin = await host.AddPersonAsync(host.North, "admin@example.org", PersonRoles.SchoolAdmin);
        var locked = await host.AddPersonAsync(host.North, "locked@example.org");
        var unconfirmed = await host.AddPersonAsync(host.North, "unconfirmed@example.org");
        await host.In<PeopleAdministration, string?>(host.North, people => people.LockAsync(locked, admin, default));
        await host.In<LecternDb, int>(host.North, db => db.Set<Person>().Where(person => person.Id == unconfirmed).ExecuteUpdateAsync(set => set.SetProperty(person => person.EmailConfirmed, false)));

        Assert.IsType<SignInOutcome.Wrong>(await host.SignInAsync(host.North, "locked@example.org", "wrong wrong wrong"));
        Assert.IsType<SignInOutcome.Locked>(await host.SignInAsync(host.North, "locked@example.org", AccountsHost.Password));
        Assert.Equal(new SignInOutcome.Unconfirmed(unconfirmed), await host.SignInAsync(host.North, "unconfirmed@example.org", AccountsHost.Password));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task The_demo_people_sign_in_and_exist_only_in_demo_mode(string version)
    {
        await using var demo = await AccountsHost.CreateAsync(postgres, version, demo: true);
        await using var real = await AccountsHost.CreateAsync(postgres, version);
        foreach (var host in new[] { demo, real })
        {
            for (var times = 0; times < 2; times++)
            {
                await using var scope = host.In(host.North);
                await ((Lectern.Platform.Demo.IDemoContent)scope.ServiceProvider.GetService(typeof(Lectern.Platform.Demo.IDemoContent))!).LoadAsync("", new Progress<string>(), default); // registered by the module
            }
        }

        foreach (var email in new[] { "student@demo.test", "teacher@demo.test", "admin@demo.test" })
        {
            Assert.IsType<SignInOutcome.Right>(await demo.SignInAsync(demo.North, email, "demo-lectern-1"));
            Assert.IsType<SignInOutcome.Wrong>(await real.SignInAsync(real.North, email, "demo-lectern-1"));
        }
    }
}
