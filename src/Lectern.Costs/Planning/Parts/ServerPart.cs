using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Planning.Profiles;
using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Parts;

/// <summary>Servers, their disks and, with a cluster, its control plane.</summary>
internal static class ServerPart
{
    // The operating system and what every server runs beside the program.
    private const decimal SystemMb = 1000;

    // System, program, logs of some days.
    private const decimal DiskGb = 30;

    private static readonly PlanWriter T = PlanWriter.T;

    public static void Add(BillBuilder bill, PlanMonth month)
    {
        var shape = month.Topology;
        var cores = (shape.SharesServer ? month.Needed.Program + month.Needed.Database : month.Needed.Program) * shape.ShareOfOneRegion;
        var memory = (month.Needed.MemoryMb + (shape.SharesServer ? DatabasePart.MemoryMb(month) : Interval.Zero)) * shape.ShareOfOneRegion;
        var baseMb = month.Measured.BaseMb + SystemMb;
        var choice = ServerChoice.Cheapest(bill.Pricing, cores, memory, baseMb, month.Needed.Average, shape.LeastNodes, shape.SpareNodes, largestOnly: shape.SharesServer);
        if (choice is null && shape.SharesServer)
        {
            bill.Warn("too-small", T["No single server on offer carries the busiest moment, which needs {cores} cores. The bill shows several; choose another profile.", ("cores", Math.Ceiling(cores.High))]);
            choice = ServerChoice.Cheapest(bill.Pricing, cores, memory, baseMb, month.Needed.Average, shape.LeastNodes, shape.SpareNodes);
        }
        if (choice is null)
        {
            bill.Warn("no-price", T["No server at {provider} fits. Servers are not in the bill.", ("provider", bill.Pricing.Provider)]);
            return;
        }
        AddServers(bill, month, choice, cores);
    }

    private static void AddServers(BillBuilder bill, PlanMonth month, ServerChoice choice, Interval cores)
    {
        var count = choice.Count * month.Topology.Regions;
        bill.Add(BillCategories.Servers, choice.Item.Id, count, month.Topology.SpareNodes > 0
            ? T["For {cores} cores at the busiest moment, and one more in each region for the day when one fails", ("cores", Math.Round(cores.High, 1))]
            : T["For {cores} cores at the busiest moment", ("cores", Math.Round(cores.High, 1))], mayCommit: true);
        if (choice.BurstHours.High > 0)
            bill.AddKind(BillCategories.Servers, PriceKinds.BurstCpu, choice.BurstHours * month.Topology.Regions, T["Processor time beyond what these servers include"]);
        var disk = T["Disk for system and logs"];
        if ((choice.Item.Fact("diskGb") ?? 0) < DiskGb)
            bill.AddKind(BillCategories.Servers, PriceKinds.BlockStorage, count * DiskGb, disk, where: item => item.Unit.Thing is "GB" or "GiB");
        if (bill.Pricing.OfKind(PriceKinds.BackupShare) is [var share, ..] && bill.Pricing.Find(choice.Item.Id).Price is { } price && price.Currency == share.Currency)
            bill.Add(BillCategories.Servers, share.Id, count * price.MonthlyCostOf(1), T["Copies of the whole server, a share of its price"], LineRole.Optional);
        if (month.Topology.HasKubernetes)
            bill.AddKind(BillCategories.Servers, PriceKinds.Kubernetes, Interval.Exactly(month.Topology.Regions), T["Control plane of the cluster, one in each region"]);
    }
}
