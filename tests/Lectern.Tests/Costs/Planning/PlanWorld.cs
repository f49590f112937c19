using Lectern.Costs.Planning;
using Lectern.Costs.Planning.Capacity;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices;
using Lectern.Costs.Yaml;

namespace Lectern.Tests.Costs.Planning;

/// <summary>A small world with round prices and round measurements, so that bills can be worked out by hand.</summary>
internal static class PlanWorld
{
    public static readonly DateOnly Today = new(2026, 11, 21);

    public static readonly MeasuredCapacity Measured = new(new ConversationLoad(100, 200, 1, 0.6m), new ConversationLoad(50, 200, 2, 1.2m), 10, 10, 300, []);

    /// <summary>100 students, each two typed conversations of ten minutes, on one server.</summary>
    public const string Plan = """
        plan: Small school
        start: 2027-01
        until: 2027-12
        cloud: aws
        region: us-east-1
        profile: single-server
        purchase: on-demand
        account-opened: 2020-01-01
        head-room: 50 %
        workload:
          students: 100
          active: 100 %
          sessions: 2
          session-length: 10 min
          spoken: 0 %
          avatar: 0 %
          turns: 2
          peak: 10 %
          calls-per-day: 0
          call-length: 3 min
          tests: 0
          pages: 50
          page-size: 60 KB
          busiest-hour: 1 %
          video: 0 min
          video-size: 8 MB
          cdn-hits: 90 %
          mails: 10
          logs: 4 GB/month
          instructions: 1000 tokens
          question-length: 50 tokens
          answer-length: 100 tokens
          memory: 1000 tokens
        storage:
          - { name: Rows, kind: database, start: 2 GB }
        services: { model: test-model, mail: test-mail, support: none }
        """;

    private const string Prices = """
        currency: USD
        items:
        """;

    public static PriceCatalogue Catalogue { get; } = Load();

    public static Plan Read(string yaml)
    {
        var reading = PlanReader.Read(yaml, "plan.yaml", Catalogue, Today);
        Assert.True(reading.Plan is not null, string.Join('\n', reading.Problems));
        return reading.Plan;
    }

    public static IReadOnlyList<YamlProblem> Problems(string yaml) => PlanReader.Read(yaml, "plan.yaml", Catalogue, Today).Problems;

    public static PlanResult Reckon(string yaml, int? shown = null) => new Planner(Catalogue, Measured, Today).Reckon(Read(yaml), shown: shown);

    /// <summary>The amount of a line in the month that is shown.</summary>
    public static decimal Month(this PlanResult result, string meter) => Assert.Single(result.Shown.Last.Lines, line => line.Meter == meter).Monthly.High;

    private static PriceCatalogue Load()
    {
        var problems = new List<YamlProblem>();
        var items = new[]
        {
            Item("test-server", "server", "server", "hour", "0.05", "facts: { vcpu: 4, memoryGb: 8 }", "commitments: [{ purchase: one-year, region: us-east-1, unit: month, price: 25 }]"),
            Item("test-large", "server", "large server", "hour", "0.30", "facts: { vcpu: 16, memoryGb: 32 }"),
            Item("test-disk", "block-storage", "disk", "GB-month", "0.08"),
            Item("test-snapshot", "backup", "snapshots", "GB-month", "0.05"),
            Item("test-files", "object-storage", "files", "GB-month", "0.02"),
            Item("test-egress", "egress", "out", "GB", "[{ upTo: 1000, price: 0.09 }, { price: 0.05 }]", "free: { amount: 100, scope: account }"),
            Item("test-ip", "public-ip", "address", "address-month", "3.65"),
            Item("test-zone", "dns-zone", "zone", "month", "0.50"),
            Item("test-queries", "dns-queries", "queries", "1M queries", "0.40"),
            Item("test-logs", "logs", "logs", "GB", "0.50", "free: { amount: 5, scope: account }"),
            Item("test-mail", "mail", "mails", "1K mails", "0.10", "free: { amount: 3K, scope: account, expiresAfterMonths: 12 }"),
            Item("test-model-input", "model-input", "read", "1M tokens", "0.15"),
            Item("test-model-output", "model-output", "written", "1M tokens", "0.60"),
            Item("test-face", "avatar", "face", "minute", "0.10", "facts: { concurrency: 3 }"),
            Item("test-old-face", "avatar", "old face", "minute", "0.05", "retiredOn: 2026-03-31", "successor: test-face"),
            Item("test-support", "support", "support", "spend", "0.10", "floor: 100"),
        };
        return PriceFiles.LoadAlone([new PriceText("test.yaml", Prices + "\n" + string.Concat(items) + Regions)], problems) ?? throw new InvalidOperationException(string.Join('\n', problems));
    }

    private const string Regions = """
        provider: aws
        regions:
          us-east-1: { name: Here, multiplier: 1, source: test, evidence: stated }
          far-away: { name: Far, multiplier: 2, source: test, evidence: stated }
          nowhere: { name: Nowhere }
        """;

    private static string Item(string id, string kind, string meter, string unit, string price, params string[] more) =>
        $"  - {{ id: {id}, kind: {kind}, service: Test, meter: {meter}, unit: {unit}, prices: {{ us-east-1: {price} }}, source: test, checked: 2026-11, evidence: source{string.Concat(more.Select(part => ", " + part))} }}\n";
}
