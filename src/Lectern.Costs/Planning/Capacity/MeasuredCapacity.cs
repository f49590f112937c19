using System.Text.Json;

namespace Lectern.Costs.Planning.Capacity;

/// <summary>What one processor core and one gigabyte carry, from measured runs.</summary>
/// <param name="Typed">Typed conversations at once.</param>
/// <param name="Spoken">Spoken conversations at once.</param>
/// <param name="PageMilliseconds">Processor time of the program for one page; null when it was not measured.</param>
/// <param name="PageDatabaseMilliseconds">Processor time of the database for one page.</param>
/// <param name="Sources">The runs it stands on, in one line each.</param>
internal sealed record MeasuredCapacity(ConversationLoad Typed, ConversationLoad Spoken, decimal? PageMilliseconds, decimal PageDatabaseMilliseconds, decimal BaseMb, IReadOnlyList<PlanText> Sources)
{
    /// <summary>
    /// What is reckoned for a page where no run says it: four times what a page with one query took when pages were first tried, and as much again for the database.
    /// </summary>
    public const decimal UnmeasuredPageMilliseconds = 2.5m;

    private static readonly PlanWriter T = PlanWriter.T;

    // Beyond this a stage was overloaded: its figures say what broke, not what a core carries.
    private const decimal LongestWait = 1000;

    /// <summary>From the runs that were built into the program.</summary>
    public static MeasuredCapacity BuiltIn { get; } = From(Measurement.BuiltIn);

    /// <summary>The runs <c>live</c>, <c>live-spoken</c> and <c>pages</c>.</summary>
    /// <exception cref="InvalidOperationException">There is no run of typed conversations: nothing could be planned.</exception>
    public static MeasuredCapacity From(IReadOnlyDictionary<string, Measurement> runs)
    {
        var typed = runs.GetValueOrDefault("live") ?? throw new InvalidOperationException("bench/results/live.json is missing: node counts stand on it.");
        var spoken = runs.GetValueOrDefault("live-spoken") ?? typed;
        var pages = runs.GetValueOrDefault("pages");
        var page = pages is null ? null : PageFigures(pages);
        var stage = Held(typed);
        return new MeasuredCapacity(Load(typed, stage), Load(spoken, Held(spoken)), page?.Program, page?.Database ?? UnmeasuredPageMilliseconds, Number(stage, "rssBeforeMb") ?? 300,
        [
            Describe(typed, stage, T["Typed conversations"]),
            Describe(spoken, Held(spoken), ReferenceEquals(spoken, typed) ? T["Spoken conversations, not measured: as typed ones"] : T["Spoken conversations"]),
            page is null
                ? T["Pages: their processor time is not measured yet; {ms} ms of the program and as much of the database are reckoned for each.", ("ms", UnmeasuredPageMilliseconds)]
                : T["Pages: {ms} ms of the program and {database} ms of the database for each ({run}).", ("ms", page.Value.Program), ("database", page.Value.Database), ("run", pages?.Source)],
        ]);
    }

    private static PlanText Describe(Measurement run, JsonElement stage, PlanText kind)
    {
        var load = Load(run, stage);
        return T["{kind}: {program} at once on a core of the program and {database} on a core of the database, {mb} MB each; measured with {sessions} ({run}).", ("kind", kind), ("program", Math.Round(load.PerProgramCore)), ("database", Math.Round(load.PerDatabaseCore)),
            ("mb", load.MbEach), ("sessions", stage.GetProperty("sessions").GetInt32()), ("run", run.Source)];
    }

    // The largest stage in which everybody was still answered in time.
    private static JsonElement Held(Measurement run) =>
        run.Figures.Where(stage => Wait(stage) <= LongestWait).OrderByDescending(stage => stage.GetProperty("sessions").GetInt32()).DefaultIfEmpty(run.Figures[0]).First();

    private static decimal Wait(JsonElement stage) => stage.GetProperty("report").GetProperty("firstSound").GetProperty("p99").GetDecimal();

    // sessionsPerCore is session-seconds for each second of processor time, so that the session-seconds follow from it.
    private static ConversationLoad Load(Measurement run, JsonElement stage)
    {
        var perCore = Number(stage, "sessionsPerCore") ?? throw new JsonException($"A stage of {run.Name} has no sessionsPerCore.");
        var (program, database) = (Number(stage, "programCpuSeconds") ?? 1, Number(stage, "databaseCpuSeconds") ?? 1);
        var sent = Number(stage.GetProperty("report"), "bytes") ?? 0;
        return new ConversationLoad(perCore, Math.Round(perCore * program / Math.Max(database, 0.01m), 1), Number(stage, "mbPerSession") ?? 1, Math.Round(sent / (perCore * program) * 60 / 1024 / 1024, 3));
    }

    private static (decimal Program, decimal Database)? PageFigures(Measurement run)
    {
        var pages = run.Figures is [{ ValueKind: JsonValueKind.Object } only] && only.TryGetProperty("pages", out var inner) && inner.ValueKind == JsonValueKind.Array ? [.. inner.EnumerateArray()] : run.Figures;
        var measured = pages.Where(figure => figure.ValueKind == JsonValueKind.Object).Select(figure => (Program: Number(figure, "cpuMs"), Database: Number(figure, "databaseCpuMs")))
            .Where(figure => figure.Program is not null).ToList();
        // The middle one: signing in, whose hashing is slow on purpose, is not what a page costs.
        return measured.Count == 0 ? null : (Median(measured.Select(figure => figure.Program ?? 0)), Median(measured.Select(figure => figure.Database ?? figure.Program ?? 0)));
    }

    private static decimal Median(IEnumerable<decimal> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static decimal? Number(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;
}

/// <param name="PerProgramCore">Conversations at once on a core of the program that does nothing else.</param>
/// <param name="PerDatabaseCore">The same on a core of the database.</param>
/// <param name="MbEach">Memory of the program for each.</param>
/// <param name="MbPerMinute">What is sent to the browser in a minute, the teacher's voice with it.</param>
internal sealed record ConversationLoad(decimal PerProgramCore, decimal PerDatabaseCore, decimal MbEach, decimal MbPerMinute);
