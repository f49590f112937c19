using Lectern.Costs.Planning;
using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices;

namespace Lectern.Tests.Costs.Planning;

/// <summary>Bills worked out by hand, in the small world of <see cref="PlanWorld"/>.</summary>
public sealed class PlannerTests
{
    [Fact]
    public void A_small_school_comes_out_to_the_cent()
    {
        var result = PlanWorld.Reckon(PlanWorld.Plan);

        Assert.Equal(36.50m, result.Month("server")); // 730 × 0.05
        Assert.Equal([0.80m, 2.40m], result.Shown.Last.Lines.Where(line => line.Meter == "disk").Select(line => line.Monthly.High).Order()); // 10 GB for rows, 30 for the system
        Assert.Equal(0.30m, result.Month("snapshots")); // three copies of 2 GB
        Assert.Equal(0m, result.Month("out")); // under 100 GB
        Assert.Equal(3.65m, result.Month("address"));
        Assert.Equal(0.50m, result.Month("zone"));
        Assert.Equal(0.0002m, result.Month("queries")); // 5,000 pages ÷ 10
        Assert.Equal(0m, result.Month("logs")); // 4 of 5 free GB
        Assert.Equal(0.10m, result.Month("mails")); // 1,000
        // 20 turns: Σ 1,000 + min(150 t, 1,000) + 50 = 37,150 tokens; 200 conversations; 20 × 100 written.
        Assert.Equal(1.1145m, result.Month("read"));
        Assert.Equal(0.24m, result.Month("written"));
        Assert.Equal(45.6047m, result.Shown.Last.Total.Low);
        Assert.Equal(45.6047m, result.Shown.Last.Total.High);
        Assert.Equal(12 * 45.6047m, result.Total.High);
    }

    [Fact]
    public void A_range_goes_through_every_sum()
    {
        var result = PlanWorld.Reckon(PlanWorld.Plan.Replace("students: 100", "students: [100, 200]", StringComparison.Ordinal));

        // Twice the mails, tokens and questions for the address; the server stays.
        Assert.Equal(45.6047m, result.Shown.Last.Total.Low);
        Assert.Equal(45.6047m + 0.10m + 1.1145m + 0.24m + 0.0002m, result.Shown.Last.Total.High);
        Assert.True(result.Units.PerStudent?.Low < result.Units.PerStudent?.High);
    }

    [Fact]
    public void What_one_costs_divides_the_bill_by_those_who_cause_it()
    {
        var result = PlanWorld.Reckon(PlanWorld.Plan + "\npaying: 50 %\nstaff: [{ name: Admin, people: 2, salary: 1000 USD/month }]\n");

        Assert.Equal(0.456047m, result.Units.PerStudent?.High);
        Assert.Equal(45.6047m / 200, result.Units.PerSession?.High);
        Assert.Null(result.Units.PerCall);
        Assert.Equal((45.6047m + 2000) / 50, result.Units.BreakEven?.High);
        Assert.DoesNotContain(result.Warnings, warning => warning.Kind == "staff");
        Assert.Contains(PlanWorld.Reckon(PlanWorld.Plan).Warnings, warning => warning.Kind == "staff");
    }

    [Fact]
    public void A_commitment_replaces_the_price_and_is_not_added()
    {
        var result = PlanWorld.Reckon(PlanWorld.Plan.Replace("purchase: on-demand", "purchase: reserved-1-year", StringComparison.Ordinal));

        Assert.Equal(25m, result.Month("server"));
        Assert.Equal(45.6047m - 11.50m, result.Shown.Last.Total.High);
        var year = Assert.Single(result.Purchases, option => option.Purchase == Purchase.OneYear);
        Assert.Equal(11.50m, year.Saving.Low);
        Assert.Equal(11.50m, year.Saving.High);
    }

    [Fact]
    public void A_free_allowance_ends_with_the_age_of_the_account()
    {
        var result = PlanWorld.Reckon(PlanWorld.Plan.Replace("account-opened: 2020-01-01", "account-opened: 2027-01-01", StringComparison.Ordinal).Replace("until: 2027-12", "until: 2028-02", StringComparison.Ordinal));

        // Twelve months without the mails, two with them.
        Assert.Equal(12 * 45.5047m + 2 * 45.6047m, result.Total.High);
        var warning = Assert.Single(result.Warnings, warning => warning.Kind == "free-tier");
        Assert.Contains("month 13 of the plan", warning.Text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_costs_the_sum_of_its_phases_and_its_quarters_say_the_same()
    {
        var result = PlanWorld.Reckon(PlanWorld.Plan + """

            phases:
              - { name: Few, from: 2027-01 }
              - { name: Many, from: 2027-05, workload: { students: 200 } }
            """, shown: 0);

        var many = 45.6047m + 0.10m + 1.1145m + 0.24m + 0.0002m;
        Assert.Equal([4 * 45.6047m, 8 * many], result.Phases.Select(phase => phase.Sum.High));
        Assert.Equal(4 * 45.6047m + 8 * many, result.Total.High);
        Assert.Equal([3 * 45.6047m, 45.6047m + 2 * many, 3 * many, 3 * many], result.Quarters.Select(quarter => quarter.Sum.High));
        Assert.Equal(45.6047m, result.Shown.Last.Total.High);
    }

    [Fact]
    public void Servers_follow_from_the_busiest_moment_and_what_was_measured()
    {
        // 100 typed at once: 1 core of the program, 0.5 of the database; twice that with half of it free: 3 cores and a little for pages.
        Assert.Equal("server", Servers("students: 1000").Meter);
        Assert.Equal(1, Servers("students: 1000").Quantity.High);
        // Ten times as many need 30 cores, more than any one server has: several are shown, and it is said.
        var result = PlanWorld.Reckon(PlanWorld.Plan.Replace("students: 100", "students: 10000", StringComparison.Ordinal));
        Assert.Contains(result.Warnings, warning => warning.Kind == "too-small");

        static BillLine Servers(string students) => Assert.Single(PlanWorld.Reckon(PlanWorld.Plan.Replace("students: 100", students, StringComparison.Ordinal)).Shown.Last.Lines, line => line.Category == BillCategories.Servers && line.PriceId is "test-server" or "test-large");
    }

    [Fact]
    public void More_head_room_needs_more_servers()
    {
        var plan = PlanWorld.Plan.Replace("students: 100", "students: 1000", StringComparison.Ordinal);

        Assert.Equal("server", Meter(plan));
        Assert.Equal("large server", Meter(plan.Replace("head-room: 50 %", "head-room: 80 %", StringComparison.Ordinal)));

        static string Meter(string yaml) => PlanWorld.Reckon(yaml).Shown.Last.Lines.First(line => line.PriceId is "test-server" or "test-large").Meter;
    }

    [Fact]
    public void Optional_lines_count_at_the_high_end_alternatives_and_commitments_not_at_all()
    {
        var result = PlanWorld.Reckon(PlanWorld.Plan + """

            existing:
              - { name: Certificates, price: 50 USD/month }
              - { name: Templates, price: 25 USD/month, role: optional }
              - { name: Other certificates, price: 40 USD/month, role: alternative }
              - { name: Free thing, price: free }
            """);

        Assert.Equal(45.6047m + 50, result.Shown.Last.Total.Low);
        Assert.Equal(45.6047m + 75, result.Shown.Last.Total.High);
    }

    [Fact]
    public void Support_is_a_share_of_the_clouds_bill_and_never_less_than_its_floor()
    {
        var result = PlanWorld.Reckon(PlanWorld.Plan.Replace("support: none", "support: test-support", StringComparison.Ordinal));

        Assert.Equal(100m, Assert.Single(result.Shown.Last.Lines, line => line.Category == BillCategories.Support).Monthly.Low);
    }

    [Fact]
    public void A_retired_service_is_refused_with_a_word_and_its_successor_reckoned()
    {
        var result = PlanWorld.Reckon(PlanWorld.Plan.Replace("avatar: 0 %", "avatar: 100 %", StringComparison.Ordinal).Replace("mail: test-mail,", "mail: test-mail, avatar: test-old-face,", StringComparison.Ordinal));

        Assert.Equal(200 * 10 * 0.10m, result.Month("face"));
        Assert.Contains(result.Warnings, warning => warning.Kind == "concurrency" && warning.Text.ToString().Contains("10 are planned", StringComparison.Ordinal));
        Assert.Contains(result.Warnings, warning => warning.Kind == "retired");
    }

    [Fact]
    public void Alarms_and_budgets_below_the_plan_are_told()
    {
        var result = PlanWorld.Reckon(PlanWorld.Plan + "\nbudget: 40 USD/month\nalarms: [20 USD/month, 60 USD/month]\navailability: 99.9 %\n");

        Assert.Contains("20.00", Assert.Single(result.Warnings, warning => warning.Kind == "alarm").Text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("60.00", Assert.Single(result.Warnings, warning => warning.Kind == "alarm").Text.ToString(), StringComparison.Ordinal);
        Assert.Single(result.Warnings, warning => warning.Kind == "budget");
        Assert.Single(result.Warnings, warning => warning.Kind == "availability");
    }

    [Fact]
    public void A_region_without_a_price_is_worked_out_or_left_out_and_told()
    {
        var far = PlanWorld.Reckon(PlanWorld.Plan.Replace("region: us-east-1", "region: far-away", StringComparison.Ordinal));
        var nowhere = PlanWorld.Reckon(PlanWorld.Plan.Replace("region: us-east-1", "region: nowhere", StringComparison.Ordinal));

        Assert.Equal(73m, far.Month("server"));
        Assert.Contains(far.Warnings, warning => warning.Kind == "estimate");
        Assert.Contains(nowhere.Warnings, warning => warning.Kind == "no-price");
    }

    [Fact]
    public void Drivers_say_what_moves_the_bill_most()
    {
        var result = PlanWorld.Reckon(PlanWorld.Plan.Replace("instructions: 1000", "instructions: 100000", StringComparison.Ordinal));

        // 20 turns × 200 conversations × 20,000 tokens × 0.15 a million more or less.
        var driver = Assert.Single(result.Drivers, driver => driver.Input == WorkloadInputs.Instructions);
        Assert.Equal(24m, driver.Swing);
        Assert.Equal(result.Drivers.OrderByDescending(known => known.Swing), result.Drivers);
        Assert.DoesNotContain(result.Drivers, driver => driver.Input == WorkloadInputs.Avatar);
    }

    [Fact]
    public void An_estimate_is_added_up_beside_what_it_states()
    {
        var result = PlanWorld.Reckon("""
            plan: Quoted
            start: 2027-01
            stated-total: 131.26 USD/month
            documented:
              - { category: Compute, service: Web servers, quantity: 2, unit-price: 30.37 USD, stated: 60.74 USD }
              - { category: Compute, service: Reserved, quantity: 2, unit-price: 21.26 USD, stated: 42.52 USD, role: commitment, for: Web servers }
              - { category: Compute, service: Disks, quantity: 2, unit-price: 4 USD, stated: 8 USD }
              - { category: Compute, service: Functions, stated: 20 USD }
              - { category: Compute, service: Gateway, quantity: 0.0015, unit-price: 3.50 USD, stated: 3.50 USD, role: optional }
            """);

        Assert.Equal(88.74m, result.Shown.Last.Total.Low);
        Assert.Equal(88.74m + 0.00525m, result.Shown.Last.Total.High);
        Assert.Contains("131.26", Assert.Single(result.Warnings, warning => warning.Kind == "stated-total").Text.ToString(), StringComparison.Ordinal);
        Assert.Contains("Gateway", Assert.Single(result.Warnings, warning => warning.Kind == "stated-row").Text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_saving_takes_off_at_most_what_the_line_it_names_costs()
    {
        var result = PlanWorld.Reckon("""
            plan: Saved
            documented:
              - { service: Speech, stated: 100 USD }
              - { service: Servers, stated: 50 USD }
              - { service: Caching, stated: 30 USD, role: saving, for: Speech }
              - { service: Too much, stated: 500 USD, role: saving, for: Servers }
            """);

        Assert.Equal(70m, result.Shown.Last.Total.High);
    }
}
