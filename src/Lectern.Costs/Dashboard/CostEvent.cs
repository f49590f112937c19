using Lectern.Costs.Budgets;
using Lectern.Costs.Contracts;
using Lectern.Platform.Localization;
using Lectern.Ui.Parts;

namespace Lectern.Costs.Dashboard;

/// <summary>Something a budget did, in words.</summary>
public sealed record CostEvent(DateTimeOffset At, string Budget, Tone Tone, string Badge, string What)
{
    internal static CostEvent Of(BudgetAlarm alarm, BudgetOverview book, IReadOnlyDictionary<Guid, string> courses, Texts t) => new(
        alarm.RaisedAt, TitleOf(alarm.BudgetId, book, courses, t), alarm.Percent >= 100 ? Tone.Danger : Tone.Warning, t.Percentage(alarm.Percent), BudgetWords.Of(alarm, t));

    internal static CostEvent Of(SpendingStep step, BudgetOverview book, IReadOnlyDictionary<Guid, string> courses, Texts t)
    {
        var tone = step.Level switch { SpendingLevel.Everything => Tone.Success, SpendingLevel.Closed => Tone.Danger, _ => Tone.Warning };
        var what = t["{spent} of {amount} was spent.", ("spent", t.Money(step.Spent, step.Currency)), ("amount", t.Money(step.Amount, step.Currency))];
        return new CostEvent(step.SteppedAt, TitleOf(step.BudgetId, book, courses, t), tone, SpendingWords.Of(step.Level, t), what);
    }

    private static string TitleOf(Guid budget, BudgetOverview book, IReadOnlyDictionary<Guid, string> courses, Texts t) => book.All.TryGetValue(budget, out var known) ? BudgetWords.TitleOf(known, courses, t) : "";
}
