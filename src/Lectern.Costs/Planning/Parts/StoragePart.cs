using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Planning.Profiles;
using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Parts;

/// <summary>Files, by how often they are read.</summary>
internal static class StoragePart
{
    private static readonly PlanWriter T = PlanWriter.T;

    public static void Add(BillBuilder bill, PlanMonth month)
    {
        AddKind(bill, month, StorageKind.Hot);
        AddKind(bill, month, StorageKind.Cool);
        AddKind(bill, month, StorageKind.Archive);
    }

    private static void AddKind(BillBuilder bill, PlanMonth month, StorageKind kind)
    {
        var stored = month.Stored(kind);
        if (stored.IsZero)
            return;
        var what = string.Join(", ", month.Workload.Storage.Where(row => row.Kind == kind).Select(row => row.Name));
        if (bill.Pricing.OfKind(PriceKinds.ObjectStorageBase).Count > 0 && bill.IsFirst(PriceKinds.ObjectStorageBase))
            bill.AddKind(BillCategories.Storage, PriceKinds.ObjectStorageBase, Interval.Exactly(1), T["The base fee of the storage"]);
        bill.Add(BillCategories.Storage, ItemOf(bill.Pricing, kind) ?? $"{bill.Pricing.Provider}-object-storage", stored, T["{what}: what lies there on average in month {month}", ("what", what), ("month", month.Number.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
    }

    // Of the archives the dearest: from it a file can be had within hours and deleted after a quarter.
    private static string? ItemOf(Pricing pricing, StorageKind kind)
    {
        var hot = Gigabytes(pricing, PriceKinds.ObjectStorage);
        var cold = Gigabytes(pricing, PriceKinds.ColdStorage);
        var archive = Gigabytes(pricing, PriceKinds.ArchiveStorage);
        return (kind switch
        {
            StorageKind.Hot => hot.FirstOrDefault(),
            StorageKind.Cool => cold.FirstOrDefault() ?? hot.FirstOrDefault(),
            _ => archive.LastOrDefault() ?? cold.FirstOrDefault() ?? hot.FirstOrDefault(),
        })?.Id;
    }

    private static List<PriceItem> Gigabytes(Pricing pricing, string kind) => [.. pricing.OfKind(kind).Where(item => item.Unit.Period == BillingPeriod.Month && item.Unit.Thing is "GB" or "GiB")];
}
