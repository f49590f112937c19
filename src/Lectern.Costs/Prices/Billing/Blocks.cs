namespace Lectern.Costs.Prices.Billing;

/// <summary>
/// count · ceil(size / block): each use is rounded up by itself, then counted. HTTP calls 512 KB, WebSocket messages 32 KB (aws.amazon.com/api-gateway/pricing),
/// DynamoDB 1 KB written and 4 KB read, telephone calls 60 s (twilio.com), functions 1 ms, Cloud Run 100 ms.
/// </summary>
public static class Blocks
{
    /// <summary>Blocks that one use of this size begins; nothing begins none.</summary>
    public static decimal Started(decimal size, decimal block)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 0m);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(block);
        return Math.Ceiling(size / block);
    }

    /// <summary>Blocks of many uses of the same size.</summary>
    /// <param name="minimum">The least size that one use is charged for.</param>
    public static decimal Count(decimal uses, decimal size, decimal block, decimal minimum = 0m) => uses * Started(Math.Max(size, minimum), block);

    /// <summary>Blocks of many uses of this size under the rule of an item; without a rule the size itself.</summary>
    public static decimal Count(PriceItem item, decimal uses, decimal size) =>
        item.Block is { } block ? Count(uses, size, block.Size, item.MinimumPerUse ?? 0m) : uses * Math.Max(size, item.MinimumPerUse ?? 0m);
}
