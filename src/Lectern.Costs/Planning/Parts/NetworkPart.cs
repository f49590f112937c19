using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Planning.Profiles;
using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Parts;

/// <summary>Addresses, balancing, gateways and every gigabyte that leaves, each on one line.</summary>
internal static class NetworkPart
{
    private static readonly PlanWriter T = PlanWriter.T;

    public static void Add(BillBuilder bill, PlanMonth month)
    {
        AddEgress(bill, month);
        AddAddresses(bill, month);
        if (month.Topology.HasBalancer)
            AddBalancer(bill, month);
        if (month.Topology.IsPrivate && bill.Pricing.OfKind(PriceKinds.Nat).Count > 0)
            AddGateways(bill, month);
        if (month.Topology.Zones > 1 && bill.Pricing.OfKind(PriceKinds.CrossZone).Count > 0)
            bill.AddKind(BillCategories.Network, PriceKinds.CrossZone, CrossZone(month), T["Half of what program and database say to each other crosses zones, there and back"]);
        bill.AddKind(BillCategories.Network, PriceKinds.DnsZone, Interval.Exactly(1), T["The name of the school"]);
        if (bill.Pricing.OfKind(PriceKinds.DnsQueries).Count > 0)
            bill.AddKind(BillCategories.Network, PriceKinds.DnsQueries, month.Workload.Requests * 0.1m, T["Questions for its address, one for ten pages"]);
        if (month.Topology.HasKubernetes && bill.Pricing.OfKind(PriceKinds.WebFirewall).Count > 0)
            bill.AddKind(BillCategories.Network, PriceKinds.WebFirewall, Interval.Exactly(month.Topology.Regions), T["A filter in front, if you want one"], LineRole.Optional);
    }

    private static void AddEgress(BillBuilder bill, PlanMonth month)
    {
        var hasCdn = bill.Pricing.OfKind(PriceKinds.Cdn).Count > 0;
        var hits = month.Workload[WorkloadInputs.CdnHits];
        var low = EgressPool.Of([new Outflow(month.Direct.Low + (hasCdn ? 0 : month.Video.Low), hasCdn ? month.Video.Low : 0, hits.Low)]);
        var high = EgressPool.Of([new Outflow(month.Direct.High + (hasCdn ? 0 : month.Video.High), hasCdn ? month.Video.High : 0, hits.High)]);
        var included = bill.IncludedTrafficGb;
        bill.AddKind(BillCategories.Network, PriceKinds.Egress, new Interval(Math.Max(0, low.Cloud - included.Low), Math.Max(0, high.Cloud - included.High)), hasCdn
            ? T["All that leaves the cloud: pages and the teacher's voice"]
            : T["All that leaves the servers: pages, the teacher's voice and video"]);
        if (high.Cdn == 0)
            return;
        if (bill.Pricing.OfKind(PriceKinds.CdnBase).Count > 0)
            bill.AddKind(BillCategories.Network, PriceKinds.CdnBase, Interval.Exactly(1), T["The base fee of the content network"]);
        bill.AddKind(BillCategories.Network, PriceKinds.Cdn, new Interval(low.Cdn, high.Cdn), T["Video, sent by the content network that stands in front; what it fetches itself is free"]);
    }

    private static void AddAddresses(BillBuilder bill, PlanMonth month)
    {
        var shape = month.Topology;
        // The balancer has one in each zone, and so has each gateway; a server without a balancer has its own.
        var count = shape.HasBalancer ? shape.Regions * shape.Zones * (month.Cloud == Cloud.Server ? 1 : 2) : 1;
        if (bill.Pricing.OfKind(PriceKinds.PublicIp).Count > 0)
            bill.AddKind(BillCategories.Network, PriceKinds.PublicIp, Interval.Exactly(count), shape.HasBalancer ? T["Addresses of balancer and gateways, one in each zone"] : T["The address of the server"]);
    }

    private static void AddBalancer(BillBuilder bill, PlanMonth month)
    {
        var regions = Interval.Exactly(month.Topology.Regions);
        if (!bill.AddKind(BillCategories.Network, PriceKinds.LoadBalancer, regions, T["Distributes students over the servers"]))
            return;
        if (bill.Pricing.OfKind(PriceKinds.LoadBalancerUnits).Count > 0)
            bill.AddKind(BillCategories.Network, PriceKinds.LoadBalancerUnits, month.Cloud == Cloud.Gcp ? month.Direct : Units(month), T["Its use: the largest of new connections, open connections and gigabytes an hour"]);
    }

    // Low: the month spread evenly. High: eight hours a day at a third of the busiest moment.
    private static Interval Units(PlanMonth month)
    {
        var hours = PriceUnit.HoursPerMonth;
        var evenly = Of(month.Workload.Requests.Low / (hours * 3600), month.SpokenMinutes.Low / (hours * 60), month.Direct.Low / hours);
        var busy = Of(month.Workload.PeakRequests.High / 3, (month.Workload.PeakSessions.High + month.Workload.PeakCalls.High) / 3, month.Direct.High / 240) * 240 / hours;
        return new Interval(evenly, Math.Max(evenly, busy));

        decimal Of(decimal newASecond, decimal open, decimal gigabytes) => month.Cloud == Cloud.Azure
            ? LoadBalancerUnits.CapacityUnits(open, gigabytes * 8 * 1024 / 3600, 0)
            : LoadBalancerUnits.Lcu(newASecond, open, gigabytes, 0);
    }

    private static void AddGateways(BillBuilder bill, PlanMonth month)
    {
        var count = month.Topology.Regions * (month.Cloud == Cloud.Aws ? month.Topology.Zones : 1);
        bill.AddKind(BillCategories.Network, PriceKinds.Nat, Interval.Exactly(count), T["The way out for servers without addresses, to models and mail"]);
        bill.AddKind(BillCategories.Network, PriceKinds.NatData, Outward(month), T["What the program says to providers of models and voices"]);
    }

    // 16,000 samples of two bytes a second go to the ears for as long as students speak; a model reads four bytes a token, twice over for its envelope.
    private static Interval Outward(PlanMonth month) =>
        month.SpokenMinutes * (60m * 32_000 / 1024 / 1024 / 1024 * 0.3m) + month.Workload.Answers * (month.Workload[WorkloadInputs.Instructions] + month.Workload[WorkloadInputs.Memory]) * (8m / 1024 / 1024 / 1024);

    // 50 KB for an answer with its ledger, 10 KB for a page.
    private static Interval CrossZone(PlanMonth month) => (month.Workload.Answers * 50m + month.Workload.Requests * 10m) * (1m / 1024 / 1024);
}
