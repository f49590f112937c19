using Microsoft.Extensions.Options;

namespace Lectern.Costs.Metering;

/// <summary>Turns sums of other currencies into the installation's and back, by the rates of the settings, else of the catalogue. Without a rate there is no answer, never a guess.</summary>
internal sealed class Exchange(IRates rates, IOptions<CostsOptions> options)
{
    public string Currency => options.Value.Currency;

    /// <summary>How much of the currency one unit of the installation's is; null when nobody has said.</summary>
    public decimal? RateOf(string currency) =>
        currency == Currency ? 1m : options.Value.ExchangeRates.TryGetValue(currency, out var rate) ? rate : rates.Exchange(Currency, currency);

    /// <summary>The currency that amounts of a school are shown and entered in: its own where there is a rate.</summary>
    public string ShownFor(string schoolCurrency) => RateOf(schoolCurrency) is null ? Currency : schoolCurrency;

    public decimal? ToInstallation(decimal amount, string currency) => RateOf(currency) is { } rate ? amount / rate : null;

    public decimal? FromInstallation(decimal amount, string currency) => RateOf(currency) is { } rate ? amount * rate : null;
}
