using System.Globalization;

namespace Lectern.Costs.Prices;

/// <summary>A sum in a currency, not rounded until <see cref="Rounded"/>: bills add exact sums and round once.</summary>
/// <param name="Currency">ISO 4217.</param>
public readonly record struct Money(decimal Amount, string Currency)
{
    // Minor units that aren't two digits (ISO 4217, list one) among the currencies that schools pay in.
    private static readonly Dictionary<string, int> Digits = new() { ["JPY"] = 0, ["KRW"] = 0, ["CLP"] = 0, ["VND"] = 0, ["ISK"] = 0, ["KWD"] = 3, ["BHD"] = 3, ["JOD"] = 3, ["OMR"] = 3, ["TND"] = 3 };

    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator +(Money left, Money right) => left with { Amount = left.Amount + Same(left, right).Amount };

    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator -(Money left, Money right) => left with { Amount = left.Amount - Same(left, right).Amount };

    public static Money operator *(Money money, decimal factor) => money with { Amount = money.Amount * factor };

    public static Money Add(Money left, Money right) => left + right;

    public static Money Subtract(Money left, Money right) => left - right;

    public static Money Multiply(Money money, decimal factor) => money * factor;

    /// <summary>To the currency's minor unit, halves away from zero, as invoices are.</summary>
    public Money Rounded() => this with { Amount = Round(Amount, Currency) };

    public static decimal Round(decimal amount, string currency) => Math.Round(amount, Digits.GetValueOrDefault(currency, 2), MidpointRounding.AwayFromZero);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Currency} {Rounded().Amount:N2}");

    private static Money Same(Money left, Money right) =>
        left.Currency == right.Currency ? right : throw new InvalidOperationException($"{left.Currency} and {right.Currency} can't be added without an exchange rate.");
}
