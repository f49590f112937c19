using System.Text;
using Lectern.Costs.Audit;
using Lectern.Costs.Audit.Listed;
using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Prices;

namespace Lectern.Tests.Costs.Audit;

/// <summary>What is not about money is passed over, and what is hostile does no harm.</summary>
public sealed class QuietTests
{
    private static readonly EstimateAudit Audit = new(new ListPrices(PriceFiles.Load([]), new DateOnly(2026, 11, 21)));

    [Theory]
    [InlineData("| Pattern | Meaning |\n|---|---|\n| `$1` | first group |\n| `$2` | second group |\n| Total | 7 groups |")]
    [InlineData("Solve $3x+2y=16$ and $y=x-2$, then $x=4$.")]
    [InlineData("- Speed: 4\n- Weight: 5\n- Total: 12")]
    [InlineData("Set `total=$5` and run it. It takes 3 × 4 = 13 steps.")]
    [InlineData("| Name | Size | Total |\n|---|---|---|\n| a | 4 KB | 9 |\n| b | 5 KB | 9 |")]
    [InlineData("We paid $5 in 2023 and $7 in 2024 (was $9).")]
    [InlineData("| Year | Price |\n|---|---|\n| 2023 | $5 |\n| 2024 | $7 |")]
    [InlineData("## Total: 5 steps\n\n### One\n\n**Cost: low**\n\n### Two\n\n**Cost: high**")]
    [InlineData("```\n| Item | Cost |\n|---|---|\n| a | $5 |\n| Total | $9 |\n```")]
    [InlineData("<table><tr><td>Total</td><td>$5</td></tr></table>")]
    [InlineData("- [ ] Set up billing alarms ($500, $750, $1000)\n- [ ] Total review")]
    [InlineData("")]
    public void Nothing_is_said_about_text_that_is_no_estimate(string markdown) => Assert.Empty(Audit.Run([EstimateText.FromText("a.md", markdown)], default).Findings);

    [Fact]
    public void Zeros_are_named_and_are_no_report()
    {
        var audit = Audit.Run([EstimateText.FromText("a.md", "| Item | Quantity | Price | Cost |\n|---|---|---|---|\n| Server | 2 | $5 | $10 |\n| Mail | 100 | $0 | $0 |\n| Logs | - | free | free |\n| Total | | | $10 |")], default);

        Assert.Empty(audit.Findings);
        Assert.Equal([new ZeroAmount("a.md", 4, "Mail")], audit.Zeros);
        Assert.Contains("a.md: prices or amounts of zero, counted as they stand: line 4.", Lectern.Costs.Audit.Reports.AuditText.Of(audit, Lectern.Costs.Audit.Reports.AuditFormat.Table), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("| Item | Cost |\n|---|---|\n| Server | $10 |\n| Cached tokens | -$0.48 – $0.00 |\n| Total | $9.52 – $10.00 |")]
    [InlineData("| Item | Cost |\n|---|---|\n| Server | $10 |\n| Saved | -$3 |\n| Total | $7 |")]
    public void A_range_that_begins_below_zero_is_in_order(string markdown) => Assert.Empty(Audit.Run([EstimateText.FromText("a.md", markdown)], default).Findings);

    [Fact]
    public void This_repository_s_own_pages_are_passed_over()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Lectern.slnx")))
            root = root.Parent;
        Assert.NotNull(root);
        var pages = new[] { root.FullName, Path.Combine(root.FullName, "docs"), Path.Combine(root.FullName, "docs", "decisions") }.Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder, "*.md")).Where(page => Path.GetFileName(page) != "audit.md").ToList();

        var audit = Audit.Run([.. pages.Select(page => EstimateText.FromBytes(page, File.ReadAllBytes(page)))], default);

        Assert.True(pages.Count > 5);
        Assert.Empty(audit.Findings);
    }

    [Theory]
    [InlineData("a.json", "{ \"a\": ", "This is no valid JSON.")]
    [InlineData("a.json", "[1,\0]", "The file is no text: it holds a byte of zero.")]
    [InlineData("a.csv", "a,\"b\"\"c\"\n1,2", null)]
    public void What_cannot_be_read_is_named_with_its_place(string name, string text, string? reason)
    {
        var audit = Audit.Run([EstimateText.FromText(name, text)], default);

        Assert.Equal(reason is null ? [] : [(1, reason)], audit.Findings.Select(finding => (finding.Line, finding.Explanation)));
    }

    [Fact]
    public void A_quotation_mark_that_is_never_closed_is_told_where_it_opens()
    {
        var audit = Audit.Run([EstimateText.FromText("a.csv", "Item,Cost\nA,5\n\"B,10\nC,20\n")], default);

        Assert.Equal((3, FindingKind.Unreadable), Assert.Single(audit.Findings.Select(finding => (finding.Line, finding.Kind))));
    }

    [Fact]
    public void An_amount_in_a_row_with_too_few_cells_is_named_and_not_left_out_in_silence()
    {
        var audit = Audit.Run([EstimateText.FromText("a.md", "| Item | Quantity | Price | Cost |\n|---|---|---|---|\n| A | 2 | $5 | $10 |\n| B | $20 |\n| C | 1 | $3 | $3 |\n| D | 4 | $1 | $4 |\n| Total | | | $17 |\n")], default);

        Assert.Equal((4, FindingKind.Unreadable), Assert.Single(audit.Findings.Select(finding => (finding.Line, finding.Kind))));
    }

    [Fact]
    public void Commas_between_cells_are_not_taken_for_commas_in_numbers() =>
        Assert.Empty(Audit.Run([EstimateText.FromText("a.csv", "service,quantity,unit price,monthly\nA,1,24.528,24.53\nB,2,0.657,1.31\n")], default).Findings);

    [Theory]
    [InlineData("**$30.00** | $10.00 | $20.00 | **$5.50**", "$35.50", 0)]
    [InlineData("**$30.00** | $10.00 | $20.00 | **$5.50**", "$71.00", 1)]
    public void Headings_that_hold_the_sum_of_what_stands_beneath_them_are_not_added_twice(string amounts, string total, int reports)
    {
        var cells = amounts.Split(" | ");
        var table = $"| Service | Month |\n|---|---:|\n| **Servers** | {cells[0]} |\n| One | {cells[1]} |\n| Two | {cells[2]} |\n| **Mail** | {cells[3]} |\n| Letters | $5.50 |\n| **Total** | **{total}** |\n";

        Assert.Equal(reports, Audit.Run([EstimateText.FromText("a.md", table)], default).Findings.Count);
    }

    [Fact]
    public void Markdown_that_is_nested_without_end_is_refused_and_not_followed()
    {
        var audit = Audit.Run([EstimateText.FromText("a.md", string.Concat(Enumerable.Repeat("> ", 5_000)) + "x")], default);

        Assert.True(audit.Findings.Count is 0 or 1);
        Assert.All(audit.Findings, finding => Assert.Equal(FindingKind.Unreadable, finding.Kind));
    }

    [Theory]
    [InlineData("- a: $5 = $6 × ")]
    [InlineData("$1")]
    [InlineData("|a|$5")]
    [InlineData("[x](")]
    [InlineData("**$")]
    public void A_very_long_line_is_passed_over(string part)
    {
        var audit = Audit.Run([EstimateText.FromText("a.md", new StringBuilder().Insert(0, part, 200_000).ToString())], default);

        Assert.Empty(audit.Findings);
    }

    [Fact]
    public void Totals_in_two_currencies_are_not_added()
    {
        var audit = Audit.Run([EstimateText.FromText("a.md", "| Item | Cost |\n|---|---|\n| a | $5 |\n| b | 6 € |\n| Total | $50 |")], default);

        Assert.Empty(audit.Findings);
    }
}
