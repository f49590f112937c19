using System.Globalization;

namespace Lectern.Costs.Planning;

/// <summary>
/// A figure that is not known exactly: at least <paramref name="Low"/>, at most <paramref name="High"/>. Sums add low to low and high to high; a difference is
/// as wide as both of its sides. Not rounded.
/// </summary>
public readonly record struct Interval(decimal Low, decimal High)
{
    /// <summary>Nothing.</summary>
    public static readonly Interval Zero;

    /// <summary>Whether both ends are the same.</summary>
    public bool IsExact => Low == High;

    /// <summary>Halfway between the ends.</summary>
    public decimal Middle => (Low + High) / 2;

    /// <summary>A figure that is known.</summary>
    public static implicit operator Interval(decimal exact) => new(exact, exact);

    public static Interval FromDecimal(decimal exact) => new(exact, exact);

    public static Interval operator +(Interval a, Interval b) => new(a.Low + b.Low, a.High + b.High);

    public static Interval operator -(Interval a, Interval b) => new(a.Low - b.High, a.High - b.Low);

    /// <summary>For figures that are not negative, as all quantities and prices are.</summary>
    public static Interval operator *(Interval a, Interval b) => new(a.Low * b.Low, a.High * b.High);

    /// <summary>The smallest result is the low end divided by the high one. Neither end of <paramref name="b"/> may be zero.</summary>
    public static Interval operator /(Interval a, Interval b) => new(a.Low / b.High, a.High / b.Low);

    public static Interval Add(Interval a, Interval b) => a + b;

    public static Interval Subtract(Interval a, Interval b) => a - b;

    public static Interval Multiply(Interval a, Interval b) => a * b;

    public static Interval Divide(Interval a, Interval b) => a / b;

    /// <summary>Applies what grows with its argument to both ends.</summary>
    public Interval Map(Func<decimal, decimal> rising) => new(rising(Low), rising(High));

    /// <summary>What is common to both or lies between them.</summary>
    public Interval Or(Interval other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    public override string ToString() => IsExact ? Low.ToString("0.####", CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Low:0.####} to {High:0.####}");
}
