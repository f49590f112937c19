using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Planning.Profiles;
using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Parts;

/// <summary>Mail, telephone, watching, support, and what the school keeps.</summary>
internal static class VendorParts
{
    private static readonly PlanWriter T = PlanWriter.T;

    public static void AddTelephone(BillBuilder bill, PlanMonth month, PlanItems items)
    {
        if (month.Workload.Calls.IsZero)
            return;
        if (items.Telephone.Count == 0)
        {
            bill.Warn("no-price", T["Calls come in, but no telephone service is named. Its price is not in the bill."]);
            return;
        }
        var seconds = month.Workload[WorkloadInputs.CallLength] * 60m;
        var minutes = new Interval(TelephoneCalls.StartedMinutes(month.Workload.Calls.Low, seconds.Low), TelephoneCalls.StartedMinutes(month.Workload.Calls.High, seconds.High));
        foreach (var item in items.Telephone)
        {
            if (item.Kind == PriceKinds.TelephonyNumber)
                bill.Add(BillCategories.Telephone, item.Id, Interval.Exactly(1), T["The number that people call"]);
            else
                bill.Add(BillCategories.Telephone, item.Id, minutes, T["{calls} calls, each rounded up to whole minutes", ("calls", Math.Round(month.Workload.Calls.High))]);
        }
    }

    public static void AddMail(BillBuilder bill, PlanMonth month, PlanItems items)
    {
        var mails = month.Workload.ActiveStudents * month.Workload[WorkloadInputs.Mails];
        if (mails.IsZero)
            return;
        if (items.Mail is not { } item)
            bill.Warn("no-price", T["Mails are sent, but no mail service is named. Its price is not in the bill."]);
        else if (item.Plan is null)
            bill.Add(BillCategories.Mail, item.Id, mails, T["Invitations, reminders, summaries"]);
        else
            AddMailPlan(bill, item, mails);
    }

    private static void AddMailPlan(BillBuilder bill, PriceItem item, Interval mails)
    {
        if (item.Plan?.Included < mails.High)
            bill.Warn("allowance", T["{service} includes {included} mails a month; {mails} are planned.", ("service", item.Service), ("included", item.Plan.Included), ("mails", Math.Round(mails.High))]);
        bill.Add(BillCategories.Mail, item.Id, Interval.Exactly(1), T["A plan with {included} mails a month", ("included", item.Plan?.Included ?? 0)]);
    }

    public static void AddWatching(BillBuilder bill, PlanMonth month)
    {
        if (month.Cloud == Cloud.Server)
            return;
        bill.AddKind(BillCategories.Watching, PriceKinds.Logs, month.Workload[WorkloadInputs.Logs], T["Logs, kept for 30 days"]);
        if (bill.Pricing.OfKind(PriceKinds.Alarms).Count > 0)
            bill.AddKind(BillCategories.Watching, PriceKinds.Alarms, Interval.Exactly(10), T["Alarms: errors, load, disk, spending"]);
        if (bill.Pricing.OfKind(PriceKinds.Metrics).Count > 0)
            bill.AddKind(BillCategories.Watching, PriceKinds.Metrics, Interval.Exactly(20), T["Figures that the alarms look at"]);
    }

    /// <summary>Added last: it is a share of what the cloud bills.</summary>
    public static void AddSupport(BillBuilder bill, PlanItems items)
    {
        if (items.Support is not { } item || bill.Pricing.Find(item.Id).Price is not { } price)
            return;
        if (item.Unit.Thing != "spend")
        {
            bill.Add(BillCategories.Support, item.Id, Interval.Exactly(1), T["Help from the provider"]);
            return;
        }
        var cloud = bill.Lines().Where(line => line.PriceId is { } id && bill.Pricing.Catalogue.ItemOn(id, bill.Pricing.Month)?.Provider == bill.Pricing.Provider).Aggregate(Interval.Zero, (sum, line) => sum + line.Counted);
        bill.Add(new BillLine
        {
            Category = BillCategories.Support,
            Service = item.Service,
            Meter = item.Meter,
            Specification = T["A share of the cloud's bill, by steps, and never less than {floor} dollars", ("floor", item.Floor ?? 0)],
            Quantity = cloud,
            Unit = "USD",
            Monthly = cloud.Through(spending => SupportPlan.Cost(price.Rate, item.Floor ?? 0, spending)),
            PriceId = item.Id,
            Evidence = item.Evidence,
            Checked = item.Checked,
        });
    }

    public static void AddKept(BillBuilder bill, Plan plan)
    {
        foreach (var kept in plan.Existing)
            bill.Add(new BillLine { Category = kept.Category.Length == 0 ? BillCategories.Kept : kept.Category, Service = kept.Name, Specification = T["Stays as it is"], Quantity = Interval.Exactly(1), IsByMonth = true, UnitPrice = kept.Price.IsExact ? kept.Price.Low : null, Monthly = kept.Price, Role = kept.Role });
    }
}
