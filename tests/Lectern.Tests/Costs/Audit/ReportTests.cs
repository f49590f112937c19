using System.Text;
using System.Text.Json;
using Lectern.Costs.Audit;
using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Reports;
using Lectern.Costs.Prices;

namespace Lectern.Tests.Costs.Audit;

public sealed class ReportTests
{
    private const string Wrong = "| Item | Monthly |\n|---|---|\n| =cmd() | $10 |\n| b | $20 |\n| **Total** | **$40** |\n";
    private static readonly PriceCatalogue Prices = PriceFiles.Load([]);
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Fact]
    public void A_report_names_file_line_stated_computed_and_difference()
    {
        var answer = Answer(Wrong, AuditFormat.Table);

        Assert.Equal(1, answer.Findings);
        Assert.Contains("plan.md:5  Sum (certain)  Total", answer.Text, StringComparison.Ordinal);
        Assert.Contains("stated 40 USD, computed 30 USD, difference 10 USD", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith("1  report on 1 table and 0 lists in 1 file" + Environment.NewLine, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_the_same()
    {
        var finding = JsonDocument.Parse(Answer(Wrong, AuditFormat.Json).Text).RootElement.GetProperty("findings")[0];

        Assert.Equal((5, "sum", "certain"), (finding.GetProperty("line").GetInt32(), finding.GetProperty("kind").GetString(), finding.GetProperty("certainty").GetString()));
        Assert.Equal([40m, 40m], finding.GetProperty("stated").EnumerateArray().Select(end => end.GetDecimal()));
    }

    [Fact]
    public void A_field_of_the_estimate_is_no_formula_in_a_spreadsheet()
    {
        var text = Answer("| Item | Quantity | Unit price | Monthly |\n|---|---|---|---|\n| =cmd() | 2 | $10 | $30 |\n", AuditFormat.Csv).Text;

        Assert.Contains(",'=cmd(),", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_estimate_without_mistakes_has_no_reports()
    {
        var answer = Answer(Wrong.Replace("$40", "$30", StringComparison.Ordinal), AuditFormat.Table);

        Assert.Equal(0, answer.Findings);
    }

    [Fact]
    public void A_price_far_from_the_list_is_reported_with_the_item_and_its_evidence()
    {
        var answer = Answer("| Service | Specification | Monthly cost |\n|---|---|---|\n| Compute | 10 × t3.medium | $30 |\n| Compute | 10 × t3.large | $610 |\n", AuditFormat.Table);

        Assert.Contains("Far from the list price", answer.Text, StringComparison.Ordinal);
        Assert.Contains("aws-ec2-t3-medium (source, ", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("aws-ec2-t3-large", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("| Lambda | 1M requests, 512 MB, 30 s avg | $20 |", true)]
    [InlineData("| Lambda | 1M requests, 512 MB, 30 s avg | $250 |", false)]
    [InlineData("| Redis | Azure Cache for Redis Premium P3 | $400 |", true)]
    [InlineData("| Documents | S3 Standard, 200 GB storage, 500 GB transfer | $50 |", false)]
    [InlineData("| Documents | S3 Standard, 200 GB storage, 500 GB transfer | $25 |", true)]
    [InlineData("| Database | Aurora Serverless v2, 0.5 ACU | $12 |", true)]
    [InlineData("| Sessions | ElastiCache Redis, t4g.micro | $12 |", false)]
    [InlineData("| Compute | 3 × t3.medium reserved | $30 |", false)]
    public void Services_are_known_by_the_names_that_people_use(string row, bool isFar)
    {
        var answer = Answer("| Service | Specification | Monthly cost |\n|---|---|---|\n" + row + "\n", AuditFormat.Table);

        Assert.Equal(isFar ? 1 : 0, answer.Findings);
    }

    [Fact]
    public void Every_kind_and_certainty_has_a_name_and_a_word()
    {
        Assert.All(Enum.GetValues<FindingKind>(), kind => Assert.NotEmpty(FindingNames.Of(kind) + FindingNames.Word(kind)));
        Assert.Equal("quantity-times-price", FindingNames.Word(FindingKind.QuantityTimesPrice));
        Assert.All(Enum.GetValues<Certainty>(), certainty => Assert.NotEmpty(FindingNames.Of(certainty)));
    }

    private static EstimateAnswer Answer(string markdown, AuditFormat format) => EstimateDesk.Answer([new EstimateFile("plan.md", Encoding.UTF8.GetBytes(markdown))], format, Prices, Today, default);
}
