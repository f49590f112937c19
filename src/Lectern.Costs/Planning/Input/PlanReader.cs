using Lectern.Costs.Planning.Parts;
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

    private readonly PriceCatalogue _catalogue;

    private PlanReader(string file, PriceCatalogue catalogue, DateOnly today) => (_file, _catalogue, _today) = (file, catalogue, today);

    /// <param name="file">Its name, for the messages.</param>
    /// <param name="catalogue">Knows the services that a plan may name.</param>
    /// <param name="today">Plans without a start begin in the next month.</param>
    public static PlanReading Read(string yaml, string file, PriceCatalogue catalogue, DateOnly today)
    {
        var reader = new PlanReader(file, catalogue, today);
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
            Services = Services(root, phases),
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

    private Dictionary<Cloud, string> Regions(PlanSection root, Cloud cloud)
    {
        var regions = new Dictionary<Cloud, string>();
        var section = root.Section("regions", PlanWords.Clouds.Keys);
        foreach (var (word, other) in PlanWords.Clouds)
        {
            if (section?.Text(word) is { } named)
                regions[other] = Known(section, word, named, other);
        }
        if (root.Text("region") is { } region)
            regions[cloud] = Known(root, "region", region, cloud);
        return regions;
    }

    // A slip is told. What is like no region that is known may be one without prices: the bill says what is missing.
    private string Known(PlanSection section, string key, string region, Cloud cloud)
    {
        var known = _catalogue.Regions.Where(one => cloud == Cloud.Server ? one.Provider is "hetzner" or "digitalocean" : one.Provider == PlanWords.Of(PlanWords.Clouds, cloud)).Select(one => one.Id).ToList();
        if (!known.Contains(region) && NearestWord.Of(region, known) is { } near)
            section.Report(key, $"no prices are known in '{region}'; did you mean '{near}'?");
        return region;
    }

    // What has a price by use is named, for it decides most of the bill.
    private PlanServices Services(PlanSection root, List<Phase> phases)
    {
        var section = root.Section("services", PlanWords.Services);
        var workloads = phases.Where(phase => phase.Profile != ProfileKind.Documented).Select(phase => phase.Workload).ToList();
        return new PlanServices(
            Service("model", "openai-gpt-4o-mini", workloads.Exists(workload => !workload.Answers.IsZero)),
            Service("speech-to-text", "openai-gpt-4o-mini-transcribe", workloads.Exists(IsSpoken)),
            Service("text-to-speech", "openai-tts-1", workloads.Exists(IsSpoken)),
            Service("avatar", "liveavatar-lite", workloads.Exists(workload => !workload[WorkloadInputs.Avatar].IsZero)),
            Service("telephony", "twilio-media-streams", workloads.Exists(workload => !workload.Calls.IsZero)),
            Service("mail", "aws-ses", workloads.Exists(workload => !workload[WorkloadInputs.Mails].IsZero)),
            Service("support", PlanServiceItems.None, workloads.Count > 0));

        string? Service(string key, string supposed, bool isNeeded)
        {
            if (section?.Text(key) is not { } named)
                return isNeeded ? Assume("services." + key, supposed, value => value, "Services") : null;
            var known = PlanServiceItems.Known(_catalogue, key).ToList();
            if (!known.Contains(named))
                section.Report(key, $"'{named}' is not in the catalogue{(NearestWord.Of(named, known) is { } near ? $"; did you mean '{near}'?" : $" (known: {string.Join(", ", known)})")}");
            return named;
        }
    }

    private static bool IsSpoken(Workload workload) => !workload[WorkloadInputs.Spoken].IsZero || !workload.Calls.IsZero;

    private static List<KeptService> Existing(PlanSection root) => [.. root.Sections("existing", PlanWords.Kept).Select(row => new KeptService(
        row.Text("name", isRequired: true) ?? "", row.Text("category") ?? "", row.Price("price", PlanUnit.MoneyPerMonth, 100_000_000, isRequired: true) ?? Interval.Zero, row.Word("role", PlanWords.Roles) ?? LineRole.Additive))];

    private static List<StaffRow> Staff(PlanSection root) => [.. root.Sections("staff", PlanWords.Staff).Select(row => new StaffRow(
        row.Text("name", isRequired: true) ?? "", row.Exact("people", PlanUnit.Count, 100_000) ?? 1, row.Figure("salary", PlanUnit.MoneyPerMonth, 1_000_000, isRequired: true) ?? Interval.Zero))];

    private T Assume<T>(string key, T value, Func<T, string> write, string label)
    {
        // T["Services"] T["First month"] T["Cloud"] T["Regions"] T["Account opened"] T["Students who pay"] T["Head-room"]
        _assumed.Add(new Assumed(key, write(value), label));
        return value;
    }
}

/// <summary>A plan, or everything that is wrong with it.</summary>
internal sealed record PlanReading(Plan? Plan, IReadOnlyList<YamlProblem> Problems);
