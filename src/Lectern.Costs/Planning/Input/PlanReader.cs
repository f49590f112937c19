using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;
using Lectern.Costs.Yaml;

namespace Lectern.Costs.Planning.Input;

/// <summary>Reads a plan file. Nothing is guessed silently: what is missing and has a default is listed in <see cref="Plan.Assumed"/>, everything else is a problem with its line.</summary>
internal sealed class PlanReader
{
    private readonly List<YamlProblem> _problems = [];
    private readonly List<Assumed> _assumed = [];
    private readonly string _file;
    private readonly DateOnly _today;

    private PlanReader(string file, DateOnly today) => (_file, _today) = (file, today);

    /// <param name="file">Its name, for the messages.</param>
    /// <param name="today">Plans without a start begin in the next month.</param>
    public static PlanReading Read(string yaml, string file, DateOnly today)
    {
        var reader = new PlanReader(file, today);
        var plan = reader.Load(yaml) is { } root ? reader.Plan(root) : null;
        return new PlanReading(reader._problems.Count == 0 ? plan : null, [.. reader._problems.OrderBy(problem => problem.Line)]);
    }

    private PlanSection? Load(string yaml)
    {
        var root = YamlReader.Read(yaml, _file, _problems);
        if (root is YamlMap map)
            return new PlanSection(_file, "", map, PlanWords.Plan, _problems);
        if (root is not null)
            _problems.Add(new YamlProblem(_file, root.Line, root.Column, "A plan has keys, each on its own line; this is {0}.", root.Type));
        return null;
    }

    private Plan Plan(PlanSection root)
    {
        var start = root.Month("start") ?? Assume("start", new DateOnly(_today.Year, _today.Month, 1).AddMonths(1), month => month.ToString("yyyy-MM", null), "First month");
        var until = root.Month("until");
        var cloud = root.Word("cloud", PlanWords.Clouds) ?? Assume("cloud", Cloud.Aws, value => PlanWords.Of(PlanWords.Clouds, value), "Cloud");
        var phases = new PlanPhases(_file, root, start, until, _problems, _assumed).Read();
        return new Plan
        {
            Name = root.Text("plan", isRequired: true) ?? "",
            File = _file,
            Cloud = cloud,
            Regions = Regions(root, cloud),
            RegionCount = (int)(root.Exact("region-count", PlanUnit.Count, 30) ?? (phases.Any(phase => phase.Profile == ProfileKind.SeveralRegions) ? Assume("region-count", 3m, value => $"{value}", "Regions") : 3m)),
            AccountOpened = root.Day("account-opened") ?? Assume("account-opened", start, day => day.ToString("yyyy-MM-dd", null), "Account opened"),
            HeadRoom = HeadRoom(root),
            Services = Services(root),
            Existing = Existing(root),
            Staff = Staff(root),
            Budget = root.Exact("budget", PlanUnit.MoneyPerMonth, 1_000_000_000),
            Alarms = root.Figures("alarms", PlanUnit.MoneyPerMonth, 1_000_000_000),
            Paying = root.Exact("paying", PlanUnit.Share, 1) ?? Assume("paying", 1m, _ => "100 %", "Students who pay"),
            Availability = root.Exact("availability", PlanUnit.Share, 1),
            Phases = phases,
            Assumed = _assumed,
        };
    }

    private decimal HeadRoom(PlanSection root)
    {
        var headRoom = root.Exact("head-room", PlanUnit.Share, 1) ?? Assume("head-room", 0.5m, _ => "50 %", "Head-room");
        if (headRoom <= 0.9m)
            return headRoom;
        root.Report("head-room", "more than 90 % would leave nothing to work with");
        return 0.5m;
    }

    private static Dictionary<Cloud, string> Regions(PlanSection root, Cloud cloud)
    {
        var regions = new Dictionary<Cloud, string>();
        var section = root.Section("regions", PlanWords.Clouds.Keys);
        foreach (var (word, other) in PlanWords.Clouds)
        {
            if (section?.Text(word) is { } named)
                regions[other] = named;
        }
        if (root.Text("region") is { } region)
            regions[cloud] = region;
        return regions;
    }

    private static PlanServices Services(PlanSection root)
    {
        var section = root.Section("services", PlanWords.Services);
        return new PlanServices(section?.Text("model"), section?.Text("speech-to-text"), section?.Text("text-to-speech"), section?.Text("avatar"), section?.Text("telephony"), section?.Text("mail"), section?.Text("support"))
        {
            LineOf = key => section is not null && section.Has(key) ? section.LineOf(key) : root.LineOf("services"),
        };
    }

    private static List<KeptService> Existing(PlanSection root) => [.. root.Sections("existing", PlanWords.Kept).Select(row => new KeptService(
        row.Text("name", isRequired: true) ?? "", row.Text("category") ?? "", row.Price("price", PlanUnit.MoneyPerMonth, 100_000_000, isRequired: true) ?? Interval.Zero, row.Word("role", PlanWords.Roles) ?? LineRole.Additive))];

    private static List<StaffRow> Staff(PlanSection root) => [.. root.Sections("staff", PlanWords.Staff).Select(row => new StaffRow(
        row.Text("name", isRequired: true) ?? "", row.Exact("people", PlanUnit.Count, 100_000) ?? 1, row.Figure("salary", PlanUnit.MoneyPerMonth, 1_000_000, isRequired: true) ?? Interval.Zero))];

    private T Assume<T>(string key, T value, Func<T, string> write, string label)
    {
        // T["First month"] T["Cloud"] T["Regions"] T["Account opened"] T["Students who pay"] T["Head-room"]
        _assumed.Add(new Assumed(key, write(value), label));
        return value;
    }
}

/// <summary>A plan, or everything that is wrong with it.</summary>
internal sealed record PlanReading(Plan? Plan, IReadOnlyList<YamlProblem> Problems);
