namespace Lectern.Costs.Prices.Billing;

/// <summary>
/// A value between a low and a high estimate. Totals add low to low and high to high; the difference a − b is [a.low − b.high, a.high − b.low].
/// Source: interval arithmetic, IEEE 1788.
/// </summary>
public readonly record struct Interval
{
    /// <exception cref="ArgumentException">Low lies above high.</exception>
    public Interval(decimal low, decimal high)
    {
        if (low > high)
            throw new ArgumentException($"{low} lies above {high}.", nameof(low));
        Low = low;
        High = high;
    }

    public decimal Low { get; }

    public decimal High { get; }

    public decimal Middle => (Low + High) / 2m;

    public bool IsExact => Low == High;

    public static Interval Exactly(decimal value) => new(value, value);

    public static Interval operator +(Interval left, Interval right) => new(left.Low + right.Low, left.High + right.High);

    public static Interval operator -(Interval left, Interval right) => new(left.Low - right.High, left.High - right.Low);

    public static Interval operator *(Interval interval, decimal factor) => factor < 0m ? new(interval.High * factor, interval.Low * factor) : new(interval.Low * factor, interval.High * factor);

    public static Interval Add(Interval left, Interval right) => left + right;

    public static Interval Subtract(Interval left, Interval right) => left - right;

    public static Interval Multiply(Interval interval, decimal factor) => interval * factor;

    /// <summary>The interval of a price that rises with its quantity.</summary>
    public Interval Through(Func<decimal, decimal> rising) => new(rising(Low), rising(High));
}
