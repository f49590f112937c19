using Lectern.Costs.Budgets;
using Lectern.Costs.Budgets.Blocks;
using Lectern.Costs.Contracts;

namespace Lectern.Tests.Costs.Budgets;

/// <summary>Leases of spending: caps are never passed, and the books balance whenever a node ends.</summary>
[Collection(CostsDatabase.Name)]
public sealed class BlockTests(CostsPostgres postgres)
{
    public static TheoryData<string> Versions => CostsPostgres.Versions;

    [Theory, MemberData(nameof(Versions))]
    public async Task A_call_draws_on_its_block_and_its_report_is_booked_on_it(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);

        await SpendAsync(host, estimate: 0.10m, tokens: 80);
        await host.WriteAsync();

        Assert.Equal("250000 leased, 80000 reported", await host.AskAsync<string>("select amount || ' leased, ' || reported || ' reported' from cost_block where closed_at is null"));
        Assert.Equal("80000 settled, 170000 held", await host.AskAsync<string>("select settled || ' settled, ' || held || ' held' from cost_spent where scope = 'school' and period = 'month'"));
        Assert.Equal("", await host.ImbalanceAsync());
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Asking_again_needs_no_database(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await SpendAsync(host, 0.01m, 5);
        await host.OwnerAsync("alter table cost_block rename to cost_block_away");

        for (var n = 0; n < 20; n++)
            await SpendAsync(host, 0.01m, 5);

        await host.OwnerAsync("alter table cost_block_away rename to cost_block");
        await host.WriteAsync();
        Assert.Equal(105_000L, await host.AskAsync<long>("select reported from cost_block"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_leave_that_is_not_used_gives_its_sum_back(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await host.BudgetAsync(BudgetTerms.Cap(0.10m, "USD"));

        for (var n = 0; n < 5; n++)
        {
            using var leave = await host.Spending.AskAsync(host.North.Id, null, 0.09m, default);
            Assert.NotNull(leave);
        }
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_node_that_stops_gives_everything_back(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await SpendAsync(host, 0.10m, 80);

        await host.Spending.StopAsync(default);
        await host.WriteAsync();

        Assert.Equal("80000 + 170000 + 0", await host.AskAsync<string>("select reported || ' + ' || returned || ' + ' || unaccounted from cost_block where closed_at is not null"));
        Assert.Equal(0L, await host.AskAsync<long>("select sum(held)::bigint from cost_spent"));
        Assert.Equal("", await host.ImbalanceAsync());
    }

    /// <summary>Where a node is killed, between each two steps of a call.</summary>
    public enum Cut
    {
        AfterTheLease,
        AfterTheAnswerBeforeItsReport,
        AfterTheReportBeforeItIsWritten,
        AfterItIsWritten,
        AfterASecondCallBegan,
        AfterTheBlockGrew,
        AfterTheBlockIsGivenBackBeforeItIsWritten,
        AfterTheBlockIsGivenBack,
    }

    public static TheoryData<string, Cut> Cuts
    {
        get
        {
            var all = new TheoryData<string, Cut>();
            foreach (var version in PostgresVersions)
            {
                foreach (var cut in Enum.GetValues<Cut>())
                    all.Add(version, cut);
            }
            return all;
        }
    }

    private static string[] PostgresVersions => Fakes.PostgresServers.IsMissing15 ? ["18"] : ["18", "15"];

    [Theory, MemberData(nameof(Cuts))]
    public async Task Wherever_a_node_is_killed_the_books_balance_when_its_lease_has_run_out(string version, Cut cut)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await host.BudgetAsync(BudgetTerms.Cap(10m, "USD"));
        var reported = 0L;
        await using (var node = host.AnotherNode())
            reported = await RunUntilAsync(node, cut);

        Assert.Equal(0, await host.WriteOffAsync());
        Assert.Equal("", await host.ImbalanceAsync());
        var before = await host.AskAsync<long>("select sum(settled + held)::bigint from cost_spent where scope = 'school' and period = 'month'");
        await host.ExpireLeasesAsync();
        await host.WriteOffAsync();

        var after = await host.AskAsync<long>("select sum(settled + held)::bigint from cost_spent where scope = 'school' and period = 'month'");
        Assert.Equal(before, after); // it counted as spent all the time: a refusal is never late
        Assert.Equal(0L, await host.AskAsync<long>("select sum(held)::bigint from cost_spent"));
        Assert.Equal(reported, await host.AskAsync<long>("select sum(reported)::bigint from cost_block"));
        Assert.Equal(0L, await host.AskAsync<long>("select sum(amount + overdrawn - reported - returned - unaccounted)::bigint from cost_block"));
        Assert.Equal(await host.AskAsync<long>("select sum(unaccounted)::bigint from cost_block"), await host.AskAsync<long>("select coalesce(sum(amount), 0)::bigint from cost_usage where kind = 'unaccounted'"));
        Assert.Equal("", await host.ImbalanceAsync());
    }

    // As far as the cut; what the node had in memory then is gone with it. Returns what it had reported and written.
    private static async Task<long> RunUntilAsync(CostsHost node, Cut cut)
    {
        var leave = await AskAsync(node, 0.10m);
        if (cut <= Cut.AfterTheAnswerBeforeItsReport)
            return 0;
        leave.Settle([node.Tokens(80)]);
        if (cut == Cut.AfterTheReportBeforeItIsWritten)
            return 0;
        await node.WriteAsync();
        if (cut == Cut.AfterItIsWritten)
            return 80_000;
        leave = await AskAsync(node, 0.05m);
        if (cut == Cut.AfterASecondCallBegan)
            return 80_000;
        leave.Settle([node.Tokens(40)]);
        (await AskAsync(node, 0.30m)).Settle([node.Tokens(300)]);
        await node.WriteAsync();
        if (cut == Cut.AfterTheBlockGrew)
            return 420_000;
        await node.Spending.StopAsync(default);
        if (cut == Cut.AfterTheBlockIsGivenBackBeforeItIsWritten)
            return 420_000;
        await node.WriteAsync();
        return 420_000;
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_report_that_comes_after_the_write_off_corrects_it(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        var leave = await AskAsync(host, 0.10m);
        await host.ExpireLeasesAsync();
        Assert.Equal(1, await host.WriteOffAsync());

        leave.Settle([host.Tokens(80)]);
        await host.WriteAsync();

        Assert.Equal("80000 + 0 + 170000", await host.AskAsync<string>("select reported || ' + ' || returned || ' + ' || unaccounted from cost_block"));
        Assert.Equal(250_000L, await host.AskAsync<long>("select settled from cost_spent where scope = 'school' and period = 'day'"));
        Assert.Equal("", await host.ImbalanceAsync());
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_node_whose_lease_ran_out_leases_anew_instead_of_drawing_on_it(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await SpendAsync(host, 0.01m, 5);

        host.Time.Advance(TimeSpan.FromSeconds(290)); // of 300: its own clock stops it before the database's does
        await SpendAsync(host, 0.01m, 5);
        await host.WriteAsync();

        Assert.Equal(2L, await host.AskAsync<long>("select count(*) from cost_block"));
        Assert.Equal("", await host.ImbalanceAsync());
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_block_in_use_is_renewed_and_an_idle_one_given_back(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        var leave = await AskAsync(host, 0.01m);
        await host.OwnerAsync("update cost_block set lease_until = now() + interval '1 second'");

        host.Time.Advance(TimeSpan.FromMinutes(2));
        await host.Spending.TendAsync(default);
        Assert.True(await host.AskAsync<bool>("select lease_until > now() + interval '200 seconds' from cost_block"));
        leave.Dispose();
        host.Time.Advance(TimeSpan.FromMinutes(2));
        await host.Spending.TendAsync(default);
        await host.WriteAsync();

        Assert.Equal(1L, await host.AskAsync<long>("select count(*) from cost_block where closed_at is not null and returned = amount"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_block_that_was_written_off_under_a_living_node_is_let_go(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await SpendAsync(host, 0.01m, 5);
        await host.ExpireLeasesAsync();
        await host.WriteOffAsync();

        await host.Spending.TendAsync(default);
        await SpendAsync(host, 0.01m, 5);
        await host.WriteAsync();

        Assert.Equal(10_000L, await host.AskAsync<long>("select sum(reported)::bigint from cost_block"));
        Assert.Equal("", await host.ImbalanceAsync());
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task What_costs_more_than_was_asked_for_is_seen_as_overdrawn(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);

        await SpendAsync(host, 0.01m, tokens: 400);
        await SpendAsync(host, 0.01m, tokens: 5);
        await host.WriteAsync();
        await host.Spending.StopAsync(default);
        await host.WriteAsync();

        Assert.Equal("", await host.ImbalanceAsync());
        Assert.Equal(405_000L, await host.AskAsync<long>("select settled from cost_spent where scope = 'school' and period = 'day'"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Two_hundred_conversations_at_once_on_two_nodes_do_not_pass_the_cap(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await using var other = host.AnotherNode();
        await host.BudgetAsync(BudgetTerms.Cap(3m, "USD"));
        await other.Get<FiguresBook>().ReadAsync(host.North.Id, default);

        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Task.Run(() => ConverseAsync(n % 2 == 0 ? host : other))));
        await host.WriteAsync();
        await other.WriteAsync();

        var spent = await host.AskAsync<long>("select settled from cost_spent where scope = 'school' and period = 'month'");
        Assert.True(spent <= 3_000_000, $"{spent} was spent");
        Assert.True(spent > 3_000_000 - 2 * 250_000, $"only {spent} was spent"); // early by a block per node at most
        Assert.True(refused > 100);
        Assert.Equal("", await host.ImbalanceAsync());
        Assert.Equal(SpendingLevel.Closed, (await host.Spending.FindStateAsync(host.North.Id, null, default)).Level);

        async Task ConverseAsync(CostsHost node)
        {
            for (var answer = 0; answer < 3; answer++)
            {
                using var leave = await node.Spending.AskAsync(node.North.Id, null, 0.04m, default);
                if (leave is null)
                    Interlocked.Increment(ref refused);
                await Task.Yield();
                leave?.Settle([node.Tokens(37)]);
            }
        }
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task What_one_purse_does_not_need_is_there_for_another(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        var course = Guid.NewGuid();
        await host.BudgetAsync(BudgetTerms.Cap(5m, "USD"), SpentKey.Course, course: course);
        await host.BudgetAsync(BudgetTerms.Cap(0.30m, "USD"));
        (await AskAsync(host, 0.02m)).Dispose(); // leaves the rest of a block with the school's purse

        using var leave = await host.Spending.AskAsync(host.North.Id, course, 0.29m, default);

        Assert.NotNull(leave);
    }

    private static async Task<ISpendingLeave> AskAsync(CostsHost host, decimal estimate) => await host.Spending.AskAsync(host.North.Id, null, estimate, default) ?? throw new InvalidOperationException("Leave was refused.");

    private static async Task SpendAsync(CostsHost host, decimal estimate, decimal tokens) => (await AskAsync(host, estimate)).Settle([host.Tokens(tokens)]);
}
