using Lectern.Costs.Prices.Billing;
using Lectern.Platform.Localization;

namespace Lectern.Costs.Planning.Pages;

/// <summary>Money and figures as the language of the page writes them.</summary>
internal static class PlanMoney
{
    /// <summary>Such as "$1,234.50" or "$12,345 – 23,456".</summary>
    public static string Money(this Texts t, Interval amount)
    {
        var digits = Math.Abs(amount.High) >= 1000 ? "#,0" : "#,0.00";
        var (low, high) = (Round(amount.Low), Round(amount.High));
        var (first, last) = (Math.Abs(low).ToString(digits, t.Culture), Math.Abs(high).ToString(digits, t.Culture));
        return low < 0 || high < 0 ? low == high ? One(low, first) : t["{low} – {high}", ("low", One(low, first)), ("high", One(high, last))]
            : first == last ? t["${amount}", ("amount", first)] : t["${low} – {high}", ("low", first), ("high", last)];

        string One(decimal value, string written) => (value < 0 ? "\u2212" : "") + t["${amount}", ("amount", written)];

        decimal Round(decimal value) => Math.Round(value, digits.Length > 4 ? 2 : 0, MidpointRounding.AwayFromZero);
    }

    public static string Money(this Texts t, decimal amount) => t.Money(Interval.Exactly(amount));

    /// <summary>A price of one unit, with the digits that it has.</summary>
    public static string UnitPrice(this Texts t, decimal price) => t["${amount}", ("amount", price.ToString(price >= 0.01m ? "#,0.00##" : "0.##########", t.Culture))];

    /// <summary>A mark of a logarithmic axis: "$100", "$0.1".</summary>
    public static string PowerOfTen(this Texts t, decimal price) => t["${amount}", ("amount", price.ToString("#,0.##########", t.Culture))];

    public static string Range(this Texts t, Interval quantity, int decimals = 2) =>
        t.Number(quantity.Low, decimals) is var low && t.Number(quantity.High, decimals) is var high && low == high ? low : t["{low} – {high}", ("low", low), ("high", high)];
}
