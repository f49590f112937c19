using Lectern.Costs.Budgets;
using Lectern.Costs.Contracts;
using Lectern.Costs.Dashboard;
using Lectern.Costs.Metering;
using Lectern.Platform.Data;
using Lectern.Platform.Demo;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Costs.Demo;

/// <summary>
/// The month before this one, as a school has it that talks a lot: spending that grows, alarms, and a cap that is reached on the 27th; and the first days of
/// this month, well below it. The same on every day it is loaded, and booked through the same books as any other use.
/// </summary>
internal sealed class DemoSpending(LecternDb db, SchoolContext context, SchoolSettings settings, IEnumerable<ICourseTitles> titles, UsageWriter writer, Exchange exchange, Periods periods, TimeProvider time) : IDemoContent
{
    private const decimal Cap = 400m;

    // What a school day costs by then, in the school's currency: mid-term grows, weekends are quiet.
    private static readonly (UsageKind Kind, string Provider, decimal Rate, decimal Share)[] Services =
    [
        (UsageKind.ModelInputTokens, "openai", 0.0000004m, 0.14m), (UsageKind.ModelOutputTokens, "openai", 0.0000016m, 0.16m), (UsageKind.SpokenCharacters, "openai", 0.000015m, 0.22m),
        (UsageKind.HeardSeconds, "openai", 0.0001m, 0.13m), (UsageKind.AvatarSeconds, "heygen", 0.002m, 0.31m), (UsageKind.Mails, "ses", 0.0001m, 0.04m),
    ];

    // Of the conversations; the rest belongs to no course, as mails do.
    private static readonly decimal[] CourseShares = [0.48m, 0.31m, 0.21m];

    private IReadOnlyList<Guid> _courses = [];

    /// <summary>After the courses, whose share of the costs it shows.</summary>
    public int Order => 100;

    private School School => context.Required;

    private string Currency => exchange.ShownFor(School.Currency);

    public async Task LoadAsync(string folder, IProgress<string> progress, CancellationToken ct)
    {
        if (await db.Set<Budget>().AnyAsync(ct))
            return;
        _courses = [.. (await CourseNames.ReadAsync(titles, ct)).OrderBy(course => course.Value, StringComparer.Ordinal).Select(course => course.Key).Take(CourseShares.Length)];
        var today = School.Day(time.GetUtcNow());
        var (now, before) = (SpentKey.FirstOf(today), SpentKey.FirstOf(today).AddMonths(-1));
        var budget = await BudgetAsync(before, ct);
        var spent = 0m;
        foreach (var day in Days(before).Where(day => day.Day < 28))
            spent = await SpendAsync(day, Math.Min(DayOf(day, before), Cap - spent), spent, budget, ct);
        await StoreAsync([SpendingStep.Take(budget, SpendingLevel.Everything, 0, At(now, 0))], ct);
        foreach (var day in Days(now).Where(day => day < today && day.Day < 20))
            await LinesAsync(day, DayOf(day, now) / 6, ct);
        progress.Report("Costs: a month of spending, a budget and its alarms");
    }

    private static IEnumerable<DateOnly> Days(DateOnly month) => Enumerable.Range(0, DateTime.DaysInMonth(month.Year, month.Month)).Select(month.AddDays);

    // Grows over the month to where the cap is reached on the 27th.
    private static decimal DayOf(DateOnly day, DateOnly month) =>
        (6m + (day.DayNumber - month.DayNumber) * 0.9m) * (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.45m : 1m) * (1 + (day.Day * 37 % 11 - 5) / 40m) * (day.Day == 27 ? 20 : 1);

    private async Task<Budget> BudgetAsync(DateOnly month, CancellationToken ct)
    {
        var budget = Budget.Create(SpentKey.School, course: null, SpentKey.Month, BudgetTerms.Cap(Cap, Currency), At(month, 0));
        await StoreAsync([budget, Budget.Create(SpentKey.School, course: null, SpentKey.Day, BudgetTerms.Alarm(50m, Currency), At(month, 0))], ct);
        await settings.SetAsync(new PlanSetting
        {
            Currency = Currency,
            Monthly = new() { [nameof(CostCategory.Model)] = 110, [nameof(CostCategory.Voice)] = 80, [nameof(CostCategory.Hearing)] = 50, [nameof(CostCategory.Avatar)] = 130, [nameof(CostCategory.Mail)] = 15 },
        }, ct);
        return budget;
    }

    private async Task<decimal> SpendAsync(DateOnly day, decimal amount, decimal spentBefore, Budget budget, CancellationToken ct)
    {
        var spent = spentBefore + amount;
        await LinesAsync(day, amount, ct);
        var passed = Budget.UsualAlarms.Where(percent => spentBefore * 100 < percent * Cap && spent * 100 >= percent * Cap).ToList();
        foreach (var percent in passed)
            await StoreAsync([BudgetAlarm.Raise(budget, SpentKey.FirstOf(day), BudgetAlarm.SpentKind, percent, Micros.Of(spent), isTold: percent == passed[^1], At(day, 15 + percent / 50))], ct);
        foreach (var (percent, level) in ((int, SpendingLevel)[])[(80, SpendingLevel.Voice), (90, SpendingLevel.Written), (95, SpendingLevel.Typed), (100, SpendingLevel.Closed)])
        {
            if (spentBefore * 100 < percent * Cap && spent * 100 >= percent * Cap)
                await StoreAsync([SpendingStep.Take(budget, level, Micros.Of(Math.Max(spentBefore, Cap * percent / 100)), At(day, 10 + percent / 20))], ct);
        }
        return spent;
    }

    private Task LinesAsync(DateOnly day, decimal amount, CancellationToken ct) =>
        writer.WriteAsync([.. Services.SelectMany((service, n) => SharesOf(service.Kind).Select((share, m) => LineOf(day, service, amount * service.Share * share.Share, share.Course, (n * CourseShares.Length) + m)))], ct);

    private IEnumerable<(Guid? Course, decimal Share)> SharesOf(UsageKind kind) =>
        kind == UsageKind.Mails || _courses.Count < CourseShares.Length ? [(null, 1m)] : _courses.Select((course, n) => ((Guid?)course, CourseShares[n]));

    private MeterEntry.Line LineOf(DateOnly day, (UsageKind Kind, string Provider, decimal Rate, decimal Share) service, decimal cost, Guid? course, int n)
    {
        var (at, quantity) = (At(day, 9 + (n / CourseShares.Length)), Math.Round(cost / service.Rate, 0));
        var usage = new Usage($"demo:{day:yyyyMMdd}:{n}", School.Id, course, SessionId: null, service.Kind, quantity, service.Provider, $"demo-{service.Provider}-{UsageKinds.NameOf(service.Kind)}", at);
        return new MeterEntry.Line(new UsageLine(usage, day, periods.InstallationDay(at), BlockId: null, service.Rate, Currency, Micros.Of(exchange.ToInstallation(quantity * service.Rate, Currency) ?? 0), exchange.Currency, UsageLine.Priced));
    }

    private async Task StoreAsync(IEnumerable<object> rows, CancellationToken ct)
    {
        db.AddRange(rows);
        await db.SaveChangesAsync(ct);
    }

    private DateTimeOffset At(DateOnly day, int hour) => School.StartOfDay(new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero)).AddHours(hour);
}
