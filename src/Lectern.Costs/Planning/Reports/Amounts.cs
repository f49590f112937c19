using System.Globalization;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Reports;

/// <summary>Money and quantities as the reports write them; rounded here and nowhere before.</summary>
internal static class Amounts
{
    private static readonly CultureInfo Numbers = CultureInfo.InvariantCulture;

    /// <summary>Such as <c>$1,234.50</c> or <c>$12,345 – 23,456</c>: cents below ten thousand.</summary>
    public static string Money(Interval amount) => Money(amount, 10_000);

    /// <summary>The same for narrow columns: cents below a thousand.</summary>
    public static string Short(Interval amount) => Money(amount, 1_000);

    private static string Money(Interval amount, decimal centsBelow)
    {
        var isLarge = Math.Abs(amount.High) >= centsBelow;
        var (low, high) = (Digits(amount.Low, isLarge), Digits(amount.High, isLarge));
        return low == high ? Signed(low) : $"{Signed(low)} – {high}";
    }

    /// <summary>The same without a sign of currency, for sentences that name it.</summary>
    public static string Bare(Interval amount) => Money(amount).Replace("$", "", StringComparison.Ordinal);

    /// <summary>A price of one unit, with as many digits as it has, six at most behind the first that counts.</summary>
    public static string UnitPrice(decimal price) => price >= 0.01m ? "$" + price.ToString("#,0.00##", Numbers) : "$" + price.ToString("0.##########", Numbers);

    public static string Quantity(Interval quantity)
    {
        var (low, high) = (Number(quantity.Low), Number(quantity.High));
        return low == high ? low : $"{low} – {high}";
    }

    public static string Percent(decimal share) => share.ToString("0 %", Numbers);

    private static string Number(decimal value) => value.ToString(value >= 1000 ? "#,0" : value >= 1 || value == 0 ? "0.##" : value >= 0.0001m ? "0.####" : "0.#########", Numbers);

    private static string Digits(decimal amount, bool isLarge) => Math.Round(amount, isLarge ? 0 : 2, MidpointRounding.AwayFromZero).ToString(isLarge ? "#,0" : "#,0.00", Numbers);

    private static string Signed(string digits) => digits.StartsWith('-') ? "-$" + digits[1..] : "$" + digits;
}
