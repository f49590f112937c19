using Lectern.Costs.Prices;

namespace Lectern.Costs.Planning.Input;

/// <summary>The words of plan files.</summary>
internal static class PlanWords
{
    public static readonly Dictionary<string, Cloud> Clouds = new() { ["aws"] = Cloud.Aws, ["azure"] = Cloud.Azure, ["gcp"] = Cloud.Gcp, ["server"] = Cloud.Server };

    public static readonly Dictionary<string, ProfileKind> Profiles = new()
    {
        ["single-server"] = ProfileKind.SingleServer,
        ["managed-database"] = ProfileKind.ManagedDatabase,
        ["two-zones"] = ProfileKind.TwoZones,
        ["cluster"] = ProfileKind.Cluster,
        ["several-regions"] = ProfileKind.SeveralRegions,
        ["documented"] = ProfileKind.Documented,
    };

    public static readonly Dictionary<string, Purchase> Purchases = new()
    {
        ["on-demand"] = Purchase.OnDemand,
        ["reserved-1-year"] = Purchase.OneYear,
        ["reserved-3-years"] = Purchase.ThreeYears,
    };

    public static readonly Dictionary<string, LineRole> Roles = new()
    {
        ["additive"] = LineRole.Additive,
        ["optional"] = LineRole.Optional,
        ["alternative"] = LineRole.Alternative,
        ["commitment"] = LineRole.Commitment,
        ["saving"] = LineRole.Saving,
    };

    public static readonly Dictionary<string, StorageKind> Storage = new()
    {
        ["database"] = StorageKind.Database,
        ["hot"] = StorageKind.Hot,
        ["cool"] = StorageKind.Cool,
        ["archive"] = StorageKind.Archive,
    };

    public static readonly string[] Plan = ["plan", "start", "until", "profile", "cloud", "region", "regions", "region-count", "purchase", "account-opened", "head-room", "availability", "budget", "alarms", "paying", "workload", "storage", "services", "existing", "staff", "phases", "documented", "stated-total"];

    public static readonly string[] Phase = ["name", "from", "profile", "purchase", "workload", "storage", "documented", "stated-total"];

    public static readonly string[] Services = ["model", "speech-to-text", "text-to-speech", "avatar", "telephony", "mail", "support"];

    public static readonly string[] StorageRow = ["name", "kind", "start", "growth", "keep"];

    public static readonly string[] Kept = ["name", "category", "price", "role"];

    public static readonly string[] Staff = ["name", "people", "salary"];

    public static readonly string[] Documented = ["category", "service", "specification", "quantity", "unit-price", "stated", "role", "for"];

    /// <summary>The word of a value.</summary>
    public static string Of<T>(IReadOnlyDictionary<string, T> words, T value)
        where T : struct => words.First(word => EqualityComparer<T>.Default.Equals(word.Value, value)).Key;
}
