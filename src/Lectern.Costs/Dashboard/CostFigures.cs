using Lectern.Costs.Budgets;
using Lectern.Costs.Metering;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Costs.Dashboard;

/// <summary>What a day came to, in millionths, by whatever the chart stacks.</summary>
public sealed record DayBar(DateOnly Day, IReadOnlyList<long> Parts);

/// <param name="Category">Of what kind of service.</param>
/// <param name="Uses">Quantities by kind, the dearest first.</param>
/// <param name="Planned">What the plan has for the month; null without a plan.</param>
public sealed record CategorySum(CostCategory Category, long Amount, IReadOnlyList<(string Kind, decimal Quantity)> Uses, decimal? Planned);

/// <param name="CourseId">Null for what belongs to no course.</param>
public sealed record CourseSum(Guid? CourseId, long Amount);

public sealed record SchoolSum(string Name, long Amount);

/// <summary>Something that is used and has no price, so that it is missing from every sum.</summary>
public sealed record UnpricedSum(string Provider, string? PriceId, string Kind, decimal Quantity);

/// <summary>A month of a school, or of the installation, in its currency. Amounts are millionths.</summary>
/// <param name="Projected">Where the month is going to end; null when it is over, or too early to tell.</param>
public sealed record CostMonth(
    DateOnly Month, string Currency, long Spent, long Unaccounted, long? Projected, IReadOnlyList<CostCategory> Categories, IReadOnlyList<DayBar> Days, IReadOnlyList<CategorySum> ByCategory,
    IReadOnlyList<CourseSum> ByCourse, IReadOnlyList<SchoolSum> BySchool, IReadOnlyList<UnpricedSum> Unpriced)
{
    /// <summary>Nothing was used at all, not even what costs nothing.</summary>
    public bool IsEmpty => Days.Count == 0 && ByCategory.Count == 0 && BySchool.Count == 0;
}

/// <summary>Reads the dashboards' figures from the sums of days.</summary>
internal sealed class CostFigures(LecternDb db, SchoolContext context, SchoolDirectory schools, FiguresReader reader, Periods periods, SchoolSettings settings, Exchange exchange, TimeProvider time)
{
    private School School => context.Required;

    public DateOnly Today => School.IsSystem ? periods.InstallationDay(time.GetUtcNow()) : School.Day(time.GetUtcNow());

    /// <summary>The currency in which the school sees its costs.</summary>
    public string Currency => exchange.ShownFor(School.Currency);

    /// <summary>The first month with anything in it; null when there is none.</summary>
    public async Task<DateOnly?> FirstMonthAsync(CancellationToken ct)
    {
        var first = School.IsSystem
            ? await db.Database.SqlQuery<DateOnly?>($"select min(starts) as \"Value\" from cost_spent where scope = 'installation' and period = 'month' and currency = {exchange.Currency}").SingleAsync(ct)
            : await db.Set<DaySum>().Where(sum => sum.Currency == exchange.Currency).MinAsync(sum => (DateOnly?)sum.Day, ct);
        return first is { } day ? SpentKey.FirstOf(day) : null;
    }

    /// <param name="month">Its first day.</param>
    public Task<CostMonth> ReadAsync(DateOnly month, CancellationToken ct) => School.IsSystem ? OfInstallationAsync(month, ct) : OfSchoolAsync(month, ct);

    private async Task<CostMonth> OfSchoolAsync(DateOnly month, CancellationToken ct)
    {
        var next = month.AddMonths(1);
        var sums = await db.Set<DaySum>().AsNoTracking().Where(sum => sum.Day >= month && sum.Day < next && sum.Currency == exchange.Currency).ToListAsync(ct);
        var plan = await settings.GetAsync<PlanSetting>(ct);
        var categories = sums.Where(sum => sum.Amount != 0).Select(sum => UsageKinds.CategoryOf(sum.Kind)).Distinct().Order().ToList();
        var spent = sums.Sum(sum => sum.Amount);
        var days = sums.Where(sum => sum.Amount != 0).GroupBy(sum => sum.Day).OrderBy(day => day.Key)
            .Select(day => new DayBar(day.Key, [.. categories.Select(category => Shown(day.Where(sum => UsageKinds.CategoryOf(sum.Kind) == category).Sum(sum => sum.Amount)))])).ToList();
        return new CostMonth(month, Currency, Shown(spent), Shown(sums.Where(sum => sum.Kind == UsageKinds.Unaccounted).Sum(sum => sum.Amount)), await ProjectAsync(SpentKey.School, School.Id, month, spent, ct), categories, days,
            [.. ByCategory(sums, plan)],
            [.. sums.GroupBy(sum => sum.CourseId).Select(course => new CourseSum(course.Key, Shown(course.Sum(sum => sum.Amount)))).Where(course => course.Amount != 0).OrderByDescending(course => course.Amount)],
            [],
            [.. sums.Where(sum => sum.Pricing == UsageLine.Unpriced).GroupBy(sum => (sum.Provider, sum.PriceId, sum.Kind)).Select(one => new UnpricedSum(one.Key.Provider, one.Key.PriceId, one.Key.Kind, one.Sum(sum => sum.Quantity)))]);
    }

    private IEnumerable<CategorySum> ByCategory(List<DaySum> sums, PlanSetting plan)
    {
        var used = sums.GroupBy(sum => UsageKinds.CategoryOf(sum.Kind)).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var category in Enum.GetValues<CostCategory>())
        {
            var planned = plan.In(Currency) is { } monthly && monthly.TryGetValue(category.ToString(), out var figure) ? figure : (decimal?)null;
            var lines = used.GetValueOrDefault(category, []);
            if (lines.Count > 0 || planned is not null)
                yield return new CategorySum(category, Shown(lines.Sum(sum => sum.Amount)), [.. lines.GroupBy(sum => sum.Kind).OrderByDescending(kind => kind.Sum(sum => sum.Amount)).Select(kind => (kind.Key, kind.Sum(sum => sum.Quantity)))], planned);
        }
    }

    // The sums of days stand behind each school's wall; over all schools there is what is spent of the budgets.
    private async Task<CostMonth> OfInstallationAsync(DateOnly month, CancellationToken ct)
    {
        var all = (await schools.AllAsync(ct)).Where(school => !school.IsSystem).ToList();
        var days = Enumerable.Range(0, DateTime.DaysInMonth(month.Year, month.Month)).Select(n => new SpentKey(SpentKey.Installation, Guid.Empty, SpentKey.Day, month.AddDays(n), SchoolId: null)).ToList();
        var spent = await reader.SpentAsync([.. days, .. all.Select(school => MonthOf(school.Id)), new SpentKey(SpentKey.Installation, Guid.Empty, SpentKey.Month, month, SchoolId: null)], ct);
        var total = Of(new SpentKey(SpentKey.Installation, Guid.Empty, SpentKey.Month, month, SchoolId: null));
        return new CostMonth(month, Currency, Shown(total), 0, await ProjectAsync(SpentKey.Installation, Guid.Empty, month, total, ct), [],
            [.. days.Where(day => Of(day) != 0).Select(day => new DayBar(day.Starts, [Shown(Of(day))]))], [], [],
            [.. all.Select(school => new SchoolSum(school.Name, Shown(Of(MonthOf(school.Id))))).Where(school => school.Amount != 0).OrderByDescending(school => school.Amount)], []);

        SpentKey MonthOf(Guid school) => new(SpentKey.School, school, SpentKey.Month, month, school);
        long Of(SpentKey key) => spent.GetValueOrDefault(key, SpentSoFar.Nothing).Settled;
    }

    private async Task<long?> ProjectAsync(string scope, Guid owner, DateOnly month, long spent, CancellationToken ct)
    {
        if (month != SpentKey.FirstOf(Today))
            return null;
        var key = new SpentKey(scope, owner, SpentKey.Month, month, scope == SpentKey.School ? School.Id : null);
        return await reader.ProjectAsync(key, Today, spent, ct) is { } projected ? Shown(projected) : null;
    }

    private long Shown(long micros) => Micros.Of(exchange.FromInstallation(Micros.ToUnits(micros), Currency) ?? 0);
}

/// <summary>What a school expects to spend in a month, by category: entered by hand, or taken over from a plan.</summary>
internal sealed record PlanSetting : ISchoolSetting
{
    public static string SettingName => "costs.plan";

    /// <summary>The currency of the figures; those of another one than is shown count as none.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Units of the currency by the name of a <see cref="CostCategory"/>.</summary>
    public Dictionary<string, decimal> Monthly { get; init; } = [];

    public decimal? Total => Monthly.Count == 0 ? null : Monthly.Values.Sum();

    public Dictionary<string, decimal>? In(string currency) => Currency == currency && Monthly.Count > 0 ? Monthly : null;
}
