using System.Text.Json;
using Lectern.Accounts;
using Lectern.Accounts.Contracts;
using Lectern.Accounts.People;
using Lectern.Accounts.SignIns;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Localization;
using Lectern.Platform.Mail;
using Lectern.Platform.Modules;
using Lectern.Platform.Operations;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Tests.Accounts;

/// <summary>The rooms Platform and Accounts on a database of their own, with two schools, as one node sees them.</summary>
internal sealed class AccountsHost : IAsyncDisposable
{
    public const string Password = "four quiet blue lamps";
    public static readonly Origin Somewhere = new("Firefox, Linux", "192.0.2.7");

    private readonly ServiceProvider _services;
    private readonly DataFolder _data;

    private AccountsHost(DatabaseConnections connections, ManualTime time, DataFolder data, bool demo)
    {
        (Connections, Time, _data) = (connections, time, data);
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton(data).AddSingleton(new DemoMode(demo)).AddSingleton(new PublicAddress("https://school.example"));
        services.AddSingleton(MasterKey.Load(null, data)).AddSingleton(new MaintenanceMode(data, false, time));
        services.AddLecternDb(connections);
        foreach (var module in (IModule[])[new PlatformModule(), new AccountsModule()])
        {
            services.AddSingleton(module);
            module.AddServices(services);
        }
        services.AddTexts();
        services.AddSingleton<TimeProvider>(time);
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public DatabaseConnections Connections { get; }

    public ManualTime Time { get; }

    public School North { get; private set; } = null!; // set by CreateAsync

    public School South { get; private set; } = null!; // set by CreateAsync

    public static async Task<AccountsHost> CreateAsync(AccountsPostgres postgres, string version, bool demo = false)
    {
        var data = new DataFolder(Directory.CreateTempSubdirectory("lectern-accounts-").FullName);
        var host = new AccountsHost(await postgres.CreateDatabaseAsync(version), new ManualTime(), data, demo);
        await host.Get<Migrator>().MigrateAsync(host.Connections.Owner, default);
        host.North = await host.EnsureSchoolAsync("north");
        host.South = await host.EnsureSchoolAsync("south");
        return host;
    }

    /// <summary>Another node on the same database and clock, with nothing in its memory.</summary>
    public AccountsHost AnotherNode() => new(Connections, Time, _data, demo: false) { North = North, South = South };

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public AsyncServiceScope In(School school) => Get<SchoolScopes>().Enter(school);

    /// <summary>Runs something with a scoped service, in a scope of its own, as a request would.</summary>
    public async Task<TResult> In<TService, TResult>(School school, Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = In(school);
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<School> EnsureSchoolAsync(string slug) => EnsureSchoolAsync(new NewSchool(slug, $"{slug} school", "Europe/Berlin", "en", "EUR", [$"{slug}.example"]));

    public async Task<School> EnsureSchoolAsync(NewSchool school)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SchoolAdministration>().EnsureAsync(school, default);
    }

    public async Task<Guid> AddPersonAsync(School school, string email, params string[] roles)
    {
        var result = await In<IPeople, PersonResult>(school, people => people.CreateAsync(new NewPerson(email, email.Split('@')[0] + " Example", Password, roles), default));
        Assert.Empty(result.Problems);
        return result.Id!.Value; // no problems, so there is an id
    }

    public Task<SignInOutcome> SignInAsync(School school, string email, string password, string ip = "192.0.2.7") =>
        In<SignInWithPassword, SignInOutcome>(school, check => check.CheckAsync(email, password, ip, default));

    public Task<string> IssueCookieAsync(School school, Guid person) => In<SignInBook, string>(school, book => book.IssueBrowserAsync(person, Somewhere, default));

    public Task<ApiTokens> IssueTokensAsync(School school, Guid person) => In<SignInBook, ApiTokens>(school, book => book.IssueApiAsync(person, Somewhere, default));

    public Task<KnownSignIn?> FindCookieAsync(School school, string cookie) => In<SignInBook, KnownSignIn?>(school, book => book.FindAsync(cookie, SignInKind.Browser, default));

    public Task<KnownSignIn?> FindTokenAsync(School school, string token) => In<SignInBook, KnownSignIn?>(school, book => book.FindAsync(token, SignInKind.Api, default));

    /// <summary>The mails that wait to be sent, the oldest first.</summary>
    public async Task<IReadOnlyList<Mail>> MailsAsync()
    {
        await using var db = Get<LecternDbFactory>().CreateWithoutSchool();
        var rows = await db.Set<OutboxEvent>().AsNoTracking().OrderBy(fact => fact.Sequence).Select(fact => fact.Payload).ToListAsync();
        return [.. rows.Select(Open)];
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await using var app = new NpgsqlConnection(Connections.App);
        NpgsqlConnection.ClearPool(app);
    }

    private Mail Open(string payload)
    {
        var fact = JsonSerializer.Deserialize<MailRequested>(payload, FactJson.Options)!; // not null: it was written by Mailbox
        return JsonSerializer.Deserialize<Mail>(Get<MasterKey>().Decrypt(fact.Sealed, MailRequested.Purpose))!; // as above
    }
}
