using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Planning.Profiles;
using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Parts;

/// <summary>A filmed avatar: minutes of it, and the plan that sells them cheapest.</summary>
internal static class AvatarPart
{
    private static readonly PlanWriter T = PlanWriter.T;

    public static void Add(BillBuilder bill, PlanMonth month, PlanItems items)
    {
        var share = month.Workload[WorkloadInputs.Avatar];
        if (share.IsZero)
            return;
        if (items.Avatar is not { } avatar)
        {
            bill.Warn("no-price", T["Conversations have an avatar, but no service for it is named. Its price is not in the bill."]);
            return;
        }
        var (sessions, length) = (month.Workload.Sessions * share, month.Workload[WorkloadInputs.SessionLength]);
        var peak = (month.Workload.PeakSessions * share).RoundedUp;
        if (items.AvatarPlans.Count == 0)
            bill.Add(BillCategories.Avatar, avatar.Id, sessions * length.RoundedUp, Minutes(sessions, length));
        else
            AddPlan(bill, items, sessions, length, peak);
        if (items.AvatarPlans.Count == 0 && avatar.Fact("concurrency") is { } most && peak.High > most)
            WarnConcurrency(bill, avatar.Service, most, peak.High);
    }

    private static void AddPlan(BillBuilder bill, PlanItems items, Interval sessions, Interval length, Interval peak)
    {
        var perMinute = items.Avatar?.Fact("creditsPerMinute") ?? 1;
        var credits = new Interval(AvatarCredits.Needed(sessions.Low, length.Low, perMinute), AvatarCredits.Needed(sessions.High, length.High, perMinute));
        var offers = items.AvatarPlans.Select(plan => bill.Pricing.Find(plan.Id).Price).OfType<Price>().ToList();
        if (Cheapest(offers, credits.High, peak.High) is not { } high || Cheapest([high.Price], credits.Low, peak.Low) is not { Cost: { } lowCost } low)
        {
            bill.Warn("no-price", T["No plan of the avatar's provider sells {credits} credits. It is not in the bill.", ("credits", credits.High)]);
            return;
        }
        bill.Add(new BillLine
        {
            Category = BillCategories.Avatar,
            Service = high.Price.Item.Service,
            Meter = high.Price.Item.Meter,
            Specification = Minutes(sessions, length),
            Quantity = credits,
            Unit = "credit",
            UnitPrice = high.Price.Item.Plan?.Overage,
            Monthly = new Interval(Math.Min(lowCost, high.Cost), high.Cost),
            PriceId = high.Price.Item.Id,
            Evidence = high.Price.Item.Evidence,
            Checked = high.Price.Item.Checked,
            Note = T["{included} credits are in the plan at {price} dollars", ("included", high.Price.Item.Plan?.Included ?? 0), ("price", high.Price.UnitPrice)],
        });
        if (high.Suffices == false)
            WarnConcurrency(bill, high.Price.Item.Meter, high.Price.Item.Plan?.Concurrency ?? 0, peak.High);
        else if (high.Suffices is null)
            bill.Warn("concurrency", T["How many avatars the plan lets run at once is not known; {peak} are planned.", ("peak", peak.High)]);
    }

    private static Offer? Cheapest(List<Price> plans, decimal credits, decimal peak) => plans
        .Select(plan => (plan, Cost: AvatarCredits.CostOf(plan, credits, peak))).Where(offer => offer.Cost.Cost is not null)
        .Select(offer => new Offer(offer.plan, offer.Cost.Cost ?? 0, offer.Cost.ConcurrencySuffices))
        .OrderBy(offer => offer.Suffices == false).ThenBy(offer => offer.Cost).FirstOrDefault();

    private static PlanText Minutes(Interval sessions, Interval length) => T["{minutes} minutes of conversation, each begun minute counted", ("minutes", Math.Round(sessions.High * Math.Ceiling(length.High)))];

    private static void WarnConcurrency(BillBuilder bill, string plan, decimal most, decimal peak) =>
        bill.Warn("concurrency", T["{plan} lets {most} avatars run at once; {peak} are planned at the busiest moment. The others would get the drawn face.", ("plan", plan), ("most", most), ("peak", peak)]);

    private sealed record Offer(Price Price, decimal Cost, bool? Suffices);
}
