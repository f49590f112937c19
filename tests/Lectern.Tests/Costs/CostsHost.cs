using System.Text.Json;
using Lectern.Accounts;
using Lectern.Accounts.Contracts;
using Lectern.Costs;
using Lectern.Costs.Budgets;
using Lectern.Costs.Budgets.Blocks;
using Lectern.Costs.Contracts;
using Lectern.Costs.Metering;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Localization;
using Lectern.Platform.Mail;
using Lectern.Platform.Modules;
using Lectern.Platform.Operations;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Lectern.Tests.Accounts;
using Lectern.Tests.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Tests.Costs;

/// <summary>The rooms up to Costs on a database of their own, as one node sees them. Nothing runs by itself: a test writes, renews and sweeps when it says so.</summary>
internal sealed class CostsHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly DataFolder _data;
    private readonly Dictionary<string, string?> _settings;
    private int _keys;

    private CostsHost(DatabaseConnections connections, ManualTime time, DataFolder data, Dictionary<string, string?> settings)
    {
        (Connections, Time, _data, _settings) = (connections, time, data, settings);
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton(data).AddSingleton(new DemoMode(false)).AddSingleton(new PublicAddress("https://school.example"));
        services.AddSingleton(MasterKey.Load(null, data)).AddSingleton(new MaintenanceMode(data, false, time));
        services.AddLecternDb(connections);
        foreach (var module in (IModule[])[new PlatformModule(), new AccountsModule(), new CostsModule()])
        {
            services.AddSingleton(module);
            module.AddServices(services);
        }
        services.AddTexts();
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton<IRates, FixedRates>();
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public DatabaseConnections Connections { get; }

    public ManualTime Time { get; }

    public School System { get; private set; } = null!; // set by CreateAsync

    public School North { get; private set; } = null!; // set by CreateAsync

    public School South { get; private set; } = null!; // set by CreateAsync

    public Spending Spending => Get<Spending>();

    public UsageMeter Meter => Get<UsageMeter>();

    public static async Task<CostsHost> CreateAsync(SharedPostgres postgres, string version, params (string Name, string Value)[] settings)
    {
        var data = new DataFolder(Directory.CreateTempSubdirectory("lectern-costs-").FullName);
        var host = new CostsHost(await postgres.CreateDatabaseAsync(version), new ManualTime(), data, settings.ToDictionary(setting => $"Costs:{setting.Name}", setting => (string?)setting.Value));
        await host.Get<Migrator>().MigrateAsync(host.Connections.Owner, default);
        host.System = await host.EnsureSchoolAsync(SchoolAdministration.SystemSlug, "UTC", "USD");
        host.North = await host.EnsureSchoolAsync("north", "Europe/Berlin", "EUR");
        host.South = await host.EnsureSchoolAsync("south", "America/New_York", "USD");
        return host;
    }

    /// <summary>Another node on the same database and clock.</summary>
    public CostsHost AnotherNode() => new(Connections, Time, _data, _settings) { System = System, North = North, South = South };

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public AsyncServiceScope In(School school) => Get<SchoolScopes>().Enter(school);

    /// <summary>A use of tokens at a dollar a thousand, with a key of its own.</summary>
    public Usage Tokens(decimal quantity, Guid? course = null, School? school = null, string? key = null, DateTimeOffset? at = null) => new(
        key ?? $"k-{Interlocked.Increment(ref _keys)}-{Get<SpendingNode>().Id:n}", (school ?? North).Id, course, SessionId: null, UsageKind.ModelOutputTokens, quantity, "test", FixedRates.Tokens, at ?? Time.GetUtcNow());

    /// <summary>Writes everything that waits on this node.</summary>
    public async Task WriteAsync()
    {
        while (Meter.Waiting > 0)
            await Meter.WriteNextAsync(default);
    }

    /// <summary>Sets a budget, in dollars unless said otherwise.</summary>
    public async Task<Guid> BudgetAsync(BudgetTerms terms, string scope = SpentKey.School, string period = SpentKey.Month, Guid? course = null, School? school = null)
    {
        var owner = scope == SpentKey.Installation ? System : school ?? North;
        await using var db = Get<LecternDbFactory>().Create(owner);
        var budget = Budget.Create(scope, course, period, terms, Time.GetUtcNow());
        db.Add(budget);
        await db.SaveChangesAsync();
        await Get<FiguresBook>().ReadAsync((school ?? North).Id, default);
        return budget.Id;
    }

    public async Task AddAdministratorAsync(School school, string email)
    {
        await using var scope = In(school);
        var made = await scope.ServiceProvider.GetRequiredService<IPeople>().CreateAsync(new NewPerson(email, "An Administrator", AccountsHost.Password, [PersonRoles.SchoolAdmin]), default);
        Assert.Empty(made.Problems);
    }

    /// <summary>The mails that wait to be sent, in the order of their addresses within each alarm.</summary>
    public async Task<IReadOnlyList<Mail>> MailsAsync()
    {
        await using var db = Get<LecternDbFactory>().CreateWithoutSchool();
        var rows = await db.Set<OutboxEvent>().AsNoTracking().OrderBy(fact => fact.Sequence).Select(fact => fact.Payload).ToListAsync();
        return [.. rows.Select(row => JsonSerializer.Deserialize<Mail>(Get<MasterKey>().Decrypt(JsonSerializer.Deserialize<MailRequested>(row, FactJson.Options)!.Sealed, MailRequested.Purpose))!)]; // written by Mailbox
    }

    /// <summary>Makes every lease that is open run out, as time would.</summary>
    public Task ExpireLeasesAsync() => OwnerAsync("update cost_block set lease_until = now() - interval '1 second' where closed_at is null");

    public Task<int> WriteOffAsync() => Get<UsageWriter>().WriteOffAsync(default);

    public async Task<int> OwnerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connections.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Connections.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!; // the test asks for a value
    }

    /// <summary>What is wrong with the books, if anything: the lines, the sums of days, the blocks and what is spent must tell the same.</summary>
    public Task<string> ImbalanceAsync() => AskAsync<string>("""
        with block as (select coalesce(sum(amount + overdrawn - reported - returned - unaccounted), 0)::bigint held from cost_block where closed_at is null),
             closed as (select count(*) wrong from cost_block where closed_at is not null and amount + overdrawn <> reported + returned + unaccounted),
             drawn as (select count(*) wrong from (select b.id, b.reported, b.unaccounted, coalesce(sum(u.amount) filter (where u.pricing <> 'correction'), 0) lines, coalesce(sum(u.amount) filter (where u.pricing = 'correction'), 0) corrections
                       from cost_block b left join cost_usage u on u.block_id = b.id group by 1, 2, 3) x where x.reported <> x.lines or x.unaccounted <> x.corrections),
             line as (select coalesce(sum(amount), 0)::bigint amount from cost_usage),
             day as (select coalesce(sum(amount), 0)::bigint amount from cost_day),
             sums as (select coalesce(sum(settled) filter (where scope = 'installation' and period = 'month'), 0)::bigint installation, coalesce(sum(settled) filter (where scope = 'school' and period = 'day'), 0)::bigint school,
                      coalesce(sum(held) filter (where scope = 'installation' and period = 'day'), 0)::bigint held, coalesce(sum(held) filter (where scope = 'school' and period = 'month'), 0)::bigint school_held from cost_spent)
        select concat_ws('; ', case when closed.wrong > 0 then 'closed blocks with a rest' end, case when drawn.wrong > 0 then 'blocks and lines differ' end, case when line.amount <> day.amount then 'lines ' || line.amount || ', days ' || day.amount end,
            case when line.amount <> sums.installation or line.amount <> sums.school then 'lines ' || line.amount || ', spent ' || sums.installation || ' and ' || sums.school end,
            case when block.held <> sums.held or block.held <> sums.school_held then 'blocks hold ' || block.held || ', counted ' || sums.held || ' and ' || sums.school_held end)
        from block, closed, drawn, line, day, sums
        """);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await using var app = new NpgsqlConnection(Connections.App);
        NpgsqlConnection.ClearPool(app);
    }

    private async Task<School> EnsureSchoolAsync(string slug, string zone, string currency)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SchoolAdministration>().EnsureAsync(new NewSchool(slug, $"{slug} school", zone, "en", currency, [$"{slug}.example"]), default);
    }
}
