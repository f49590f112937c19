using Lectern.Costs;
using Lectern.Costs.Contracts;
using Lectern.Costs.Metering;
using Lectern.Costs.Prices;
using Microsoft.Extensions.Options;

namespace Lectern.Tests.Costs.Metering;

/// <summary>A school's own price: for which unit it is, and how it is counted.</summary>
public sealed class OwnPriceTests
{
    [Theory]
    [InlineData("1M tokens", 1_000_000)]
    [InlineData("1M characters", 1_000_000)]
    [InlineData("minute", 60)]
    [InlineData("audio-hour", 3600)]
    [InlineData("1K mails", 1000)]
    [InlineData("GB-month", null)]
    public void A_unit_says_how_many_of_what_is_metered_it_buys(string unit, int? units) =>
        Assert.Equal(units, CatalogueRates.UnitsIn(PriceUnit.Parse(unit)!)); // each of them is a unit

    [Fact]
    public void Who_agreed_on_another_price_still_pays_for_started_minutes()
    {
        var rates = new FixedRates();
        var pricing = new LinePricing(rates, new Exchange(rates, Options.Create(new CostsOptions())));
        var own = new Dictionary<string, UnitRate> { [FixedRates.Calls] = new(0.0005m, "USD") };

        Assert.Equal(0.06m, pricing.Estimate(UsageKind.TelephoneSeconds, 61, FixedRates.Calls, own));
    }

    [Fact]
    public void Nothing_with_a_sign_costs_nothing() => Assert.Equal(0m, new TieredRate(3m).Cost(-0.000m));
}
