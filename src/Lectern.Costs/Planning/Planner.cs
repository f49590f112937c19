using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Capacity;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Planning.Parts;
using Lectern.Costs.Planning.Profiles;
using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning;

/// <summary>Reckons a plan through: every month of every phase, the clouds beside each other, and what the bill depends on.</summary>
internal sealed class Planner(PriceCatalogue catalogue, MeasuredCapacity measured, DateOnly today)
{
    private static readonly Purchase[] Purchases = [Purchase.OnDemand, Purchase.OneYear, Purchase.ThreeYears];
    private static readonly decimal[] Scales = [0.01m, 0.03m, 0.1m, 0.3m, 1m, 3m, 10m, 30m, 100m];

    private PriceShelf _shelf = new(catalogue, default);

    /// <param name="cloud">Null: the plan's own.</param>
    /// <param name="shown">Which phase's lines are shown, from 0; null: the last.</param>
    /// <param name="clouds">The clouds to put beside each other.</param>
    public PlanResult Reckon(Plan plan, Cloud? cloud = null, int? shown = null, IReadOnlyList<Cloud>? clouds = null)
    {
        var ours = cloud ?? plan.Cloud;
        _shelf = new PriceShelf(catalogue, plan.AccountOpened);
        var byPhase = plan.Phases.Select(phase => MonthsOf(plan, phase, ours)).ToList();
        var months = byPhase.SelectMany(bills => bills).ToList();
        var phases = plan.Phases.Zip(byPhase, (phase, bills) => new PhaseCost(phase, bills[^1], Sum(bills))).ToList();
        var detail = phases[Math.Clamp(shown ?? phases.Count - 1, 0, phases.Count - 1)];
        var beside = Beside(plan, detail, ours, clouds ?? []);
        var isDocumented = detail.Phase.Profile == ProfileKind.Documented;
        var units = UnitCostsOf(plan, detail);
        return new PlanResult
        {
            Plan = plan,
            Day = today,
            Cloud = ours,
            Shown = detail,
            Phases = phases,
            Quarters = QuartersOf(plan, months),
            Clouds = beside,
            Purchases = isDocumented ? [] : PurchasesOf(plan, detail, ours),
            Drivers = isDocumented ? [] : DriversOf(plan, detail, ours),
            Units = units,
            Warnings = new PlanChecks(plan, detail, catalogue, today).All(months),
            Sources = isDocumented ? [] : measured.Sources,
            Scale = isDocumented ? [] : ScaleOf(plan, detail, ours),
        };
    }

    /// <summary>The bills of a cloud, month by month over all phases.</summary>
    public List<Bill> Months(Plan plan, Cloud cloud)
    {
        _shelf = _shelf.Opened == plan.AccountOpened ? _shelf : new PriceShelf(catalogue, plan.AccountOpened);
        return [.. plan.Phases.SelectMany(phase => MonthsOf(plan, phase, cloud))];
    }

    private List<Bill> MonthsOf(Plan plan, Phase phase, Cloud cloud) =>
        [.. Enumerable.Range(phase.FirstMonth, phase.Months).Select(number => BillOf(plan, phase, phase.Workload, number, cloud))];

    private Bill BillOf(Plan plan, Phase phase, Workload workload, int number, Cloud cloud, Purchase? purchase = null) =>
        MonthlyBill.Of(PlanMonth.Of(plan, phase, workload, number, cloud, measured), _shelf, purchase);

    private List<CloudCost> Beside(Plan plan, PhaseCost detail, Cloud ours, IReadOnlyList<Cloud> clouds)
    {
        var bills = clouds.Append(ours).Distinct().Order().Select(cloud => cloud == ours ? detail.Last : BillOf(plan, detail.Phase, detail.Phase.Workload, detail.Last.Month, cloud)).ToList();
        var cheapest = bills.MinBy(bill => bill.Total.Middle);
        return [.. bills.Select(bill => new CloudCost(bill.Cloud, bill, Difference(bill.Total, detail.Last.Total), bill == cheapest))];
    }

    private List<PurchaseCost> PurchasesOf(Plan plan, PhaseCost detail, Cloud ours)
    {
        var totals = Purchases.Select(purchase => (purchase, BillOf(plan, detail.Phase, detail.Phase.Workload, detail.Last.Month, ours, purchase).Total)).ToList();
        return [.. totals.Select(option => new PurchaseCost(option.purchase, option.Total, Difference(totals[0].Total, option.Total)))];
    }

    private List<Driver> DriversOf(Plan plan, PhaseCost detail, Cloud ours)
    {
        var workload = detail.Phase.Workload;
        var drivers = new List<Driver>();
        foreach (var input in WorkloadInputs.All.Where(input => !workload[input].IsZero))
        {
            var (less, more) = (Total(input, 0.8m), Total(input, 1.2m));
            if (less != more)
                drivers.Add(new Driver(input, less, more));
        }
        return [.. drivers.OrderByDescending(driver => driver.Swing)];

        decimal Total(WorkloadInput input, decimal factor) =>
            BillOf(plan, detail.Phase, workload.With(input, (workload[input] * factor).Through(end => input.Unit == PlanUnit.Share ? Math.Min(1, end) : end)), detail.Last.Month, ours).Total.Middle;
    }

    private List<ScalePoint> ScaleOf(Plan plan, PhaseCost detail, Cloud ours)
    {
        var students = detail.Phase.Workload[WorkloadInputs.Students];
        return [.. Scales.Select(factor => (Students: students * factor, factor)).Where(point => point.Students.Middle is >= 10 and <= 10_000_000)
            .Select(point => new ScalePoint(point.Students.Middle, Share(BillOf(plan, detail.Phase, detail.Phase.Workload.With(WorkloadInputs.Students, point.Students), detail.Last.Month, ours).Total, point.Students) ?? Interval.Zero))];
    }

    private static UnitCosts UnitCostsOf(Plan plan, PhaseCost detail)
    {
        var (workload, total) = (detail.Phase.Workload, detail.Last.Total);
        var staff = plan.Staff.Aggregate(Interval.Zero, (sum, row) => sum + row.Salary * row.People);
        var students = workload[WorkloadInputs.Students];
        var isReckoned = detail.Phase.Profile != ProfileKind.Documented;
        return new UnitCosts(Share(total, students), isReckoned ? Share(total, workload.ActiveStudents) : null, isReckoned ? Share(total, workload.Sessions) : null, isReckoned ? Share(total, workload.Calls) : null, staff, Share(total + staff, students * plan.Paying));
    }

    // Both sides hold the same usage, so that their ends belong together: few students here are few students there.
    private static Interval Difference(Interval a, Interval b) => Ordered(a.Low - b.Low, a.High - b.High);

    // The cost rises with the number: the low bill belongs to few, the high one to many.
    private static Interval? Share(Interval total, Interval number) => number.Low <= 0 ? null : Ordered(total.Low / number.Low, total.High / number.High);

    private static Interval Ordered(decimal a, decimal b) => new(Math.Min(a, b), Math.Max(a, b));

    private static List<QuarterCost> QuartersOf(Plan plan, List<Bill> months) => [.. months
        .Select(bill => (First: plan.Phases[0].From.AddMonths(bill.Month - plan.Phases[0].FirstMonth), bill.Total))
        .GroupBy(month => (month.First.Year, Quarter: (month.First.Month + 2) / 3))
        .Select(quarter => new QuarterCost(quarter.Key.Year, quarter.Key.Quarter, quarter.Aggregate(Interval.Zero, (sum, month) => sum + month.Total)))];

    private static Interval Sum(IEnumerable<Bill> bills) => bills.Aggregate(Interval.Zero, (sum, bill) => sum + bill.Total);
}
