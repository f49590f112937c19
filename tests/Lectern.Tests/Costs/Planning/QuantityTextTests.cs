using Lectern.Costs.Planning.Input;

namespace Lectern.Tests.Costs.Planning;

public sealed class QuantityTextTests
{
    [Theory]
    [InlineData("600", PlanUnit.Count, 600)]
    [InlineData("0.5", PlanUnit.Count, 0.5)]
    [InlineData("80 %", PlanUnit.Share, 0.8)]
    [InlineData("12.5%", PlanUnit.Share, 0.125)]
    [InlineData("15 min", PlanUnit.Time, 15)]
    [InlineData("90 s", PlanUnit.Time, 1.5)]
    [InlineData("1.5 h", PlanUnit.Time, 90)]
    [InlineData("2 TB", PlanUnit.Data, 2048)]
    [InlineData("512 MB", PlanUnit.Data, 0.5)]
    [InlineData("20 GB/month", PlanUnit.DataPerMonth, 20)]
    [InlineData("800 tokens", PlanUnit.Tokens, 800)]
    [InlineData("2 years", PlanUnit.Months, 24)]
    [InlineData("57.50 USD", PlanUnit.Money, 57.5)]
    [InlineData("1500 USD/month", PlanUnit.MoneyPerMonth, 1500)]
    public void A_figure_is_read_with_its_unit(string text, PlanUnit unit, double expected)
    {
        Assert.Null(QuantityText.Read(text, unit, out var value, out _));
        Assert.Equal((decimal)expected, value);
    }

    [Theory]
    [InlineData("1.234,50 €", PlanUnit.MoneyPerMonth, "currency sign")]
    [InlineData("$0-60", PlanUnit.Money, "currency sign")]
    [InlineData("~1", PlanUnit.Count, "approximate")]
    [InlineData("1,000", PlanUnit.Count, "comma")]
    [InlineData("1'000", PlanUnit.Count, "comma")]
    [InlineData("1.000.000", PlanUnit.Count, "more than one point")]
    [InlineData("10-15 min", PlanUnit.Time, "range")]
    [InlineData("10 min – 15 min", PlanUnit.Time, "range")]
    [InlineData("-5", PlanUnit.Count, "negative")]
    [InlineData("15", PlanUnit.Time, "no unit")]
    [InlineData("57", PlanUnit.MoneyPerMonth, "no unit")]
    [InlineData("15 minuten", PlanUnit.Time, "not a unit")]
    [InlineData("20 GB", PlanUnit.DataPerMonth, "not a unit")]
    [InlineData("57 USD", PlanUnit.MoneyPerMonth, "not a unit")]
    [InlineData("80", PlanUnit.Share, "no unit")]
    [InlineData("many", PlanUnit.Count, "not a figure")]
    [InlineData("1e6", PlanUnit.Count, "not a")]
    [InlineData("NaN", PlanUnit.Count, "not a figure")]
    [InlineData("", PlanUnit.Count, "empty")]
    [InlineData("99999999999999999999999999999999999", PlanUnit.Count, "not a figure")]
    public void What_could_be_meant_in_two_ways_is_refused_with_its_reason(string text, PlanUnit unit, string reason) =>
        Assert.Contains(reason, QuantityText.Read(text, unit, out _, out _), StringComparison.Ordinal);
}
