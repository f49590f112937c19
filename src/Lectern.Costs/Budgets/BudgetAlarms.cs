using Lectern.Costs.Contracts;
using Lectern.Costs.Metering;
using Lectern.Platform.Data;
using Lectern.Platform.Scheduling;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Costs.Budgets;

/// <summary>Looks at every school's budgets once a minute; one node of the installation at a time.</summary>
internal sealed class WatchBudgets(SchoolDirectory schools, SchoolScopes scopes) : IScheduledTask
{
    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var school in await schools.AllAsync(ct))
        {
            await using var scope = scopes.Enter(school);
            await scope.ServiceProvider.GetRequiredService<BudgetAlarms>().RaiseAsync(ct);
        }
    }
}

/// <summary>
/// Raises the alarms of the scope's school and writes down what was switched off. An alarm, the mails that tell of it and the step are stored together, so each
/// is told once, however often and on however many nodes this runs.
/// </summary>
internal sealed class BudgetAlarms(LecternDb db, SchoolContext school, FiguresReader reader, Periods periods, BudgetMails mails, Exchange exchange, TimeProvider time)
{
    public async Task RaiseAsync(CancellationToken ct)
    {
        if (!await db.Set<Budget>().AnyAsync(budget => budget.RemovedAt == null, ct))
            return;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"lectern.costs.alarms.{school.Required.Id}"}, 0))", ct);
        var own = (await reader.ReadAsync(school.Required, ct)).Budgets.Where(figures => figures.Budget.SchoolId == school.Required.Id).ToList();
        var raised = new List<(BudgetFigures Figures, BudgetAlarm Alarm)>();
        foreach (var figures in own)
        {
            await StepAsync(figures, ct);
            raised.AddRange(await RaiseAsync(figures, ct));
            if (await FinishedAsync(figures, ct) is { } finished)
                raised.AddRange(await RaiseAsync(finished, ct));
            if (figures.Budget is { TellsProjection: true } && await ProjectedAsync(figures, ct) is { } projected && figures.Limit is { } limit && projected > limit)
                raised.AddRange(await RaiseAsync(figures, [100], BudgetAlarm.ProjectedKind, projected, ct));
        }
        foreach (var (figures, alarm) in raised.Where(one => one.Alarm.IsTold))
            await mails.TellAsync(figures, alarm, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Where the budget's month is going to end, in millionths of the installation's currency; null as long as it is too early to tell.</summary>
    public async Task<long?> ProjectedAsync(BudgetFigures figures, CancellationToken ct)
    {
        if (!figures.Budget.IsMonthly)
            return null;
        var scope = Periods.KeyOf(figures.Budget, school.Required.Id, figures.Starts);
        return await reader.ProjectAsync(scope, Today(figures.Budget), figures.Spent.Settled, ct);
    }

    private DateOnly Today(Budget budget) => budget.Scope == SpentKey.Installation ? periods.InstallationDay(time.GetUtcNow()) : school.Required.Day(time.GetUtcNow());

    // What was passed in the last minute of a period is told in the first of the next.
    private async Task<BudgetFigures?> FinishedAsync(BudgetFigures now, CancellationToken ct)
    {
        var starts = now.Budget.IsMonthly ? now.Starts.AddMonths(-1) : now.Starts.AddDays(-1);
        var ends = periods.Ends(now.Budget, school.Required, starts);
        if (now.Budget.CreatedAt >= ends || now.Budget.ChangedAt >= ends || time.GetUtcNow() - ends > TimeSpan.FromHours(1))
            return null;
        var key = Periods.KeyOf(now.Budget, school.Required.Id, starts);
        return now with { Starts = starts, Ends = ends, Spent = (await reader.SpentAsync([key], ct)).GetValueOrDefault(key, SpentSoFar.Nothing) };
    }

    private Task<List<(BudgetFigures, BudgetAlarm)>> RaiseAsync(BudgetFigures figures, CancellationToken ct) =>
        RaiseAsync(figures, [.. figures.Budget.Alarms.Where(percent => figures.Percent >= percent)], BudgetAlarm.SpentKind, figures.Spent.Settled, ct);

    // Of several thresholds passed at once only the highest is told.
    private async Task<List<(BudgetFigures, BudgetAlarm)>> RaiseAsync(BudgetFigures figures, IReadOnlyList<int> percents, string kind, long spent, CancellationToken ct)
    {
        if (percents.Count == 0)
            return [];
        var (budget, starts) = (figures.Budget, figures.Starts);
        var known = await db.Set<BudgetAlarm>().Where(alarm => alarm.BudgetId == budget.Id && alarm.Starts == starts && alarm.Kind == kind).Select(alarm => alarm.Percent).ToListAsync(ct);
        var fresh = percents.Except(known).Order().ToList();
        var shown = Micros.Of(exchange.FromInstallation(Micros.ToUnits(spent), budget.Currency) ?? 0);
        var alarms = fresh.Select(percent => BudgetAlarm.Raise(budget, starts, kind, percent, shown, isTold: percent == fresh[^1] && percent > known.DefaultIfEmpty(0).Max(), time.GetUtcNow())).ToList();
        db.AddRange(alarms);
        return [.. alarms.Select(alarm => (figures, alarm))];
    }

    private async Task StepAsync(BudgetFigures figures, CancellationToken ct)
    {
        var id = figures.Budget.Id;
        var last = await db.Set<SpendingStep>().Where(step => step.BudgetId == id).OrderByDescending(step => step.SteppedAt).Select(step => (SpendingLevel?)step.Level).FirstOrDefaultAsync(ct);
        if ((last ?? SpendingLevel.Everything) != figures.Level)
            db.Add(SpendingStep.Take(figures.Budget, figures.Level, Micros.Of(exchange.FromInstallation(Micros.ToUnits(figures.Spent.Settled), figures.Budget.Currency) ?? 0), time.GetUtcNow()));
    }
}
