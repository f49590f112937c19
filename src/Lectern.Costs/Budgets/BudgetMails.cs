using Lectern.Accounts.Contracts;
using Lectern.Costs.Contracts;
using Lectern.Platform.Localization;
using Lectern.Platform.Mail;
using Lectern.Platform.Operations;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;

namespace Lectern.Costs.Budgets;

/// <summary>Tells the administrators of an alarm, each in the own language. Adds to the unit of work; the caller saves.</summary>
internal sealed class BudgetMails(Mailbox mailbox, IPeople people, IEnumerable<ICourseTitles> titles, TextLibrary library, SchoolContext school, PublicAddress address)
{
    public async Task TellAsync(BudgetFigures figures, BudgetAlarm alarm, CancellationToken ct)
    {
        var courses = await CourseNames.ReadAsync(titles, ct);
        foreach (var person in await people.WithRoleAsync(school.Required.IsSystem ? PersonRoles.PlatformAdmin : PersonRoles.SchoolAdmin, ct))
        {
            var T = library.For(person.Locale, school.Required);
            var subject = alarm.Kind == BudgetAlarm.ProjectedKind
                ? T["{school}: the month is going to end above the budget", ("school", school.Required.Name)]
                : T["{school}: {percent} of a budget is spent", ("school", school.Required.Name), ("percent", T.Percentage(alarm.Percent))];
            mailbox.Queue(new Mail(person.Email, subject, string.Join("\n\n", Lines(figures, alarm, courses, T))));
        }
    }

    private IEnumerable<string> Lines(BudgetFigures figures, BudgetAlarm alarm, IReadOnlyDictionary<Guid, string> courses, Texts T)
    {
        yield return T["Hello,"];
        yield return $"{BudgetWords.TitleOf(figures.Budget, courses, T)}: {BudgetWords.Of(alarm, T)}";
        if (figures.Level != SpendingLevel.Everything)
            yield return T["What holds now: {level}. It is undone by itself on {when}, or when the budget is raised.", ("level", SpendingWords.Of(figures.Level, T)), ("when", T.DateTime(figures.Ends))];
        else if (figures.Budget.IsCap)
            yield return T["Nothing is switched off yet."];
        yield return address.Of("/admin/costs", request: null);
        yield return school.Required.Name + "\n";
    }
}

internal static class CourseNames
{
    /// <summary>Titles by id; none where no room has courses.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> ReadAsync(IEnumerable<ICourseTitles> titles, CancellationToken ct)
    {
        var names = new Dictionary<Guid, string>();
        foreach (var source in titles)
        {
            foreach (var course in await source.AllAsync(ct))
                names[course.Id] = course.Title;
        }
        return names;
    }
}
