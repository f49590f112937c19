namespace Lectern.Costs.Prices.Billing;

/// <summary>What functions without servers are charged for.</summary>
public static class FunctionUse
{
    /// <summary>
    /// req · ceil(duration) · GB: each call rounds its duration up to a whole millisecond (Lambda) or another step (Cloud Run: 100 ms).
    /// Source: aws.amazon.com/lambda/pricing; cloud.google.com/run/pricing.
    /// </summary>
    public static decimal GigabyteSeconds(decimal requests, decimal milliseconds, decimal gigabytes, decimal stepMilliseconds = 1m) =>
        Blocks.Count(requests, milliseconds, stepMilliseconds) * stepMilliseconds * gigabytes / 1000m;

    /// <summary>
    /// Minutes of open WebSocket connections: sessions · minutes. At 0.25 per MILLION of them; messages are counted in 32 KB (<see cref="Blocks"/>).
    /// Source: aws.amazon.com/api-gateway/pricing, "WebSocket APIs".
    /// </summary>
    public static decimal ConnectionMinutes(decimal sessions, decimal minutes) => sessions * minutes;
}
