using Lectern.Costs.Planning;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices;

namespace Lectern.Tests.Costs.Planning;

public sealed class PlanReaderTests
{
    [Theory]
    [InlineData("clowd: aws", 1, "clowd", "did you mean 'cloud'?")]
    [InlineData("cloud: amazon", 1, "cloud", "known: aws, azure, gcp, server")]
    [InlineData("profile: two-zone", 1, "profile", "did you mean 'two-zones'?")]
    [InlineData("start: September 2026", 1, "start", "a month such as 2026-09")]
    [InlineData("account-opened: 1.2.2026", 1, "account-opened", "a day such as")]
    [InlineData("budget: 1.234,50 €", 1, "budget", "currency sign")]
    [InlineData("budget: [100 USD/month, 200 USD/month]", 1, "budget", "not a range")]
    [InlineData("budget: 100 EUR/month", 1, "budget", "not in USD")]
    [InlineData("head-room: 95 %", 1, "head-room", "leave nothing")]
    [InlineData("workload: { actve: 80 % }", 1, "workload.actve", "did you mean 'active'?")]
    [InlineData("workload: { peak: 150 % }", 1, "workload.peak", "more than anybody means")]
    [InlineData("workload: { session-length: 500 h }", 1, "workload.session-length", "at most 240 min")]
    [InlineData("workload: { mails: [9, 3] }", 1, "workload.mails", "write [3, 9]")]
    [InlineData("workload: { mails: [1, 2, 3] }", 1, "workload.mails", "or a range")]
    [InlineData("workload: { mails: -1 }", 1, "workload.mails", "negative")]
    [InlineData("workload: { students: many }", 1, "workload.students", "not a figure")]
    [InlineData("workload: lots", 1, "workload", "keys are expected")]
    [InlineData("existing: [{ name: X, price: 0 USD/month }]", 1, "existing[1].price", "write 'free'")]
    [InlineData("existing: [{ name: X }]", 1, "existing[1].price", "missing")]
    [InlineData("existing: { name: X }", 1, "existing", "a list is expected")]
    [InlineData("storage: [{ name: X, kind: warm }]", 1, "storage[1].kind", "known: database, hot, cool, archive")]
    [InlineData("services: { model: test-modl }", 1, "services.model", "did you mean 'test-model'?")]
    [InlineData("until: 2020-01", 1, "until", "ends before it begins")]
    public void A_mistake_is_named_with_line_key_and_what_was_meant(string line, int at, string key, string meant)
    {
        var problems = PlanWorld.Problems(line + "\nplan: Wrong\n");

        var problem = problems.FirstOrDefault(problem => problem.Line == at && problem.Message.StartsWith(key + ":", StringComparison.Ordinal));
        Assert.True(problem is not null, string.Join('\n', problems));
        Assert.Contains(meant, problem.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("plan.yaml:1:", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_in_the_order_of_the_file()
    {
        var problems = PlanWorld.Problems("plan: Bad\nclowd: aws\nworkload:\n  students: -5\n  turns: ~2\n  pages: 1,000\n");

        Assert.Equal([2, 4, 5, 6], problems.Select(problem => problem.Line));
    }

    [Theory]
    [InlineData("plan: [a\n b: c")]
    [InlineData("- a\n- b\n")]
    [InlineData("")]
    [InlineData("plan: a\n---\nplan: b\n")]
    [InlineData("plan: a\nplan: b\nworkload: { students: 1 }\n")]
    [InlineData("plan: x\0\nworkload: { students: 1 }\n")]
    [InlineData("plan: x\ncloud: aws\nregion: us-eats-1\nworkload: { students: 1 }\n")]
    [InlineData("plan: &a x\nregion: *a\nworkload: { students: 1 }\n")]
    public void A_file_that_is_no_plan_is_refused(string yaml) => Assert.NotEmpty(PlanWorld.Problems(yaml));

    [Fact]
    public void What_the_plan_does_not_say_is_supposed_and_listed()
    {
        var plan = PlanWorld.Read("plan: Sparse\nworkload: { students: 600, sessions: 3 }\nservices: { model: test-model, speech-to-text: none, text-to-speech: none, mail: test-mail }\n");

        Assert.Equal(0.7m, plan.Phases[0].Workload[WorkloadInputs.Active].Low);
        Assert.Contains(plan.Assumed, assumed => assumed is { Key: "workload.active", Value: "70 %" });
        Assert.Contains(plan.Assumed, assumed => assumed.Key == "profile");
        Assert.Contains(plan.Assumed, assumed => assumed.Key == "storage.database");
        Assert.DoesNotContain(plan.Assumed, assumed => assumed.Key is "workload.sessions" or "workload.students" or "services.model");
        Assert.Equal(["paying"], PlanWorld.Read(PlanWorld.Plan).Assumed.Select(assumed => assumed.Key));
    }

    [Fact]
    public void Students_are_never_supposed() =>
        Assert.Contains(PlanWorld.Problems("plan: Nobody\n"), problem => problem.Message.Contains("workload.students", StringComparison.Ordinal));

    [Fact]
    public void Phases_follow_each_other_and_put_their_figures_over_those_of_the_plan()
    {
        var plan = PlanWorld.Read(PlanWorld.Plan.Replace("until: 2027-12", "until: 2028-06", StringComparison.Ordinal) + """

            phases:
              - { name: Pilot, from: 2027-01, workload: { students: 40 } }
              - { name: All, from: 2027-09, profile: two-zones, purchase: reserved-1-year, workload: { students: [500, 600], sessions: 4 } }
            """);

        Assert.Equal([("Pilot", 1, 8), ("All", 9, 10)], plan.Phases.Select(phase => (phase.Name, phase.FirstMonth, phase.Months)));
        Assert.Equal([2m, 4m], plan.Phases.Select(phase => phase.Workload[WorkloadInputs.Sessions].Low));
        Assert.Equal(600, plan.Phases[1].Workload[WorkloadInputs.Students].High);
        Assert.Equal((ProfileKind.TwoZones, Purchase.OneYear), (plan.Phases[1].Profile, plan.Phases[1].Purchase));
    }

    [Theory]
    [InlineData("- { name: Late, from: 2027-03 }", "begins with the plan")]
    [InlineData("- { name: A, from: 2027-01 }\n  - { name: B, from: 2027-01 }", "after the one before")]
    [InlineData("- { name: A, from: 2027-01 }\n  - { name: B, from: 2029-01 }", "before the end of the plan")]
    [InlineData("- { from: 2027-01 }", "missing")]
    public void Phases_that_do_not_follow_each_other_are_refused(string phases, string reason) =>
        Assert.Contains(PlanWorld.Problems(PlanWorld.Plan + "\nphases:\n  " + phases + "\n"), problem => problem.Message.Contains(reason, StringComparison.Ordinal));

    [Fact]
    public void What_is_kept_for_a_while_stops_growing()
    {
        var recordings = new StoredClass("Recordings", StorageKind.Cool, Lectern.Costs.Prices.Billing.Interval.Exactly(10), Lectern.Costs.Prices.Billing.Interval.Exactly(4), 6);

        Assert.Equal(12m, recordings.In(1).Low);
        Assert.Equal(32m, recordings.In(6).Low);
        Assert.Equal(34m, recordings.In(7).Low);
        Assert.Equal(34m, recordings.In(60).Low);
    }
}
