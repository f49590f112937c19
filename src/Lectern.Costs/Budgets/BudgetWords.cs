using Lectern.Costs.Contracts;
using Lectern.Platform.Localization;

namespace Lectern.Costs.Budgets;

/// <summary>Budgets as people name them.</summary>
internal static class BudgetWords
{
    /// <param name="courses">Titles of courses; one that is gone has none.</param>
    public static string TitleOf(Budget budget, IReadOnlyDictionary<Guid, string> courses, Texts t) => (budget.Scope, budget.IsMonthly) switch
    {
        (SpentKey.Installation, true) => t["The whole installation, a month"],
        (SpentKey.Installation, false) => t["The whole installation, a day"],
        (SpentKey.Course, true) => t["{course}, a month", ("course", CourseOf(budget, courses, t))],
        (SpentKey.Course, false) => t["{course}, a day", ("course", CourseOf(budget, courses, t))],
        (_, true) => t["The school, a month"],
        _ => t["The school, a day"],
    };

    /// <summary>An alarm in one line, such as "80 % of 500.00 USD is spent".</summary>
    public static string Of(BudgetAlarm alarm, Texts t) => alarm.Kind == BudgetAlarm.ProjectedKind
        ? t["At this rate the month ends at {projected}, above {amount}.", ("projected", t.Money(alarm.Spent, alarm.Currency)), ("amount", t.Money(alarm.Amount, alarm.Currency))]
        : t["{percent} of {amount} is spent: {spent}.", ("percent", t.Percentage(alarm.Percent)), ("amount", t.Money(alarm.Amount, alarm.Currency)), ("spent", t.Money(alarm.Spent, alarm.Currency))];

    private static string CourseOf(Budget budget, IReadOnlyDictionary<Guid, string> courses, Texts t) => budget.CourseId is { } id && courses.TryGetValue(id, out var title) ? title : t["a course that is gone"];
}
