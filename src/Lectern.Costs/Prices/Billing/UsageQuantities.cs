using Lectern.Costs.Contracts;

namespace Lectern.Costs.Prices.Billing;

/// <summary>From what rooms report to what a price counts: seconds become started minutes, hours of sound or credits.</summary>
public static class UsageQuantities
{
    /// <param name="quantity">One use, in the unit of <paramref name="kind"/>: rounding to blocks is by use, so sums of uses must not be converted.</param>
    /// <returns>Single units of the item; null when the item doesn't price that kind of use.</returns>
    public static decimal? Of(UsageKind kind, decimal quantity, PriceItem item) => (kind, item.Unit.Thing) switch
    {
        (UsageKind.ModelInputTokens or UsageKind.ModelCachedTokens or UsageKind.ModelOutputTokens, "token") => quantity,
        (UsageKind.SpokenCharacters, "character") => quantity,
        (UsageKind.Mails, "mail") => quantity,
        (UsageKind.HeardSeconds or UsageKind.AvatarSeconds or UsageKind.TelephoneSeconds, "minute") => Seconds(quantity, item) / 60m,
        (UsageKind.HeardSeconds, "audio-hour") => Seconds(quantity, item) / 3600m,
        (UsageKind.AvatarSeconds, "credit") when item.Fact("creditsPerMinute") is { } credits => Seconds(quantity, item) / 60m * credits,
        _ => null,
    };

    // A use of nothing isn't charged, not even the minimum.
    private static decimal Seconds(decimal seconds, PriceItem item) => seconds == 0m ? 0m
        : item.Block is { Of: "second" } block ? Blocks.Started(Math.Max(seconds, item.MinimumPerUse ?? 0m), block.Size) * block.Size
        : Math.Max(seconds, item.MinimumPerUse ?? 0m);
}
