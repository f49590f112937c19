namespace Lectern.Costs.Audit.Listed;

/// <summary>A quantity that a service charges for.</summary>
/// <param name="Unit">Plain unit of the quantity.</param>
/// <param name="Item">The item of the catalogue.</param>
/// <param name="Context">Words after the quantity that must be there ("transfer"); empty: it is the usual meaning of this unit.</param>
/// <param name="Hours">The quantity is kept for all hours of a month.</param>
internal sealed record KnownMeter(string Unit, string Item, IReadOnlyList<string> Context, bool Hours = false);

/// <summary>A service as people call it, and what it charges for.</summary>
/// <param name="Names">One of these must be said.</param>
/// <param name="Unless">None of these may be said: they name another variant.</param>
internal sealed record KnownService(IReadOnlyList<string> Names, IReadOnlyList<string> Unless, IReadOnlyList<KnownMeter> Meters)
{
    /// <summary>An item that is paid whether it is used or not: what it costs is the least that the row can cost.</summary>
    public string? Fixed { get; init; }

    /// <summary>All of these must be said too.</summary>
    public IReadOnlyList<string> And { get; init; } = [];
}

/// <summary>Names that estimates use for services, with the items of the catalogue that they mean. The first that fits a row is taken.</summary>
internal static class KnownServices
{
    private static readonly string[] Out = ["transfer", "egress", "out", "bandwidth"];
    private static readonly string[] Archives = ["glacier", "archive", "deep archive"];

    public static IReadOnlyList<KnownService> All { get; } =
    [
        new(["S3 Glacier", "Glacier"], ["deep"], [new("gb", "aws-s3-glacier", [])]),
        new(["S3"], [.. Archives, "ElastiCache"], [new("gb", "aws-egress", Out), new("gb", "aws-s3-standard", [])]),
        new(["Blob"], [.. Archives, "cool", "premium"], [new("gb", "azure-egress", Out), new("gb", "azure-blob-hot", [])]),
        new(["Blob"], [.. Archives, "premium"], [new("gb", "azure-egress", Out), new("gb", "azure-blob-cool", [])]) { And = ["cool"] },
        new(["Cloud Storage"], [.. Archives, "coldline", "nearline"], [new("gb", "gcp-egress", Out), new("gb", "gcp-storage-standard", [])]),
        new(["CloudFront"], [], [new("gb", "aws-cloudfront", [])]),
        new(["Azure CDN"], [], [new("gb", "azure-cdn-classic", [])]),
        new(["Front Door"], ["CDN Premium"], [new("gb", "azure-front-door-traffic", [])]),
        new(["Route 53"], [], [new("zone", "aws-route53-zone", []), new("query", "aws-route53-queries", [])]),
        new(["Azure DNS"], [], [new("zone", "azure-dns-zone", []), new("query", "azure-dns-queries", [])]),
        new(["Aurora Serverless", "Aurora"], [], [new("acu", "aws-aurora-acu", [], Hours: true)]),
        new(["ECR", "Elastic Container Registry"], [], [new("gb", "aws-ecr", [])]),
        new(["API Gateway"], ["WebSocket", "HTTP", "HTTP API"], [new("request", "aws-api-rest", [])]),
        new(["API Gateway"], ["WebSocket"], [new("request", "aws-api-http", [])]) { And = ["HTTP"] },
        new(["Cosmos DB"], [], [new("ru", "azure-cosmos-ru", []), new("gb", "azure-cosmos-storage", [])]),
        new(["Application Gateway"], [], []) { Fixed = "azure-application-gateway-waf", And = ["WAF"] },
        new(["Application Gateway"], ["WAF"], []) { Fixed = "azure-application-gateway" },
        new(["Azure Firewall"], [], []) { Fixed = "azure-firewall" },
        new(["Log Analytics"], ["retention"], [new("gb", "azure-logs", [])]),
    ];

    /// <summary>Services that cost the same whatever is used of them, so that no quantity needs to be printed.</summary>
    public static bool HasFixed(string text) => All.Any(service => service.Fixed is not null && service.Names.Any(name => text.Contains(name, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Where no provider is named, an amount may still lie below every provider's price.</summary>
    public static IReadOnlyList<(IReadOnlyList<string> Names, IReadOnlyList<string> Unless, IReadOnlyList<string> Items)> Cheapest { get; } =
    [
        (["CDN"], [], ["aws-cloudfront", "azure-cdn-classic", "gcp-cdn"]),
        (["storage"], ["block", "disk", "EBS", "EFS", "file", "files", "backup", "log", "logs", "session", "registry", "SSD", "premium", "cool", "archive", "glacier", "database", "vCores", "vCPU"], ["aws-s3-standard", "azure-blob-hot", "gcp-storage-standard"]),
    ];
}
