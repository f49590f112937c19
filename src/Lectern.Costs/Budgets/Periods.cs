using Lectern.Platform.Schools;
using Microsoft.Extensions.Options;

namespace Lectern.Costs.Budgets;

/// <summary>Days and months of budgets: a school's by its own clock, the installation's by that of the settings.</summary>
internal sealed class Periods(IOptions<CostsOptions> options, TimeProvider time)
{
    // Only its clock is of interest: the installation is no school.
    private readonly School _installation = new(Guid.Empty, "", "", options.Value.TimeZone, "en", options.Value.Currency, IsSystem: true);

    public DateOnly InstallationDay(DateTimeOffset at) => _installation.Day(at);

    /// <summary>When the day ends that began last, of the school or of the installation: what was leased for it is good no longer.</summary>
    public DateTimeOffset NextDay(School school)
    {
        var now = time.GetUtcNow();
        var (here, there) = (school.NextDay(now), _installation.NextDay(now));
        return here < there ? here : there;
    }

    /// <summary>The first day of the period of a budget that is now.</summary>
    public DateOnly Starts(Budget budget, School school)
    {
        var day = Clock(budget, school).Day(time.GetUtcNow());
        return budget.IsMonthly ? SpentKey.FirstOf(day) : day;
    }

    /// <summary>The instant at which a new period begins.</summary>
    public DateTimeOffset Ends(Budget budget, School school) => Ends(budget, school, Starts(budget, school));

    public DateTimeOffset Ends(Budget budget, School school, DateOnly starts)
    {
        var last = budget.IsMonthly ? starts.AddMonths(1).AddDays(-1) : starts;
        // Noon is on its day in every time zone and through every change of the clock.
        var noon = new DateTimeOffset(last.ToDateTime(new TimeOnly(12, 0)), TimeZone(Clock(budget, school)).GetUtcOffset(last.ToDateTime(new TimeOnly(12, 0))));
        return Clock(budget, school).NextDay(noon);
    }

    /// <summary>The row of <c>cost_spent</c> that the budget is held against.</summary>
    public static SpentKey KeyOf(Budget budget, Guid school, DateOnly starts) => budget.Scope switch
    {
        SpentKey.Installation => new(SpentKey.Installation, Guid.Empty, budget.Period, starts, SchoolId: null),
        SpentKey.Course => new(SpentKey.Course, budget.CourseId!.Value, budget.Period, starts, school), // a course's budget has a course
        _ => new(SpentKey.School, school, budget.Period, starts, school),
    };

    private School Clock(Budget budget, School school) => budget.Scope == SpentKey.Installation ? _installation : school;

    private static TimeZoneInfo TimeZone(School school) => TimeZoneInfo.TryFindSystemTimeZoneById(school.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
