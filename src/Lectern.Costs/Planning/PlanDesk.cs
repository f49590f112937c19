using Lectern.Costs.Planning.Capacity;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Planning.Interview;
using Lectern.Costs.Planning.Reports;
using Lectern.Costs.Prices;
using Lectern.Costs.Yaml;

namespace Lectern.Costs.Planning;

/// <summary>How a plan's result is written out.</summary>
public enum PlanFormat
{
    /// <summary>For a terminal of a hundred columns.</summary>
    Table,
    Markdown,
    Json,

    /// <summary>The lines of the shown month.</summary>
    Csv,

    /// <summary>One file to keep or print.</summary>
    Html,
}

/// <summary>What of a plan is wanted.</summary>
/// <param name="Cloud"><c>aws</c>, <c>azure</c>, <c>gcp</c>, <c>server</c>; <c>all</c> puts them beside the plan's own; null: the plan's own alone.</param>
/// <param name="Phase">Whose lines are shown, from 1; null: the last.</param>
/// <param name="Profile">In place of the plan's profiles; <c>documented</c> shows the estimate that the plan quotes.</param>
public sealed record PlanView(string? Cloud, int? Phase, string? Profile, PlanFormat Format);

/// <summary>The text to show.</summary>
/// <param name="IsUsable">Whether the plan could be reckoned; if not, the text names every problem with its file and line.</param>
public sealed record PlanAnswer(string Text, bool IsUsable);

/// <summary>Plans for the command line: reads a file, reckons it, writes it out; and asks the questions for a new one.</summary>
public sealed class PlanDesk
{
    private static readonly Cloud[] AllClouds = [Cloud.Aws, Cloud.Azure, Cloud.Gcp, Cloud.Server];

    private readonly PriceCatalogue _catalogue;
    private readonly DateOnly _today;

    internal PlanDesk(PriceCatalogue catalogue, DateOnly today) => (_catalogue, _today) = (catalogue, today);

    /// <summary>The JSON Schema of plan files.</summary>
    public static string Schema => PlanSchema.Text;

    /// <summary>With the shipped prices, and those of an installation.</summary>
    /// <param name="ownPrices">The folder <c>prices</c> of the data folder; it need not exist.</param>
    /// <exception cref="YamlProblemsException">A price file is not usable.</exception>
    public static PlanDesk Open(string ownPrices, DateOnly today) => new(PriceBook.Read(ownPrices), today);

    /// <param name="file">Its name, for messages.</param>
    public PlanAnswer Answer(string yaml, string file, PlanView view)
    {
        var reading = PlanReader.Read(yaml, file, _catalogue, _today);
        if (reading.Plan is not { } plan)
            return new PlanAnswer(string.Join('\n', reading.Problems) + "\n", IsUsable: false);
        if (view.Phase is { } wanted && (wanted < 1 || wanted > plan.Phases.Count))
            return new PlanAnswer($"The plan has {plan.Phases.Count} {(plan.Phases.Count == 1 ? "phase" : "phases")}: {string.Join(", ", plan.Phases.Select((phase, index) => $"{index + 1} {phase.Name}"))}.\n", IsUsable: false);
        if (Wrong(plan, view) is { } wrong)
            return new PlanAnswer(wrong, IsUsable: false);
        plan = WithProfile(plan, view.Profile);
        Cloud? cloud = view.Cloud is { } word and not "all" ? PlanWords.Clouds[word] : null;
        var result = new Planner(_catalogue, MeasuredCapacity.BuiltIn, _today).Reckon(plan, cloud, view.Phase - 1, view.Cloud == "all" ? AllClouds : []);
        return new PlanAnswer(Write(result, view.Format), IsUsable: true);
    }

    /// <summary>Asks the questions of a plan and writes it, with comments.</summary>
    /// <param name="ask">Given a question and what is supposed without an answer, gives the answer; null or nothing for what is supposed.</param>
    /// <param name="complain">Told what is wrong with an answer, before it is asked again.</param>
    public string Interview(Func<string, string, string?> ask, Action<string> complain) => new PlanInterview(_catalogue, _today).Write(ask, complain);

    private static string? Wrong(Plan plan, PlanView view)
    {
        if (view.Cloud is { } cloud and not "all" && !PlanWords.Clouds.ContainsKey(cloud))
            return $"There is no cloud '{cloud}': {string.Join(", ", PlanWords.Clouds.Keys)}, all.\n";
        if (view.Profile is not { } profile)
            return null;
        if (!PlanWords.Profiles.TryGetValue(profile, out var kind))
            return $"There is no profile '{profile}': {string.Join(", ", PlanWords.Profiles.Keys)}.\n";
        return kind == ProfileKind.Documented && plan.Phases.All(phase => phase.Documented.Count == 0) ? "The plan quotes no estimate: it has no rows under 'documented'.\n" : null;
    }

    private static Plan WithProfile(Plan plan, string? profile)
    {
        if (profile is null)
            return plan;
        var kind = PlanWords.Profiles[profile];
        var phases = plan.Phases.Where(phase => kind != ProfileKind.Documented || phase.Documented.Count > 0).Select(phase => phase with { Profile = kind });
        return plan with { Phases = [.. phases], Existing = kind == ProfileKind.Documented ? [] : plan.Existing };
    }

    private static string Write(PlanResult result, PlanFormat format) => format switch
    {
        PlanFormat.Markdown => MarkdownReport.Write(PlanReport.Of(result)),
        PlanFormat.Html => HtmlReport.Write(PlanReport.Of(result)),
        PlanFormat.Json => JsonReport.Write(result),
        PlanFormat.Csv => CsvReport.Write(result),
        _ => ConsoleReport.Write(PlanReport.Of(result)),
    };
}
