using System.Collections.Immutable;

namespace Lectern.Costs.Prices;

/// <summary>What one unit of a currency is worth in US dollars, from a day on.</summary>
public sealed record ExchangeRate(string Currency, decimal Dollars, DateOnly Day, string Source, Evidence Evidence);

/// <summary>A sum in another currency, with the day of the rate that it stands on.</summary>
public sealed record Exchanged(Money Money, DateOnly RateOf);

/// <summary>Dated rates: a sum is exchanged at the last rate that was known on its day, the first one for days before.</summary>
public sealed class ExchangeRates(IEnumerable<ExchangeRate> rates)
{
    private readonly Dictionary<string, ImmutableArray<ExchangeRate>> _rates =
        rates.GroupBy(rate => rate.Currency).ToDictionary(group => group.Key, group => group.OrderBy(rate => rate.Day).ToImmutableArray());

    public IReadOnlyCollection<ExchangeRate> All => [.. _rates.Values.SelectMany(rates => rates)];

    /// <returns>Null when there is no rate for one of the currencies.</returns>
    public Exchanged? Exchange(Money money, string currency, DateOnly day)
    {
        if (money.Currency == currency)
            return new Exchanged(money, day);
        if (RateOn(money.Currency, day) is not { } from || RateOn(currency, day) is not { } to)
            return null;
        // One division, at the end: dividing first would lose digits of the sum.
        return new Exchanged(new Money(money.Amount * from.Dollars / to.Dollars, currency), from.Currency == "USD" ? to.Day : from.Day);
    }

    /// <summary>The rate of the day; the US dollar is 1.</summary>
    public ExchangeRate? RateOn(string currency, DateOnly day)
    {
        if (currency == "USD")
            return new ExchangeRate("USD", 1m, day, "", Evidence.Source);
        if (!_rates.TryGetValue(currency, out var known))
            return null;
        return known.LastOrDefault(rate => rate.Day <= day) ?? known[0];
    }
}
