using Lectern.Costs.Contracts;
using Lectern.Costs.Metering;
using Npgsql;

namespace Lectern.Tests.Costs.Metering;

/// <summary>Uses become lines and sums, each once.</summary>
[Collection(CostsDatabase.Name)]
public sealed class MeterTests(CostsPostgres postgres)
{
    public static TheoryData<string> Versions => CostsPostgres.Versions;

    [Theory, MemberData(nameof(Versions))]
    public async Task A_use_becomes_a_line_with_quantity_and_rate_and_is_added_to_its_day(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);

        Assert.True(host.Meter.TryReport(host.Tokens(1_500)));
        await host.WriteAsync();

        Assert.Equal("1500 × 0.001 USD = 1500000 USD, priced", await host.AskAsync<string>("select trim_scale(quantity) || ' × ' || trim_scale(rate) || ' ' || rate_currency || ' = ' || amount || ' ' || currency || ', ' || pricing from cost_usage"));
        Assert.Equal(1_500_000L, await host.AskAsync<long>("select amount from cost_day"));
        Assert.Equal("", await host.ImbalanceAsync());
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task The_same_key_counts_once_however_often_and_wherever_it_is_reported(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await using var other = host.AnotherNode();
        var usage = host.Tokens(100, key: "call-1");

        foreach (var node in (CostsHost[])[host, host, other])
            node.Meter.TryReport(usage);
        await host.WriteAsync();
        await other.WriteAsync();
        host.Meter.TryReport(usage);
        await host.WriteAsync();

        Assert.Equal(1L, await host.AskAsync<long>("select count(*) from cost_usage"));
        Assert.Equal("1 records, 100000", await host.AskAsync<string>("select records || ' records, ' || amount from cost_day"));
        Assert.Equal("", await host.ImbalanceAsync());
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_report_that_is_repeated_after_the_month_has_changed_counts_once(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        var usage = host.Tokens(100, key: "call-1");
        host.Meter.TryReport(usage);
        await host.WriteAsync();

        host.Time.Advance(TimeSpan.FromDays(40));
        host.Meter.TryReport(usage);
        await host.WriteAsync();

        Assert.Equal(1L, await host.AskAsync<long>("select count(*) from cost_usage"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Two_nodes_that_report_the_same_at_the_same_time_count_it_once(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await using var other = host.AnotherNode();
        var uses = Enumerable.Range(0, 300).Select(n => host.Tokens(1, key: $"call-{n}", school: n % 2 == 0 ? host.North : host.South)).ToList();

        await Task.WhenAll(
            Task.Run(() => ReportAsync(host, uses)),
            Task.Run(() => ReportAsync(other, Enumerable.Reverse(uses))));

        Assert.Equal(300L, await host.AskAsync<long>("select count(*) from cost_usage"));
        Assert.Equal(300L, await host.AskAsync<long>("select sum(records)::bigint from cost_day"));
        Assert.Equal("", await host.ImbalanceAsync());
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_day_is_the_schools_day(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        var evening = new DateTimeOffset(2026, 11, 30, 23, 30, 0, TimeSpan.Zero); // already December in Berlin, still November in New York

        host.Meter.TryReport(host.Tokens(1, at: evening));
        host.Meter.TryReport(host.Tokens(1, at: evening, school: host.South));
        await host.WriteAsync();

        Assert.Equal("2026-11-30,2026-12-01", await host.AskAsync<string>("select string_agg(day::text, ',' order by day) from cost_day"));
        Assert.Equal("2026-11-01", await host.AskAsync<string>("select string_agg(distinct month::text, ',') from cost_usage"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task What_is_free_and_what_has_no_price_is_told_apart(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);

        host.Meter.TryReport(host.Tokens(10) with { PriceId = null });
        host.Meter.TryReport(host.Tokens(10) with { PriceId = "nobody-knows" });
        await host.WriteAsync();

        Assert.Equal("free,unpriced", await host.AskAsync<string>("select string_agg(pricing, ',' order by pricing) from cost_usage where amount = 0"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Calls_are_billed_by_the_started_minute_and_other_currencies_are_exchanged(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);

        host.Meter.TryReport(host.Tokens(61) with { Kind = UsageKind.TelephoneSeconds, PriceId = FixedRates.Calls });
        host.Meter.TryReport(host.Tokens(8) with { Kind = UsageKind.Mails, PriceId = FixedRates.Mails });
        await host.WriteAsync();

        Assert.Equal("100000,120000", await host.AskAsync<string>("select string_agg(amount::text, ',' order by amount) from cost_usage"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task The_app_role_can_add_lines_and_never_change_them(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        host.Meter.TryReport(host.Tokens(10));
        await host.WriteAsync();

        foreach (var sql in (string[])["update cost_usage set amount = 0", "delete from cost_usage", "update cost_usage_default set amount = 0", $"delete from cost_usage_{host.Time.GetUtcNow():yyyy_MM}", "truncate cost_usage"])
        {
            await using var app = NpgsqlDataSource.Create(host.Connections.App);
            await using var command = app.CreateCommand(sql);
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
        }
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_line_of_a_month_without_a_partition_is_kept_and_moved_when_there_is_one(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        var later = host.Time.GetUtcNow().AddMonths(7);

        host.Meter.TryReport(host.Tokens(10, key: "far", at: later));
        await host.WriteAsync();
        Assert.Equal(1L, await host.AskAsync<long>("select count(*) from cost_usage_default"));
        await using (var app = NpgsqlDataSource.Create(host.Connections.App))
        await using (var make = app.CreateCommand($"select cost_make_month('{later:yyyy-MM-dd}')"))
            Assert.True((bool)(await make.ExecuteScalarAsync())!); // a boolean function
        host.Meter.TryReport(host.Tokens(10, key: "far", at: later));
        await host.WriteAsync();

        Assert.Equal(0L, await host.AskAsync<long>("select count(*) from cost_usage_default"));
        Assert.Equal(1L, await host.AskAsync<long>("select count(*) from cost_usage"));
        Assert.True(await host.AskAsync<bool>($"select relrowsecurity from pg_class where relname = 'cost_usage_{later:yyyy_MM}'"));
        Assert.Equal("", await host.ImbalanceAsync());
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task One_report_that_cannot_be_booked_does_not_keep_the_others(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);

        for (var n = 0; n < 20; n++)
            host.Meter.TryReport(n == 7 ? host.Tokens(1) with { SchoolId = Guid.NewGuid() } : host.Tokens(1));
        await host.WriteAsync();

        Assert.Equal(19L, await host.AskAsync<long>("select count(*) from cost_usage"));
        Assert.Equal("", await host.ImbalanceAsync());
    }

    public static TheoryData<string, decimal, string, string?, int> Nonsense => new()
    {
        { "", 1, "openai", "p", 2026 }, { new string('k', 101), 1, "openai", "p", 2026 }, { "k", -1, "openai", "p", 2026 }, { "k", 1_000_000_000_001, "openai", "p", 2026 },
        { "k", 1, "", "p", 2026 }, { "k", 1, new string('o', 101), "p", 2026 }, { "k", 1, "openai", "", 2026 }, { "k", 1, "openai", "p", 1970 },
    };

    [Theory, MemberData(nameof(Nonsense))]
    public async Task Nonsense_is_refused_where_it_is_reported(string key, decimal quantity, string provider, string? price, int year)
    {
        await using var host = await CostsHost.CreateAsync(postgres, "18");
        var usage = new Usage(key, host.North.Id, null, null, UsageKind.Mails, quantity, provider, price, new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Throws<ArgumentException>(() => host.Meter.TryReport(usage));
        Assert.Throws<ArgumentException>(() => host.Meter.TryReport(host.Tokens(1) with { Kind = (UsageKind)99 }));
        Assert.Throws<ArgumentException>(() => host.Meter.TryReport(host.Tokens(1) with { SchoolId = Guid.Empty }));
    }

    [Fact]
    public async Task Memory_is_bounded_and_a_report_that_finds_no_room_is_told_so()
    {
        await using var host = await CostsHost.CreateAsync(postgres, "18", ("Backlog", "100"));
        for (var n = 0; n < 100; n++)
            Assert.True(host.Meter.TryReport(host.Tokens(1)));

        Assert.False(host.Meter.TryReport(host.Tokens(1)));
        Assert.Null(await host.Spending.AskAsync(host.North.Id, null, 0.01m, default));
        await host.WriteAsync();
        Assert.True(host.Meter.TryReport(host.Tokens(1)));
    }

    private static async Task ReportAsync(CostsHost host, IEnumerable<Usage> uses)
    {
        foreach (var chunk in uses.Chunk(40))
        {
            foreach (var usage in chunk)
                host.Meter.TryReport(usage);
            await host.WriteAsync();
        }
    }
}
