using System.Text;
using Lectern.Costs.Planning.Capacity;

namespace Lectern.Tests.Costs.Planning;

public sealed class MeasuredCapacityTests
{
    [Fact]
    public void A_core_carries_what_the_largest_stage_held_that_still_answered_in_time()
    {
        var measured = MeasuredCapacity.From(Runs(("live", """
            [{ "sessions": 100, "report": { "firstSound": { "p99": 50 }, "bytes": 1258291200 }, "programCpuSeconds": 10, "databaseCpuSeconds": 5, "sessionsPerCore": 200, "rssBeforeMb": 280, "mbPerSession": 0.2 },
             { "sessions": 500, "report": { "firstSound": { "p99": 2600 }, "bytes": 1 }, "programCpuSeconds": 1, "databaseCpuSeconds": 1, "sessionsPerCore": 900, "mbPerSession": 0.1 }]
            """)));

        Assert.Equal(200, measured.Typed.PerProgramCore);
        Assert.Equal(400, measured.Typed.PerDatabaseCore);
        Assert.Equal(36, measured.Typed.MbPerMinute); // 1,200 MB in 2,000 seconds of conversation
        Assert.Equal(measured.Typed, measured.Spoken);
        Assert.Equal(280, measured.BaseMb);
        Assert.Contains(measured.Sources, source => source.ToString().Contains("live, 2026-11-21, commit abc, 2 × Test", StringComparison.Ordinal));
    }

    [Fact]
    public void Pages_that_were_not_measured_are_said_to_be() =>
        Assert.Contains(MeasuredCapacity.From(Runs(("live", Stage))).Sources, source => source.ToString().Contains("not measured yet", StringComparison.Ordinal));

    [Fact]
    public void Measured_pages_are_used_and_named()
    {
        var measured = MeasuredCapacity.From(Runs(("live", Stage), ("pages", """[{ "page": "/", "cpuMs": 1.0, "databaseCpuMs": 0.5 }, { "page": "/courses", "cpuMs": 3.0, "databaseCpuMs": 1.5 }]""")));

        Assert.Equal(2m, measured.PageMilliseconds);
        Assert.Equal(1m, measured.PageDatabaseMilliseconds);
        Assert.Contains(measured.Sources, source => source.ToString().StartsWith("Pages: 2 ms", StringComparison.Ordinal));
    }

    [Fact]
    public void The_program_carries_its_own_measurements()
    {
        Assert.Contains("live", Measurement.BuiltIn.Keys);
        Assert.InRange(MeasuredCapacity.BuiltIn.Typed.PerProgramCore, 10, 100_000);
    }

    private const string Stage = """[{ "sessions": 10, "report": { "firstSound": { "p99": 50 } }, "programCpuSeconds": 1, "databaseCpuSeconds": 1, "sessionsPerCore": 100, "mbPerSession": 0.2 }]""";

    private static Dictionary<string, Measurement> Runs(params (string Name, string Figures)[] runs) => runs.ToDictionary(run => run.Name, run => Measurement.Parse(new MemoryStream(Encoding.UTF8.GetBytes(
        $$"""{ "name": "{{run.Name}}", "at": "2026-11-21", "machine": { "processor": "Test", "cores": 2, "commit": "abc" }, "settings": {}, "figures": {{run.Figures}} }"""))));
}
