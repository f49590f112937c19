using Lectern.Costs.Budgets;
using Lectern.Costs.Contracts;
using Lectern.Platform.Data;
using Lectern.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Costs.Budgets;

/// <summary>Budgets on a real database: whom they hold, when they tell, and that they come back.</summary>
[Collection(CostsDatabase.Name)]
public sealed class BudgetTests(CostsPostgres postgres)
{
    public static TheoryData<string> Versions => CostsPostgres.Versions;

    [Theory, MemberData(nameof(Versions))]
    public async Task A_cap_of_the_installation_holds_for_all_schools_together(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await host.BudgetAsync(BudgetTerms.Cap(1m, "USD"), SpentKey.Installation);
        await SpendAsync(host, 0.5m, host.North);
        await SpendAsync(host, 0.3m, host.South);

        Assert.Null(await host.Spending.AskAsync(host.North.Id, null, 0.25m, default));
        Assert.Equal(SpendingLevel.Closed, await LevelAsync(host, host.South));
        Assert.Equal("", await host.ImbalanceAsync());
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_cap_of_one_school_leaves_the_other_alone(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await host.BudgetAsync(BudgetTerms.Cap(0.10m, "USD"));
        await SpendAsync(host, 0.09m, host.North);

        Assert.Null(await host.Spending.AskAsync(host.North.Id, null, 0.05m, default));
        Assert.NotNull(await host.Spending.AskAsync(host.South.Id, null, 0.05m, default));
        Assert.Equal(SpendingLevel.Everything, await LevelAsync(host, host.South));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_cap_of_a_course_leaves_the_other_courses_alone(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        var (capped, other) = (Guid.NewGuid(), Guid.NewGuid());
        await host.BudgetAsync(BudgetTerms.Cap(0.10m, "USD"), SpentKey.Course, course: capped);
        await SpendAsync(host, 0.09m, host.North, capped);

        Assert.Null(await host.Spending.AskAsync(host.North.Id, capped, 0.05m, default));
        Assert.NotNull(await host.Spending.AskAsync(host.North.Id, other, 0.05m, default));
        Assert.Equal(SpendingLevel.Closed, (await host.Spending.FindStateAsync(host.North.Id, capped, default)).Level);
        Assert.Equal(SpendingLevel.Everything, (await host.Spending.FindStateAsync(host.North.Id, other, default)).Level);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_budget_in_euros_holds_dollars_by_the_rate(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await host.BudgetAsync(BudgetTerms.Cap(0.80m, "EUR")); // one dollar

        Assert.NotNull(await host.Spending.AskAsync(host.North.Id, null, 0.99m, default));
        Assert.Null(await host.Spending.AskAsync(host.North.Id, null, 0.02m, default));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_day_that_is_used_up_comes_back_by_itself_at_the_schools_midnight(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await host.BudgetAsync(BudgetTerms.Cap(0.10m, "USD"), period: SpentKey.Day);
        await SpendAsync(host, 0.10m, host.North);
        var closed = await host.Spending.FindStateAsync(host.North.Id, null, default);
        Assert.Equal((SpendingLevel.Closed, host.North.NextDay(host.Time.GetUtcNow())), (closed.Level, closed.Until!.Value)); // something is switched off
        Assert.Null(await host.Spending.AskAsync(host.North.Id, null, 0.05m, default));

        host.Time.Advance(closed.Until.Value - host.Time.GetUtcNow() + TimeSpan.FromSeconds(1));

        Assert.Equal(SpendingLevel.Everything, await LevelAsync(host, host.North));
        Assert.NotNull(await host.Spending.AskAsync(host.North.Id, null, 0.05m, default));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_block_of_yesterday_is_not_drawn_on_today(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await host.BudgetAsync(BudgetTerms.Cap(1m, "USD"), period: SpentKey.Day);
        var leave = await host.Spending.AskAsync(host.North.Id, null, 0.05m, default);
        var midnight = host.North.NextDay(host.Time.GetUtcNow());

        host.Time.Advance(midnight - host.Time.GetUtcNow() + TimeSpan.FromSeconds(1));
        leave!.Settle([host.Tokens(40)]); // begun before midnight, so it is of the day before
        await SpendAsync(host, 0.07m, host.North);

        Assert.Equal("40000,70000", await host.AskAsync<string>("select string_agg(settled::text, ',' order by starts) from cost_spent where scope = 'school' and period = 'day'"));
        Assert.Equal("", await host.ImbalanceAsync());
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_budget_that_is_raised_lets_go_again(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        var id = await host.BudgetAsync(BudgetTerms.Cap(0.10m, "USD"));
        await SpendAsync(host, 0.10m, host.North);
        Assert.Equal(SpendingLevel.Closed, await LevelAsync(host, host.North));

        await using (var db = host.Get<LecternDbFactory>().Create(host.North))
        {
            (await db.Set<Budget>().SingleAsync(budget => budget.Id == id)).Change(BudgetTerms.Cap(10m, "USD"), host.Time.GetUtcNow());
            await db.SaveChangesAsync();
        }

        Assert.Equal(SpendingLevel.Everything, await LevelAsync(host, host.North));
        Assert.NotNull(await host.Spending.AskAsync(host.North.Id, null, 0.5m, default));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Each_alarm_is_told_once_by_mail_to_every_administrator(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await host.AddAdministratorAsync(host.North, "ada@north.example");
        await host.AddAdministratorAsync(host.North, "bob@north.example");
        await host.AddAdministratorAsync(host.South, "eve@south.example");
        await host.BudgetAsync(BudgetTerms.Cap(1m, "USD"));

        await SpendAsync(host, 0.55m, host.North);
        await RaiseAsync(host);
        await RaiseAsync(host);
        Assert.Equal(["ada@north.example", "bob@north.example"], (await host.MailsAsync()).Select(mail => mail.To).Order(StringComparer.Ordinal));
        Assert.Contains("50%", (await host.MailsAsync())[0].Subject, StringComparison.Ordinal);
        Assert.Contains("https://school.example/admin/costs", (await host.MailsAsync())[0].Text, StringComparison.Ordinal);

        await SpendAsync(host, 0.27m, host.North);
        await RaiseAsync(host);
        Assert.Equal(4, (await host.MailsAsync()).Count);
        Assert.Equal("50,80", await AlarmsAsync(host));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Several_thresholds_passed_at_once_are_one_mail(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await host.AddAdministratorAsync(host.North, "ada@north.example");
        await host.BudgetAsync(BudgetTerms.Alarm(1m, "USD") with { Alarms = [50, 80, 100, 120] });

        await SpendAsync(host, 1.30m, host.North);
        await RaiseAsync(host);

        Assert.Equal("50,80,100,120", await AlarmsAsync(host));
        Assert.Contains("120%", Assert.Single(await host.MailsAsync()).Subject, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Two_nodes_that_look_at_the_same_time_tell_once(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await using var other = host.AnotherNode();
        await host.AddAdministratorAsync(host.North, "ada@north.example");
        await host.BudgetAsync(BudgetTerms.Cap(1m, "USD"));
        await SpendAsync(host, 0.55m, host.North);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => RaiseAsync(n % 2 == 0 ? host : other))));

        Assert.Single(await host.MailsAsync());
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_new_month_tells_anew(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await host.BudgetAsync(BudgetTerms.Cap(1m, "USD"));
        await SpendAsync(host, 0.55m, host.North);
        await RaiseAsync(host);

        host.Time.Advance(TimeSpan.FromDays(35));
        await SpendAsync(host, 0.60m, host.North);
        await RaiseAsync(host);

        Assert.Equal("50,50", await AlarmsAsync(host));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task What_is_switched_off_and_on_is_written_down_once_each(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await host.BudgetAsync(BudgetTerms.Cap(1m, "USD"), period: SpentKey.Day);
        foreach (var amount in (decimal[])[0.82m, 0.09m, 0.05m, 0.03m])
        {
            await SpendAsync(host, amount, host.North);
            await RaiseAsync(host);
            await RaiseAsync(host);
            host.Time.Advance(TimeSpan.FromMilliseconds(5));
        }
        await host.Spending.AskAsync(host.North.Id, null, 0.04m, default);
        await RaiseAsync(host);
        host.Time.Advance(TimeSpan.FromDays(1));
        await RaiseAsync(host);

        Assert.Equal("Voice,Written,Typed,Closed,Everything", await host.AskAsync<string>("select string_agg(level, ',' order by stepped_at) from cost_step"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_month_that_is_going_to_end_above_its_budget_is_told_once(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        host.Time.Advance(new DateTimeOffset(host.Time.GetUtcNow().Year + 1, 3, 1, 12, 0, 0, TimeSpan.Zero) - host.Time.GetUtcNow());
        await host.AddAdministratorAsync(host.North, "ada@north.example");
        await host.BudgetAsync(BudgetTerms.Cap(10m, "USD"));
        for (var day = 1; day <= 5; day++)
        {
            await SpendAsync(host, 0.50m, host.North);
            host.Time.Advance(TimeSpan.FromDays(1));
            await RaiseAsync(host);
        }

        var mail = Assert.Single(await host.MailsAsync());
        Assert.Contains("15.50", mail.Text, StringComparison.Ordinal); // half a dollar on each of 31 days, today's as well
        Assert.Equal("projected", await host.AskAsync<string>("select kind from cost_alarm"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_cap_that_is_used_up_but_for_a_rest_is_told_as_used_up(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);
        await host.BudgetAsync(BudgetTerms.Cap(1m, "USD"));
        await SpendAsync(host, 0.98m, host.North);
        Assert.Null(await host.Spending.AskAsync(host.North.Id, null, 0.05m, default));

        await RaiseAsync(host);

        Assert.Equal("50,80,100", await AlarmsAsync(host));
        Assert.Equal(SpendingLevel.Closed, await LevelAsync(host, host.North));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Without_a_cap_spending_is_counted_and_nothing_stops_it(string version)
    {
        await using var host = await CostsHost.CreateAsync(postgres, version);

        await SpendAsync(host, 50m, host.North);

        Assert.Equal(50_000_000L, await host.AskAsync<long>("select settled from cost_spent where scope = 'school' and period = 'month'"));
        Assert.Equal("", await host.ImbalanceAsync());
    }

    // The leave is as large as what is used.
    private static async Task SpendAsync(CostsHost host, decimal amount, Lectern.Platform.Schools.School school, Guid? course = null)
    {
        var leave = await host.Spending.AskAsync(school.Id, course, amount, default) ?? throw new InvalidOperationException("Leave was refused.");
        leave.Settle([host.Tokens(amount * 1_000, course, school)]);
        await host.WriteAsync();
    }

    private static async Task<SpendingLevel> LevelAsync(CostsHost host, Lectern.Platform.Schools.School school) => (await host.Spending.FindStateAsync(school.Id, null, default)).Level;

    private static async Task RaiseAsync(CostsHost host)
    {
        await using var scope = host.In(host.North);
        await scope.ServiceProvider.GetRequiredService<BudgetAlarms>().RaiseAsync(default);
    }

    private static Task<string> AlarmsAsync(CostsHost host) => host.AskAsync<string>("select coalesce(string_agg(percent::text, ',' order by starts, percent), '') from cost_alarm where kind = 'spent'");
}
