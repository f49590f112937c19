using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Planning.Profiles;
using Lectern.Costs.Prices;

namespace Lectern.Costs.Planning.Parts;

/// <summary>The bill of one month, part by part.</summary>
internal static class MonthlyBill
{
    public static Bill Of(PlanMonth month, PriceShelf shelf, Purchase? purchase = null)
    {
        var plan = month.Plan;
        var pricing = new Pricing(shelf, month.Cloud, Topology.ProviderOf(month.Phase.Profile, month.Cloud), plan.Regions.GetValueOrDefault(month.Cloud), purchase ?? month.Phase.Purchase, month.First);
        var bill = new BillBuilder(pricing);
        if (month.Phase.Profile == ProfileKind.Documented)
        {
            foreach (var line in DocumentedLines.Of(month.Phase.Documented))
                bill.Add(line);
            VendorParts.AddKept(bill, plan);
            return bill.Finish(month.Number);
        }
        var items = PlanServiceItems.Of(plan.Services, bill);
        ServerPart.Add(bill, month);
        DatabasePart.Add(bill, month);
        StoragePart.Add(bill, month);
        NetworkPart.Add(bill, month);
        TeacherPart.Add(bill, month, items);
        AvatarPart.Add(bill, month, items);
        VendorParts.AddTelephone(bill, month, items);
        VendorParts.AddMail(bill, month, items);
        VendorParts.AddWatching(bill, month);
        VendorParts.AddKept(bill, plan);
        VendorParts.AddSupport(bill, items);
        return bill.Finish(month.Number);
    }
}
