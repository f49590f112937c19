using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Lectern.Costs.Planning;
using Lectern.Costs.Planning.Capacity;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices;

namespace Lectern.Bench.Plan;

/// <summary><c>plan</c>: how long a plan for a million students takes, in twelve phases, on three clouds.</summary>
internal static class PlanCommand
{
    private static readonly Option<int> Times = new("--times") { Description = "How often it is reckoned.", DefaultValueFactory = _ => 300 };

    public static Command Create()
    {
        var command = new Command("plan", "A plan for a million students in twelve phases on three clouds.") { Times };
        command.SetAction(parsed => Run(parsed.GetValue(Times)));
        return command;
    }

    private static int Run(int times)
    {
        var day = new DateOnly(2026, 11, 21);
        var catalogue = PriceFiles.Load([]);
        var plan = PlanReader.Read(Yaml(), "plan.yaml", catalogue, day).Plan ?? throw new InvalidOperationException("The plan of the benchmark cannot be read.");
        // Unmeasured, for the compiler.
        for (var round = 0; round < 100; round++)
            Reckon(catalogue, plan, day);
        var taken = new List<double>(times);
        for (var round = 0; round < times; round++)
        {
            var clock = Stopwatch.StartNew();
            Reckon(catalogue, plan, day);
            taken.Add(clock.Elapsed.TotalMilliseconds);
        }
        var measured = Bench.Times.Of(taken);
        var read = Bench.Times.Of(Enumerable.Range(0, 50).Select(_ => Timed(() => PlanReader.Read(Yaml(), "plan.yaml", catalogue, day))));
        Console.WriteLine($"1,000,000 students, 12 phases, 3 clouds, every month: {measured}");
        Console.WriteLine($"Reading its file:                                    {read}");
        Console.WriteLine($"Written: {Results.Write("plan", new { students = 1_000_000, phases = 12, months = 12, clouds = 3, times }, new { reckon = measured, read })}");
        return measured.P99 < 50 ? 0 : 1;
    }

    // The whole result for one cloud with the others beside it, and the months of the others, too.
    private static void Reckon(PriceCatalogue catalogue, Costs.Planning.Input.Plan plan, DateOnly day)
    {
        var planner = new Planner(catalogue, MeasuredCapacity.BuiltIn, day);
        planner.Reckon(plan, Cloud.Aws, clouds: [Cloud.Aws, Cloud.Azure, Cloud.Gcp]);
        planner.Months(plan, Cloud.Azure);
        planner.Months(plan, Cloud.Gcp);
    }

    private static double Timed(Action work)
    {
        var clock = Stopwatch.StartNew();
        work();
        return clock.Elapsed.TotalMilliseconds;
    }

    private static string Yaml() => $$"""
        plan: A million
        start: 2027-01
        until: 2027-12
        profile: several-regions
        cloud: aws
        workload: { active: [40 %, 60 %], sessions: [1, 3], spoken: 30 %, avatar: 1 %, calls-per-day: 1000, video: 30 min, peak: 2 % }
        storage:
          - { name: Videos, kind: hot, start: 20 TB, growth: 1 TB/month }
          - { name: Recordings, kind: archive, start: 0 GB, growth: 500 GB/month, keep: 12 months }
        services: { support: aws-support-business }
        phases:
        {{string.Concat(Enumerable.Range(1, 12).Select(month => string.Create(CultureInfo.InvariantCulture, $"  - {{ name: Phase {month}, from: 2027-{month:00}, workload: {{ students: {month * 1_000_000 / 12} }} }}\n")))}}
        """;
}
