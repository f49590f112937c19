namespace Lectern.Costs.Metering;

/// <summary>Money as a whole number of millionths of its currency: a token costs about a tenth of one, so lines round to less than their last digit matters.</summary>
internal static class Micros
{
    public const decimal PerUnit = 1_000_000m;

    // Some nine billions; a sum beyond it is a mistake in a price, and fails where it arises.
    private const decimal Most = 9_000_000_000m;

    /// <summary>Rounded once, half away from zero, as a bill is.</summary>
    /// <exception cref="OverflowException">Larger than any bill.</exception>
    public static long Of(decimal amount) => (long)Math.Round(Checked(amount) * PerUnit, MidpointRounding.AwayFromZero);

    /// <summary>Rounded up, for what is held.</summary>
    /// <exception cref="OverflowException">Larger than any bill.</exception>
    public static long Ceiling(decimal amount) => (long)Math.Ceiling(Checked(amount) * PerUnit);

    public static decimal ToUnits(long micros) => micros / PerUnit;

    private static decimal Checked(decimal amount) => amount is >= -Most and <= Most ? amount : throw new OverflowException($"{amount} is no sum of money.");
}
