namespace Lectern.Costs.Audit.Reading;

/// <summary>An amount, or a span of amounts as "$500–1,000" states it; both ends are equal for a single amount.</summary>
internal readonly record struct Extent(decimal Low, decimal High)
{
    public static readonly Extent Zero = new(0, 0);

    public bool IsSingle => Low == High;

    public bool IsZero => Low == 0 && High == 0;

    public static Extent Of(decimal value) => new(value, value);

    public static Extent operator +(Extent left, Extent right) => new(left.Low + right.Low, left.High + right.High);

    public static Extent operator -(Extent left, Extent right) => new(left.Low - right.Low, left.High - right.High);

    public static Extent operator -(Extent value) => new(-value.Low, -value.High);

    public static Extent operator *(Extent left, Extent right) => new(left.Low * right.Low, left.High * right.High);

    public static Extent operator *(Extent left, decimal right) => new(left.Low * right, left.High * right);

    public static Extent operator /(Extent left, decimal right) => new(left.Low / right, left.High / right);

    /// <summary>The same two ends, the lesser first, as a difference of two spans may not have them.</summary>
    public Extent InOrder => Low <= High ? this : new(High, Low);

    public Extent Abs() => new(Math.Abs(Low), Math.Abs(High));
}
