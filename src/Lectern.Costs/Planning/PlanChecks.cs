using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Planning.Profiles;
using Lectern.Costs.Planning.Reports;
using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning;

/// <summary>What a reader has to know before trusting a bill, beyond what the parts have said.</summary>
internal sealed class PlanChecks(Plan plan, PhaseCost shown, PriceCatalogue catalogue, DateOnly today)
{
    // From here on the reader is told how much rests on prices that nobody could confirm.
    private const decimal NotableShare = 0.05m;

    private static readonly PlanWriter T = PlanWriter.T;

    public IReadOnlyList<PlanWarning> All(IReadOnlyList<Bill> months) =>
        [.. shown.Last.Warnings, .. Money(), .. Promises(), .. Evidence(), .. FreeTiers(months), .. Documented()];

    private IEnumerable<PlanWarning> Money()
    {
        var total = shown.Last.Total;
        if (plan.Alarms.Where(alarm => alarm < total.High).Order().ToList() is { Count: > 0 } low)
            yield return new PlanWarning("alarm", T["Alarms at {alarms} dollars lie below the planned bill of {bill}: they would ring every month, and nobody would listen. Set alarms as shares of the plan.", ("alarms", string.Join(", ", low.Select(alarm => Text(alarm, alarm)))), ("bill", Text(total.Low, total.High))]);
        if (plan.Budget is { } budget && total.High > budget)
            yield return new PlanWarning("budget", T["The approved budget of {budget} dollars a month is below the bill, which may reach {bill}.", ("budget", Text(budget, budget)), ("bill", Text(total.High, total.High))]);
        if (plan.Staff.Count == 0)
            yield return new PlanWarning("staff", T["People who run and support the school are not counted. They usually cost more than the servers."]);
    }

    private IEnumerable<PlanWarning> Promises()
    {
        if (shown.Phase.Profile != ProfileKind.Documented && plan.Availability is { } promised && Topology.Of(shown.Phase.Profile, plan.RegionCount).Availability is var carried && promised > carried)
            yield return new PlanWarning("availability", T["{promised} % of the time is promised; this profile carries {carried} %.", ("promised", promised * 100), ("carried", carried * 100)]);
    }

    private IEnumerable<PlanWarning> Evidence()
    {
        if (shown.Last.UnverifiedShare >= NotableShare)
            yield return new PlanWarning("unverified", T["{share} % of the bill rests on prices that nobody could confirm. Look them up before you rely on it.", ("share", Math.Round(shown.Last.UnverifiedShare * 100))]);
        var stale = shown.Last.Lines.Where(line => line.Checked is { } day && today.DayNumber - day.DayNumber > PriceCatalogue.StaleAfterDays).Sum(line => line.Counted.High);
        if (shown.Last.Total.High > 0 && stale / shown.Last.Total.High >= NotableShare)
            yield return new PlanWarning("stale", T["{share} % of the bill rests on prices older than {days} days.", ("share", Math.Round(stale / shown.Last.Total.High * 100)), ("days", PriceCatalogue.StaleAfterDays)]);
        var guessed = shown.Last.Lines.Where(line => line.IsEstimate).Select(line => line.Service).Distinct().ToList();
        if (guessed.Count > 0)
            yield return new PlanWarning("estimate", T["For this region no price is known for: {services}. They are worked out from another region.", ("services", string.Join(", ", guessed))]);
    }

    private IEnumerable<PlanWarning> FreeTiers(IReadOnlyList<Bill> months)
    {
        var start = plan.Phases[0].From;
        foreach (var item in months.SelectMany(bill => bill.Lines).Select(line => line.PriceId).OfType<string>().Distinct().Select(id => catalogue.ItemOn(id, start)))
        {
            if (item?.Free is not { ExpiresAfterMonths: { } age } free || !free.AppliesTo(plan.AccountOpened, start))
                continue;
            var ends = Enumerable.Range(1, months.Count).FirstOrDefault(month => !free.AppliesTo(plan.AccountOpened, start.AddMonths(month - 1)));
            if (ends > 0)
                yield return new PlanWarning("free-tier", T["The free allowance of {service} ends after {age} months of the account: month {month} of the plan is the first that pays in full.", ("service", $"{item.Service} {item.Meter}"), ("age", age), ("month", ends)]);
        }
    }

    private IEnumerable<PlanWarning> Documented()
    {
        if (shown.Phase.Stated is { } stated && Differs(stated.Monthly.Low, shown.Last.Total.Low, stated.Monthly.High, shown.Last.Total.High) && shown.Phase.Profile == ProfileKind.Documented)
            yield return new PlanWarning("stated-total", T["The estimate states {stated} in total; its rows come to {computed}.", ("stated", Text(stated.Monthly.Low, stated.Monthly.High)), ("computed", Text(shown.Last.Total.Low, shown.Last.Total.High))]);
        foreach (var line in shown.Last.Lines.Where(line => line.Stated is { } amount && line.UnitPrice is not null && Differs(amount.Low, line.Monthly.Low, amount.High, line.Monthly.High)))
            yield return new PlanWarning("stated-row", T["{service}: the estimate states {stated}; quantity times price is {computed}.", ("service", line.Service), ("stated", Text(line.Stated?.Low ?? 0, line.Stated?.High ?? 0)), ("computed", Text(line.Monthly.Low, line.Monthly.High))]);
    }

    // Two cents, as rounding every row by itself may leave.
    private static bool Differs(decimal a, decimal b, decimal c, decimal d) => Math.Abs(a - b) > 0.02m || Math.Abs(c - d) > 0.02m;

    private static string Text(decimal low, decimal high) => Amounts.Bare(new Interval(low, high));
}
