using System.Globalization;
using Lectern.Costs.Audit.Reading;

namespace Lectern.Tests.Costs.Audit;

public sealed class NumberTests
{
    private static readonly FigureReader Point = new(NumberConvention.Point);

    [Theory]
    [InlineData("$1,234.50", "1234.50", "1234.50", "USD")]
    [InlineData("$0-60", "0", "60", "USD")]
    [InlineData("~$1", "1", "1", "USD")]
    [InlineData("$500–1,000", "500", "1000", "USD")]
    [InlineData("-$88.74", "-88.74", "-88.74", "USD")]
    [InlineData("$-20", "-20", "-20", "USD")]
    [InlineData("CHF 1'740.00", "1740", "1740", "CHF")]
    [InlineData("₹12,50,000", "1250000", "1250000", "INR")]
    [InlineData("US$5", "5", "5", "USD")]
    [InlineData("C$5", "5", "5", "CAD")]
    [InlineData("20 kr", "20", "20", "kr")]
    public void Money_is_read_as_people_write_it(string text, string low, string high, string currency)
    {
        var figure = Assert.Single(Point.Read(text));

        Assert.Equal((new Extent(Number(low), Number(high)), currency), (figure.Value, figure.Currency));
    }

    [Theory]
    [InlineData("1.234,50 €", "1234.50")]
    [InlineData("10.188,00 €", "10188")]
    [InlineData("8 225,00 €", "8225")]
    [InlineData("1.500 €", "1500")]
    [InlineData("€ 2,5", "2.5")]
    public void A_document_with_commas_before_its_decimals_is_read_so(string text, string value)
    {
        var figure = Assert.Single(new FigureReader(NumberConvention.Of("19,90 € und 7,50 €")).Read(text));

        Assert.Equal((Extent.Of(Number(value)), "EUR", false), (figure.Value, figure.Currency, figure.IsAmbiguous));
    }

    [Theory]
    [InlineData("1K", "1000", "")]
    [InlineData("2M", "2000000", "")]
    [InlineData("50 TB", "50000", "gb")]
    [InlineData("512MB", "0.512", "gb")]
    [InlineData("30 hrs", "30", "hour")]
    [InlineData("10 million", "10000000", "")]
    [InlineData("2M tokens/month", "2000000", "token")]
    public void Quantities_are_read_with_their_units(string text, string value, string unit)
    {
        var figure = Assert.Single(Point.Read(text));

        Assert.Equal((Extent.Of(Number(value)), unit, false), (figure.Value, figure.Unit, figure.IsMoney));
    }

    [Theory]
    [InlineData("$0.20/1M", 1_000_000, "")]
    [InlineData("$0.25 per million connection minutes", 1_000_000, "minute")]
    [InlineData("$0.10/1K emails", 1_000, "mail")]
    [InlineData("$0.023/GB", 1, "gb")]
    [InlineData("$16/1M chars", 1_000_000, "character")]
    public void A_price_keeps_what_it_is_for(string text, int count, string unit)
    {
        var figure = Assert.Single(Point.Read(text));

        Assert.Equal(new Rate(count, unit), figure.Per);
    }

    [Fact]
    public void A_month_is_a_period_and_no_unit()
    {
        var figure = Assert.Single(Point.Read("$1,049-1,549/month"));

        Assert.Equal((Period.Month, (Rate?)null), (figure.Period, figure.Per));
    }

    [Theory]
    [InlineData("c5.2xlarge and t3.medium and Standard_D8s_v3")]
    [InlineData("2025-10-31")]
    [InlineData("version 1.2.3")]
    [InlineData("at 10:30")]
    public void Names_dates_and_versions_are_no_amounts(string text) => Assert.DoesNotContain(Point.Read(text), figure => figure.IsMoney || figure.Value.Low > 10);

    [Theory]
    [InlineData("1.234 €")]
    [InlineData("€ 1,234")]
    public void A_number_that_can_be_read_twice_is_ambiguous_where_nothing_settles_it(string text) => Assert.True(Assert.Single(new FigureReader(NumberConvention.Of(text)).Read(text)).IsAmbiguous);

    [Theory]
    [InlineData("1.234 € and 0,50 €", ',')]
    [InlineData("€1,234 and €0.50", '.')]
    [InlineData("4,920 and 5,340", '.')]
    public void Other_numbers_settle_the_convention(string text, char mark) => Assert.Equal(mark, NumberConvention.Of(text).DecimalMark);

    [Fact]
    public void Text_that_was_encoded_twice_is_put_right_and_said_so()
    {
        var estimate = EstimateText.FromText("a.md", "3 Ã— $20 â€“ cafÃ© ðŸ’°");

        Assert.Equal(("3 × $20 – café 💰", 4), (estimate.Text, estimate.Repaired));
    }

    [Theory]
    [InlineData("Åse und Öl für 5 €")]
    [InlineData("São Paulo – ação")]
    public void Text_that_is_right_is_left_alone(string text) => Assert.Equal((text, 0), Mojibake.Repair(text));

    [Fact]
    public void Bytes_that_are_no_UTF8_are_read_as_Windows_1252() => Assert.Equal(("5 € für", true), Windows1252([0x35, 0x20, 0x80, 0x20, 0x66, 0xFC, 0x72]));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static (string Text, bool IsWindows1252) Windows1252(byte[] bytes) => EstimateText.FromBytes("a.md", bytes) is var estimate ? (estimate.Text, estimate.IsWindows1252) : default;
}
