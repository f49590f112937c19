using Lectern.Costs.Metering;
using Lectern.Platform.Localization;

namespace Lectern.Costs.Budgets;

/// <summary>Sums as people read them.</summary>
internal static class MoneyText
{
    /// <summary>Such as "1,234.50 USD"; less than ten cents with more digits, so that it does not look like nothing.</summary>
    public static string Money(this Texts t, decimal amount, string currency)
    {
        var number = amount.ToString(Math.Abs(amount) is > 0 and < 0.1m ? "N4" : "N2", t.Culture);
        // Number and currency stay on one line.
        return t["{amount} {currency}", ("amount", number), ("currency", currency)].Replace($"{number} ", $"{number}\u00a0", StringComparison.Ordinal);
    }

    /// <summary>Millionths of the currency.</summary>
    public static string Money(this Texts t, long micros, string currency) => t.Money(Micros.ToUnits(micros), currency);

    /// <summary>A percentage, rounded down: 99.9 is not yet 100.</summary>
    public static string Percentage(this Texts t, decimal percent) => t.Percent((double)Math.Floor(Math.Clamp(percent, 0, 99_999)) / 100);
}
