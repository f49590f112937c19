using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;
using Lectern.Costs.Yaml;

namespace Lectern.Costs.Planning.Input;

/// <summary>Reads the phases of a plan; a plan without any has one. Each phase begins with the plan's workload and puts its own figures over it.</summary>
internal sealed class PlanPhases(string file, PlanSection root, DateOnly start, DateOnly? until, List<YamlProblem> problems, List<Assumed> assumed)
{
    private const int Longest = 240;

    private readonly HashSet<string> _isAssumed = [];
    private bool _isWritten;

    public List<Phase> Read()
    {
        var common = Figures(root.Section("workload", Keys()));
        var profile = root.Word("profile", PlanWords.Profiles);
        var purchase = root.Word("purchase", PlanWords.Purchases);
        var storage = Storage(root, since: 1);
        var sections = root.Sections("phases", PlanWords.Phase).ToList();
        var from = sections.ConvertAll(section => section.Month("from", isRequired: true) ?? start);
        var last = LastMonth(from.Count == 0 ? start : from.Max());
        if (sections.Count == 0)
            return [Build(root, new Span(root.Text("plan") ?? "", start, 1, last), common, common, profile, purchase, storage)];
        var spans = Spans(sections, from, last);
        return [.. sections.Zip(spans, (section, span) => Build(section, span, common, Figures(section.Section("workload", Keys())), section.Word("profile", PlanWords.Profiles) ?? profile,
            section.Word("purchase", PlanWords.Purchases) ?? purchase, section.Has("storage") ? Storage(section, span.First) : storage))];
    }

    private Phase Build(PlanSection section, Span span, Dictionary<WorkloadInput, Interval> common, Dictionary<WorkloadInput, Interval> own, ProfileKind? profile, Purchase? purchase, List<StoredClass>? storage)
    {
        var documented = Documented(section);
        var kind = profile ?? (documented.Count > 0 && common.Count + own.Count == 0 ? ProfileKind.Documented : Assume("profile", ProfileKind.TwoZones, value => PlanWords.Of(PlanWords.Profiles, value), "Profile"));
        var values = WorkloadInputs.All.Select(input => own.TryGetValue(input, out var mine) ? mine : common.TryGetValue(input, out var given) ? given : Default(section, input, kind)).ToList();
        var rows = storage ?? [];
        if (kind != ProfileKind.Documented && rows.TrueForAll(row => row.Kind != StorageKind.Database))
            rows = [.. rows, DefaultDatabase(values[WorkloadInputs.Students.Index] ?? Interval.Zero, span.First)];
        return new Phase(span.Name, span.From, span.First, span.Months, kind, purchase ?? Assume("purchase", Purchase.OnDemand, _ => "on-demand", "Purchase"), new Workload(values, rows), documented, Stated(section));
    }

    private Interval? Default(PlanSection section, WorkloadInput input, ProfileKind kind)
    {
        if (kind == ProfileKind.Documented)
            return input.DefaultValue;
        if (input == WorkloadInputs.Students)
        {
            if (_isWritten)
                return Interval.Zero;
            problems.Add(new YamlProblem(file, section.Line, 1, "{0}: {1}.", "workload.students", "it is missing; how many students there are decides everything else"));
            return Interval.Zero;
        }
        Assume("workload." + input.Key, input, _ => input.Default ?? "2 KB for each page and answer", input.Label);
        return input.Default is null ? null : input.DefaultValue;
    }

    // What a student leaves behind in rows: conversations, tests, progress.
    private StoredClass DefaultDatabase(Interval students, int since)
    {
        Assume("storage.database", 0, _ => "1 GB + 2 MB for each student, + 5 % a month", "Database");
        var size = students * (2m / 1024) + 1m;
        return new StoredClass("Database", StorageKind.Database, size, size * 0.05m, null, since);
    }

    private Dictionary<WorkloadInput, Interval> Figures(PlanSection? section)
    {
        // Whoever wrote it wrongly is told so at its place, not that it is missing.
        _isWritten |= section?.Has(WorkloadInputs.Students.Key) == true;
        return section is null ? [] : Read(section);
    }

    private static Dictionary<WorkloadInput, Interval> Read(PlanSection section) => WorkloadInputs.All
        .Select(input => (input, Value: section.Figure(input.Key, input.Unit, input.Most)))
        .Where(read => read.Value is not null).ToDictionary(read => read.input, read => read.Value ?? Interval.Zero);

    private static List<StoredClass>? Storage(PlanSection section, int since) => !section.Has("storage") ? null : [.. section.Sections("storage", PlanWords.StorageRow).Select(row => new StoredClass(
        row.Text("name", isRequired: true) ?? "", row.Word("kind", PlanWords.Storage, isRequired: true) ?? StorageKind.Hot, row.Figure("start", PlanUnit.Data, 1_000_000_000) ?? Interval.Zero,
        row.Figure("growth", PlanUnit.DataPerMonth, 100_000_000) ?? Interval.Zero, row.Text("keep") is null or "forever" ? null : row.Exact("keep", PlanUnit.Months, 1200), since))];

    private static List<DocumentedRow> Documented(PlanSection section) => [.. section.Sections("documented", PlanWords.Documented).Select(row => new DocumentedRow(
        row.Line, row.Text("category") ?? "", row.Text("service", isRequired: true) ?? "", row.Text("specification") ?? "", row.Figure("quantity", PlanUnit.Count, 1_000_000_000_000) ?? Interval.Exactly(1),
        row.Price("unit-price", PlanUnit.Money, 1_000_000_000), row.Price("stated", PlanUnit.Money, 1_000_000_000), row.Word("role", PlanWords.Roles) ?? LineRole.Additive, row.Text("for")))];

    private static StatedTotal? Stated(PlanSection section) => section.Figure("stated-total", PlanUnit.MoneyPerMonth, 10_000_000_000) is { } total ? new StatedTotal(section.LineOf("stated-total"), total) : null;

    private List<Span> Spans(List<PlanSection> sections, List<DateOnly> from, int last)
    {
        var spans = new List<Span>();
        for (var index = 0; index < sections.Count; index++)
        {
            var first = MonthsBetween(start, from[index]) + 1;
            var months = index + 1 < sections.Count ? MonthsBetween(from[index], from[index + 1]) : last - first + 1;
            if (index == 0 && first != 1)
                sections[index].Report("from", $"the first phase begins with the plan, in {start:yyyy-MM}");
            else if (months < 1)
                sections[index].Report("from", "each phase begins after the one before and before the end of the plan");
            spans.Add(new Span(sections[index].Text("name", isRequired: true) ?? "", from[index], Math.Max(1, first), Math.Max(1, months)));
        }
        return spans;
    }

    private int LastMonth(DateOnly lastPhase)
    {
        var last = MonthsBetween(start, until ?? Assume("until", lastPhase.AddMonths(11), month => month.ToString("yyyy-MM", null), "Last month")) + 1;
        if (last is >= 1 and <= Longest)
            return last;
        root.Report("until", last < 1 ? "the plan ends before it begins" : $"a plan covers at most {Longest / 12} years");
        return 12;
    }

    private static int MonthsBetween(DateOnly from, DateOnly to) => (to.Year - from.Year) * 12 + to.Month - from.Month;

    private static string[] Keys() => [.. WorkloadInputs.All.Select(input => input.Key)];

    private T Assume<T>(string key, T value, Func<T, string> write, string label)
    {
        // T["Profile"] T["Purchase"] T["Database"] T["Last month"]
        if (_isAssumed.Add(key))
            assumed.Add(new Assumed(key, write(value), label));
        return value;
    }

    private sealed record Span(string Name, DateOnly From, int First, int Months);
}
