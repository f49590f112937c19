using Lectern.Costs.Contracts;
using Lectern.Costs.Dashboard;
using Lectern.Costs.Metering;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Costs.Budgets;

/// <summary>A school's budgets as their pages show them.</summary>
/// <param name="Own">Those in force, with how far they are used up.</param>
/// <param name="All">With those that were given up, by id.</param>
/// <param name="Alarms">Raised in the month, the newest first.</param>
/// <param name="Steps">What was switched off and on in the month, the newest first.</param>
/// <param name="Plan">The plan's monthly sum in the currency that is shown; null without a plan.</param>
internal sealed record BudgetOverview(
    IReadOnlyList<BudgetFigures> Own, IReadOnlyDictionary<Guid, Budget> All, IReadOnlyList<BudgetAlarm> Alarms, IReadOnlyList<SpendingStep> Steps, decimal? Plan, SpendingLevel Level, DateTimeOffset? Until)
{
    public IEnumerable<BudgetFigures> Caps => Own.Where(figures => figures.Budget.IsCap);
}

/// <summary>Reads and changes the budgets of the scope's school; those of the installation, if it is the system school.</summary>
internal sealed class BudgetBook(LecternDb db, SchoolContext school, FiguresReader reader, FiguresBook book, SchoolSettings settings, Exchange exchange, TimeProvider time)
{
    /// <summary>How many budgets a school can have: each is read whenever something is leased.</summary>
    public const int Most = 50;

    /// <param name="month">Its first day.</param>
    public async Task<BudgetOverview> ReadAsync(DateOnly month, CancellationToken ct)
    {
        var figures = await reader.ReadAsync(school.Required, ct);
        var all = await db.Set<Budget>().AsNoTracking().ToDictionaryAsync(budget => budget.Id, ct);
        var (from, to) = (school.Required.StartOfDay(Noon(month)), school.Required.StartOfDay(Noon(month.AddMonths(1))));
        var alarms = await db.Set<BudgetAlarm>().AsNoTracking().Where(alarm => alarm.RaisedAt >= from && alarm.RaisedAt < to).OrderByDescending(alarm => alarm.RaisedAt).ThenByDescending(alarm => alarm.Percent).Take(100).ToListAsync(ct);
        var steps = await db.Set<SpendingStep>().AsNoTracking().Where(step => step.SteppedAt >= from && step.SteppedAt < to).OrderByDescending(step => step.SteppedAt).Take(100).ToListAsync(ct);
        var plan = (await settings.GetAsync<PlanSetting>(ct)).In(exchange.ShownFor(school.Required.Currency))?.Values.Sum();
        var state = figures.StateOf(course: null);
        return new BudgetOverview([.. figures.Budgets.Where(one => one.Budget.SchoolId == school.Required.Id)], all, alarms, steps, plan, state.Level, state.Until);
    }

    public Task<Budget?> FindAsync(Guid id, CancellationToken ct) => db.Set<Budget>().SingleOrDefaultAsync(budget => budget.Id == id && budget.RemovedAt == null, ct);

    /// <returns>False when there are as many as there can be.</returns>
    public async Task<bool> AddAsync(string scope, Guid? course, string period, BudgetTerms terms, CancellationToken ct)
    {
        if (await db.Set<Budget>().CountAsync(budget => budget.RemovedAt == null, ct) >= Most)
            return false;
        db.Add(Budget.Create(scope, course, period, terms, time.GetUtcNow()));
        await SaveAsync(ct);
        return true;
    }

    public async Task ChangeAsync(Budget budget, BudgetTerms terms, CancellationToken ct)
    {
        budget.Change(terms, time.GetUtcNow());
        await SaveAsync(ct);
    }

    public async Task RemoveAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } budget)
            return;
        budget.Remove(time.GetUtcNow());
        await SaveAsync(ct);
    }

    private async Task SaveAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        book.Want(school.Required.Id);
    }

    private static DateTimeOffset Noon(DateOnly day) => new(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);
}
