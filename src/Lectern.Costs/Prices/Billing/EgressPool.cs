namespace Lectern.Costs.Prices.Billing;

/// <summary>Gigabytes of a month that leave one cloud.</summary>
/// <param name="Direct">Sent to people straight from servers and storage.</param>
/// <param name="ThroughCdn">Sent to people by a CDN.</param>
/// <param name="HitRatio">The share that the CDN has already, 0 to 1.</param>
/// <param name="CdnIsOfTheCloud">The CDN belongs to the same cloud, and what it fetches from there is free.</param>
public sealed record Outflow(decimal Direct, decimal ThroughCdn = 0m, decimal HitRatio = 0m, bool CdnIsOfTheCloud = true);

/// <summary>
/// One pool per cloud, so that each byte is paid for on one line: the cloud bills what leaves directly and what a foreign CDN fetches, the CDN bills what it
/// sends. Media that an avatar's vendor sends to the browser never enters it. Source: aws.amazon.com/ec2/pricing/on-demand, "aggregated across services";
/// aws.amazon.com/cloudfront/pricing, "origin fetch" free from AWS.
/// </summary>
/// <param name="Cloud">Gigabytes at the cloud's price for data out, to be tiered as ONE sum.</param>
/// <param name="Cdn">Gigabytes at the CDN's price.</param>
public sealed record EgressPool(decimal Cloud, decimal Cdn)
{
    public static EgressPool Of(IEnumerable<Outflow> outflows)
    {
        var cloud = 0m;
        var cdn = 0m;
        foreach (var outflow in outflows)
        {
            cloud += outflow.Direct + (outflow.CdnIsOfTheCloud ? 0m : outflow.ThroughCdn * (1m - outflow.HitRatio));
            cdn += outflow.ThroughCdn;
        }
        return new EgressPool(cloud, cdn);
    }
}
