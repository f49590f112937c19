namespace Lectern.Costs.Prices.Billing;

/// <summary>
/// Σ_leg ceil(minutes) · p_leg + relay or stream minutes · p + numbers · monthly + recorded minutes · p. Each leg of each call is rounded up to its
/// started minute by itself: 100 calls of 61 seconds are 200 minutes. Source: twilio.com changelog, "per-minute rounding".
/// </summary>
public static class TelephoneCalls
{
    public static decimal StartedMinutes(decimal calls, decimal seconds) => Blocks.Count(calls, seconds, 60m);

    public static decimal StartedMinutes(IEnumerable<decimal> callSeconds) => callSeconds.Sum(seconds => Blocks.Started(seconds, 60m));
}
