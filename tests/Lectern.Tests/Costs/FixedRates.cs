using Lectern.Costs.Contracts;
using Lectern.Costs.Metering;

namespace Lectern.Tests.Costs;

/// <summary>Prices that tests can reckon with: dollars, and euros at 0.80 to the dollar.</summary>
internal sealed class FixedRates : IRates
{
    /// <summary>One dollar a thousand tokens.</summary>
    public const string Tokens = "test-tokens";

    /// <summary>Six cents a minute, by the started minute.</summary>
    public const string Calls = "test-calls";

    /// <summary>In euros, one cent a mail.</summary>
    public const string Mails = "test-mails";

    public UnitRate? Find(string priceId, UsageKind kind) => (priceId, kind) switch
    {
        (Tokens, UsageKind.ModelInputTokens or UsageKind.ModelCachedTokens or UsageKind.ModelOutputTokens) => new UnitRate(0.001m, "USD"),
        (Calls, UsageKind.TelephoneSeconds) => new UnitRate(0.001m, "USD", Block: 60),
        (Mails, UsageKind.Mails) => new UnitRate(0.01m, "EUR"),
        _ => null,
    };

    public decimal? Exchange(string from, string to) => (from, to) switch
    {
        ("USD", "EUR") => 0.8m,
        ("EUR", "USD") => 1.25m,
        _ => null,
    };
}
