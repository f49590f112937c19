using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Planning.Profiles;
using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Parts;

/// <summary>PostgreSQL: as a service of the cloud, or on servers of one's own; its disk and its backups.</summary>
internal static class DatabasePart
{
    // Room for indexes, for what is written before it is tidied, and so that a disk is never full.
    private const decimal DiskFactor = 1.5m;

    // Hours of a month in which a school is busy: eight a day.
    private const decimal BusyHours = 240;

    // 2 GiB and about a quarter of a core belong to one capacity unit of Aurora (docs.aws.amazon.com, "Aurora Serverless v2 capacity").
    private const decimal AcuPerCore = 4;

    private static readonly PlanWriter T = PlanWriter.T;

    /// <summary>1 GB, and a twentieth of what it holds, for the rows of this term; beyond 64 GB no more of it is read often.</summary>
    public static Interval MemoryMb(PlanMonth month) => (month.DatabaseGb.Through(gb => Math.Min(gb * 0.05m, 64)) + 1m) * 1024m;

    public static void Add(BillBuilder bill, PlanMonth month)
    {
        var disk = (month.DatabaseGb * DiskFactor).AtLeast(10) * Copies(month);
        if (month.Topology.SharesServer)
            AddOwn(bill, month, disk);
        else
            AddService(bill, month, disk);
    }

    // The first region has the copies of the profile, every other one a copy to read from.
    private static decimal Copies(PlanMonth month) => month.Topology.DatabaseCopies + month.Topology.Regions - 1;

    // On the program's own server: the disk beyond what the server has, and backups elsewhere.
    private static void AddOwn(BillBuilder bill, PlanMonth month, Interval disk)
    {
        bill.AddKind(BillCategories.Database, PriceKinds.BlockStorage, disk, T["Disk for {gb} GB of rows and their indexes", ("gb", Math.Round(month.DatabaseGb.High, 1))]);
        if (bill.Pricing.OfKind(PriceKinds.Backup).Count > 0)
            bill.AddKind(BillCategories.Database, PriceKinds.Backup, month.DatabaseGb * 3m, T["Backups: three copies, compressed, not on the same disk"]);
        else
            bill.AddKind(BillCategories.Database, PriceKinds.ObjectStorage, month.DatabaseGb * 3m, T["Backups: three copies, compressed, not on the same disk"]);
    }

    private static void AddService(BillBuilder bill, PlanMonth month, Interval disk)
    {
        var copies = Copies(month);
        var specification = copies > 1
            ? T["For {cores} cores at the busiest moment; {copies} copies, so that one takes over", ("cores", Math.Round(month.Needed.Database.High, 1)), ("copies", copies)]
            : T["For {cores} cores at the busiest moment", ("cores", Math.Round(month.Needed.Database.High, 1))];
        if (Cheapest(bill, month) is { } choice)
        {
            bill.Add(BillCategories.Database, choice.Item.Id, choice.Count * copies, specification, mayCommit: true);
            Shards(bill, choice.Count);
        }
        else if (!AddServerless(bill, month, specification, copies))
        {
            bill.Warn("no-price", T["No PostgreSQL at {provider} fits. The database is not in the bill.", ("provider", bill.Pricing.Provider)]);
            return;
        }
        bill.AddKind(BillCategories.Database, PriceKinds.PostgresStorage, disk, T["Disk for {gb} GB of rows and their indexes", ("gb", Math.Round(month.DatabaseGb.High, 1))]);
        // Where there is no price for them, backups belong to the service.
        if (bill.Pricing.OfKind(PriceKinds.PostgresBackup).Count > 0)
            bill.AddKind(BillCategories.Database, PriceKinds.PostgresBackup, month.DatabaseGb, T["Backups of a week beyond the free one"]);
    }

    // One that carries it all, the cheapest; where none does, the fewest of the largest.
    private static ServerChoice? Cheapest(BillBuilder bill, PlanMonth month)
    {
        var memory = MemoryMb(month) * (1 / 1024m);
        var offers = bill.Pricing.OfKind(PriceKinds.Postgres).Select(item => Offer(bill, month, item, memory)).OfType<(ServerChoice Choice, decimal Cost)>().ToList();
        return offers.Count == 0 ? null : offers.OrderBy(offer => offer.Choice.Count.High).ThenBy(offer => offer.Cost).First().Choice;
    }

    private static (ServerChoice Choice, decimal Cost)? Offer(BillBuilder bill, PlanMonth month, PriceItem item, Interval memory)
    {
        if (item.Fact("vcpu") is not { } vcpu || item.Fact("memoryGb") is not { } room || bill.Pricing.Find(item.Id, mayCommit: true).Price is not { } price)
            return null;
        // A database on half a burstable core would stand still at the busiest moment.
        if (month.Needed.Average.High > vcpu * (item.Fact("baselineCpu") ?? 1))
            return null;
        var count = new Interval(Servers(month.Needed.Database.Low, memory.Low), Servers(month.Needed.Database.High, memory.High));
        return (new ServerChoice(item, count, Interval.Zero), price.MonthlyCostOf(count.High));

        decimal Servers(decimal cores, decimal gigabytes) => Math.Max(1, Math.Ceiling(Math.Max(cores / vcpu, gigabytes / room)));
    }

    // Aurora: between busy all day at a third of the peak and busy at the peak for eight hours a day.
    private static bool AddServerless(BillBuilder bill, PlanMonth month, PlanText specification, decimal copies)
    {
        if (bill.Pricing.OfKind(PriceKinds.PostgresServerless).FirstOrDefault(item => item.Unit.Thing == "ACU") is not { } item)
            return false;
        var hours = month.Needed.Database.Through(cores => AuroraCapacity.AcuHours(BusyHours, cores * AcuPerCore, 0.5m));
        return bill.Add(BillCategories.Database, item.Id, hours * (copies / item.Unit.PeriodsPerMonth), specification);
    }

    private static void Shards(BillBuilder bill, Interval count)
    {
        if (count.High > 1)
            bill.Warn("sharding", T["The database needs {count} servers, among which schools are divided. One school of this size on several was not tried yet.", ("count", count.High)]);
    }
}
