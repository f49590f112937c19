using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices;
using Lectern.Platform.Localization;

namespace Lectern.Costs.Planning.Pages;

/// <summary>What clouds, profiles and ways to buy are called on the page.</summary>
internal static class PlanNames
{
    // T["One small server"] T["One server and a database service"] T["Two zones behind a balancer"] T["Regional cluster"] T["Several regions"]
    public static readonly (ProfileKind Kind, string Label)[] Profiles =
    [
        (ProfileKind.SingleServer, "One small server"),
        (ProfileKind.ManagedDatabase, "One server and a database service"),
        (ProfileKind.TwoZones, "Two zones behind a balancer"),
        (ProfileKind.Cluster, "Regional cluster"),
        (ProfileKind.SeveralRegions, "Several regions"),
    ];

    // T["By the hour"] T["For a year"] T["For three years"]
    public static readonly (Purchase Purchase, string Label)[] Purchases = [(Purchase.OnDemand, "By the hour"), (Purchase.OneYear, "For a year"), (Purchase.ThreeYears, "For three years")];

    public static readonly Cloud[] Clouds = [Cloud.Aws, Cloud.Azure, Cloud.Gcp, Cloud.Server];

    // T["{low} – {high}"]
    public static string Of(Cloud cloud, Texts t) => cloud switch
    {
        Cloud.Aws => "AWS",
        Cloud.Azure => "Azure",
        Cloud.Gcp => "Google Cloud",
        _ => t["Plain servers"],
    };
}
