using System.Globalization;

namespace Lectern.Bench;

/// <summary>Times of one kind, in milliseconds.</summary>
internal sealed record Times(int Count, double P50, double P90, double P99, double Max)
{
    public static Times Of(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted.Length == 0 ? new Times(0, 0, 0, 0, 0) : new Times(sorted.Length, At(sorted, 0.5), At(sorted, 0.9), At(sorted, 0.99), Math.Round(sorted[^1], 2));
    }

    public override string ToString() => Count == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"p50 {P50:0.0}  p90 {P90:0.0}  p99 {P99:0.0}  max {Max:0.0} ms  ({Count})");

    // Nearest rank.
    private static double At(double[] sorted, double share) => Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)], 2);
}
