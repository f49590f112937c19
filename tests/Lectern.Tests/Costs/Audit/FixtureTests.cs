using System.Globalization;
using Lectern.Costs.Audit;
using Lectern.Costs.Audit.Listed;
using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Prices;

namespace Lectern.Tests.Costs.Audit;

/// <summary>Estimates of our own, with and without mistakes; expected.csv names every mistake by file and line.</summary>
public sealed class FixtureTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Costs", "Audit", "Fixtures");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Where(file => file != "expected.csv").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_mistake_is_reported_on_its_line_and_nothing_else(string file)
    {
        var expected = File.ReadLines(Path.Combine(Folder, "expected.csv")).Skip(1).Select(line => line.Split(',')).Where(fields => fields[0] == file).Select(fields => int.Parse(fields[1], CultureInfo.InvariantCulture)).Distinct().ToList();

        var audit = new EstimateAudit(new ListPrices(PriceFiles.Load([]), new DateOnly(2026, 11, 21))).Run([EstimateText.FromBytes(file, File.ReadAllBytes(Path.Combine(Folder, file)))], default);

        Assert.Equal(expected, audit.Findings.Select(finding => finding.Line).Distinct());
    }

    [Fact]
    public void There_are_enough_estimates_of_both_sorts()
    {
        Assert.True(Directory.GetFiles(Path.Combine(Folder, "defective")).Length >= 25);
        Assert.True(Directory.GetFiles(Path.Combine(Folder, "correct")).Length >= 25);
    }
}
