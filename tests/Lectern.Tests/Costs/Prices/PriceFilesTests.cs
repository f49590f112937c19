using Lectern.Costs.Prices;
using Lectern.Costs.Yaml;

namespace Lectern.Tests.Costs.Prices;

public sealed class PriceFilesTests
{
    private const string Good = """
        provider: example
        regions:
          here: { name: Here, multiplier: 1 }
          there: { name: There, multiplier: 2 }
        items:
          - id: example-server
            kind: server
            service: Example
            meter: one
            unit: hour
            prices: { here: 0.10 }
            source: a test
            checked: 2026-11
            evidence: source
        """;

    [Fact]
    public void A_file_of_ones_own_adds_to_the_catalogue_and_replaces_what_has_the_same_id()
    {
        var own = Load(Good.Replace("id: example-server", "id: aws-ec2-t3-medium", StringComparison.Ordinal), out var problems);

        Assert.Empty(problems);
        Assert.Equal("example", own?.ItemOn("aws-ec2-t3-medium", new DateOnly(2026, 11, 20))?.Provider);
        Assert.Equal("aws", own?.ItemOn("aws-ec2-t3-large", new DateOnly(2026, 11, 20))?.Provider);
    }

    [Theory]
    [InlineData("unit: hour", "unit: our", "own.yaml:10:11: \"our\" is no unit that is known. Did you mean \"hour\"?")]
    [InlineData("unit: hour", "unit: furlong", "own.yaml:10:11: \"furlong\" is no unit that is known. Units are written like hour, GB-month, 1M requests, 10K operations.")]
    [InlineData("    unit: hour\n", "", "own.yaml:6:5: \"unit\" is missing.")]
    [InlineData("    source: a test\n", "", "own.yaml:6:5: \"source\" is missing.")]
    [InlineData("source: a test", "source: \"\"", "own.yaml:12:13: \"source\" is 0 characters long.")]
    [InlineData("provider: example\n", "", "own.yaml:5:5: \"provider\" is missing, here and at the top of the file.")]
    [InlineData("here: 0.10", "here: 0", "own.yaml:11:13: The price of \"example-server\" is zero. If it is free, write \"isFree: true\".")]
    [InlineData("here: 0.10", "here: -0.10", "own.yaml:11:21: \"here\" is -0.10; the least is 0.")]
    [InlineData("here: 0.10", "here: ~$1", "own.yaml:11:21: \"here\" takes a number or a list, not \"~$1\".")]
    [InlineData("here: 0.10", "hare: 0.10", "own.yaml:11:13: example has no region \"hare\". Did you mean \"here\"?")]
    [InlineData("here: 0.10", "here: 0.10, there: 1.00", "own.yaml:11:13: The price of \"example-server\" jumps: 1.00 in there beside 0.10 in here. If it is right, write \"confirmed: true\".")]
    [InlineData("here: 0.10", "here: [{ upTo: 10, price: 2 }, { upTo: 10, price: 1 }, { price: 0.5 }]", "own.yaml:11:46: Tiers have to rise: 10 doesn't lie above 10.")]
    [InlineData("here: 0.10", "here: [{ upTo: 10, price: 2 }, { upTo: 20, price: 1 }]", "own.yaml:11:46: The last tier is open: \"upTo\" doesn't belong there.")]
    [InlineData("here: 0.10", "here: [{ price: 2 }, { price: 1 }]", "own.yaml:11:22: \"upTo\" is missing: only the last tier is open.")]
    [InlineData("here: 0.10", "here: [{ upTo: 10, price: 2 }, { price: 0.02 }]", "own.yaml:11:13: The tiers of \"example-server\" jump in here. If they are right, write \"confirmed: true\".")]
    [InlineData("checked: 2026-11", "checked: November", "own.yaml:13:14: \"checked\" takes a day, month or year such as 2026-11-20, 2026-11 or 2026, not \"November\".")]
    [InlineData("evidence: source", "evidence: sure", "own.yaml:14:15: \"evidence\" is \"sure\". Did you mean \"source\"?")]
    [InlineData("kind: server", "kind: sever", "own.yaml:7:11: \"kind\" is \"sever\". Did you mean \"server\"?")]
    [InlineData("evidence: source", "evidence: source\n    free: { amount: 5 TB }", "own.yaml:15:21: \"amount\" takes a number such as 10240, 400K, 1M or 15B, not \"5 TB\".")]
    [InlineData("evidence: source", "evidence: source\n    successor: aws-ec2-t3-meduim", "own.yaml:15:16: There is no price \"aws-ec2-t3-meduim\". Did you mean \"aws-ec2-t3-medium\"?")]
    [InlineData("evidence: source", "evidence: source\n    validFrom: 2026-02-01\n    validTo: 2026-01-01", "own.yaml:16:14: \"example-server\" ends before it begins.")]
    [InlineData("evidence: source", "evidence: source\n    commitments: [{ purchase: one-year, region: here, price: 0.2 }]", "own.yaml:15:18: A commitment of \"example-server\" costs more than the price that it replaces.")]
    public void A_slip_in_a_price_file_is_named_with_its_line(string right, string wrong, string problem)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);

        Load(Good.Replace(right, wrong, StringComparison.Ordinal), out var problems);

        Assert.Equal([problem], problems.Select(found => found.ToString()));
    }

    [Fact]
    public void The_same_id_may_stand_twice_only_with_other_days()
    {
        var item = Good[Good.IndexOf("  - id", StringComparison.Ordinal)..];

        Load($"{Good}\n{item}", out var twice);
        Load($"{Good}\n    validTo: 2026-08-31\n{item}\n    validFrom: 2026-08-31\n", out var overlapping);
        Load($"{Good}\n    validTo: 2026-08-31\n{item.Replace("0.10", "1.01", StringComparison.Ordinal)}\n    validFrom: 2026-09-01\n", out var jumping);
        var catalogue = Load($"{Good}\n    validTo: 2026-08-31\n{item.Replace("0.10", "0.12", StringComparison.Ordinal)}\n    validFrom: 2026-09-01\n", out var good);

        Assert.Equal("own.yaml:15:9: \"example-server\" stands twice, here and in own.yaml:6, for the same days. Give them days with \"validFrom\" and \"validTo\".", Assert.Single(twice).ToString());
        Assert.Contains("for the same days", Assert.Single(overlapping).ToString(), StringComparison.Ordinal);
        Assert.Contains("jumps: 1.01 after 0.10", Assert.Single(jumping).ToString(), StringComparison.Ordinal);
        Assert.Empty(good);
        Assert.Equal(0.12m, catalogue?.Find("example-server", "here", Purchase.OnDemand, new DateOnly(2026, 9, 1)).Price?.UnitPrice);
    }

    [Theory]
    [InlineData("id: aws-ec2-t3-medium, region: us-east-1, price: 0.03", null)]
    [InlineData("id: aws-ec2-t3-medium, region: us-east-1, price: 0.3, confirmed: true", null)]
    [InlineData("id: aws-ec2-t3-medium, price: 0.004", "own.yaml:2:37: The price of \"aws-ec2-t3-medium\" jumps: 0.004 beside the catalogue's 0.0416. If it is right, write \"confirmed: true\".")]
    [InlineData("id: aws-ec2-t3-medium, price: 0", "own.yaml:2:37: The price of \"aws-ec2-t3-medium\" is zero.")]
    [InlineData("id: aws-ec2-t3-mediun, price: 0.03", "own.yaml:2:11: There is no price \"aws-ec2-t3-mediun\". Did you mean \"aws-ec2-t3-medium\"?")]
    public void An_installation_overrides_single_prices(string change, string? problem)
    {
        var catalogue = Load($"overrides:\n  - {{ {change}, source: our contract, entered: 2026-11-01 }}\n", out var problems);

        Assert.Equal(problem is null ? [] : [problem], problems.Select(found => found.ToString()));
        if (problem is null)
            Assert.Equal(Evidence.Stated, catalogue?.ItemOn("aws-ec2-t3-medium", new DateOnly(2026, 11, 20))?.Evidence);
    }

    [Fact]
    public void Shared_allowances_have_to_agree()
    {
        var item = Good[Good.IndexOf("  - id", StringComparison.Ordinal)..];

        Load($"{Good}\n    free: {{ amount: 5, pool: p }}\n{item.Replace("example-server", "example-other", StringComparison.Ordinal)}\n    free: {{ amount: 6, pool: p }}\n", out var problems);

        Assert.Contains("shares the allowance \"p\" with \"example-server\"", Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_the_data_folder_are_read_and_a_slip_ends_the_start()
    {
        var folder = Directory.CreateTempSubdirectory("prices").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "ours.yaml"), Good);
            Assert.NotNull(PriceBook.Read(folder).ItemOn("example-server", new DateOnly(2026, 11, 20)));

            File.WriteAllText(Path.Combine(folder, "ours.yaml"), Good.Replace("unit: hour", "unit: our", StringComparison.Ordinal));
            Assert.Contains("ours.yaml:10:11", Assert.Throws<YamlProblemsException>(() => PriceBook.Read(folder)).Message, StringComparison.Ordinal);
            Assert.Single(PriceReport.Of(folder, new DateOnly(2026, 11, 20)).Problems);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_report_lists_what_is_stale_unverified_or_retired()
    {
        var today = new DateOnly(2026, 11, 21);
        var catalogue = Load(Good, out _);

        Assert.DoesNotContain(PriceReport.Of(catalogue!, today).Findings, finding => finding.Item.Id == "example-server"); // it was loaded
        Assert.True(PriceReport.Of(catalogue!, new DateOnly(2027, 5, 1)).Findings.Single(finding => finding.Item.Id == "example-server").IsStale); // 181 days
        Assert.DoesNotContain(PriceReport.Of(catalogue!, new DateOnly(2027, 4, 30)).Findings, finding => finding.Item.Id == "example-server"); // 180 days
        var findings = PriceReport.Of(catalogue!, today).Findings.ToLookup(finding => finding.Item.Id);
        Assert.True(findings["aws-ec2-c5-2xlarge"].Single().IsUnverified);
        Assert.True(findings["azure-cdn-classic"].Single().IsRetired);
    }

    private static PriceCatalogue? Load(string yaml, out List<YamlProblem> problems)
    {
        problems = [];
        return PriceFiles.Load([new PriceText("own.yaml", yaml.ReplaceLineEndings("\n"))], problems);
    }
}
