using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Planning.Profiles;
using Lectern.Costs.Prices;

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
        bill.Add(BillCategories.Storage, ItemOf(bill.Pricing, kind) ?? $"{bill.Pricing.Provider}-object-storage", stored, T["{what}: what lies there on average in month {month}", ("what", what), ("month", month.Number.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
    }

    // Cold storage that must be fetched first is for what is hardly ever read; the dearest of the cold is for now and then.
    private static string? ItemOf(Pricing pricing, StorageKind kind)
    {
        var hot = Gigabytes(pricing, PriceKinds.ObjectStorage);
        var cold = Gigabytes(pricing, PriceKinds.ColdStorage);
        return (kind switch
        {
            StorageKind.Hot => hot.FirstOrDefault(),
            StorageKind.Cool => cold.LastOrDefault() ?? hot.FirstOrDefault(),
            _ => cold.FirstOrDefault() ?? hot.FirstOrDefault(),
        })?.Id;
    }

    private static List<PriceItem> Gigabytes(Pricing pricing, string kind) => [.. pricing.OfKind(kind).Where(item => item.Unit.Period == BillingPeriod.Month && item.Unit.Thing is "GB" or "GiB")];
}
