using System.Globalization;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning;

/// <summary>Arithmetic of plans over figures that are not negative.</summary>
internal static class Intervals
{
    extension(Interval)
    {
        /// <summary>Nothing.</summary>
        public static Interval Zero => default;

        public static Interval operator *(Interval a, Interval b) => new(a.Low * b.Low, a.High * b.High);

        public static Interval operator +(Interval a, decimal b) => new(a.Low + b, a.High + b);
    }

    extension(Interval value)
    {
        public bool IsZero => value.Low == 0 && value.High == 0;

        /// <summary>The smallest result is the low end divided by the high one. <paramref name="by"/> is more than nothing.</summary>
        public Interval DividedBy(Interval by) => new(value.Low / by.High, value.High / by.Low);

        /// <summary>What a share leaves: much of the one is little of the other.</summary>
        public Interval Rest => new(1 - value.High, 1 - value.Low);

        public Interval RoundedUp => value.Through(Math.Ceiling);

        public Interval AtLeast(decimal least) => value.Through(end => Math.Max(end, least));

        /// <summary>For logs and messages.</summary>
        public string Text => value.IsExact ? value.Low.ToString("0.####", CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{value.Low:0.####} to {value.High:0.####}");
    }
}
