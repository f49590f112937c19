using Lectern.Costs.Audit.Checks;
using Lectern.Costs.Audit.Listed;
using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit;

/// <summary>Checks estimates that people wrote: finds their tables and lists of costs and calculates them again.</summary>
/// <param name="prices">List prices for amounts without a unit price; null: nothing is said about them.</param>
internal sealed class EstimateAudit(ListPrices? prices)
{
    private static readonly IAuditCheck[] Checks =
    [
        new UnreadableChecks(), new ListChecks(), new RowPriceChecks(), new RowSumChecks(), new SumChecks(), new YearChecks(), new RangeChecks(), new PerHeadChecks(), new DifferenceChecks(),
        new SavingChecks(), new EquationChecks(), new OwnPriceListChecks(), new SizeChecks(), new PricedTwiceChecks(), new SectionSumChecks(), new ListPriceChecks(),
    ];

    public AuditResult Run(IReadOnlyList<EstimateText> estimates, CancellationToken ct)
    {
        var findings = new List<Finding>();
        var (tables, lists) = (0, 0);
        foreach (var estimate in estimates)
        {
            ct.ThrowIfCancellationRequested();
            var content = Read(estimate);
            var scope = new AuditScope(content, prices);
            foreach (var check in Checks)
                check.Check(scope);
            tables += content.Tables.Count(table => !table.IsList);
            lists += content.Tables.Count(table => table.IsList);
            findings.AddRange(scope.Findings.OrderBy(finding => finding.Line).ThenBy(finding => finding.Kind));
        }
        return new AuditResult(estimates, tables, lists, findings);
    }

    internal static EstimateContent Read(EstimateText estimate)
    {
        var content = new EstimateContent(estimate);
        if (estimate.BinaryLine is { } binary)
        {
            (content.Unreadable, content.UnreadableLine) = ("The file is no text: it holds a byte of zero.", binary);
            return content;
        }
        switch (estimate.Format)
        {
            case EstimateFormat.Json:
                new JsonReader(estimate, content).Read();
                break;
            case EstimateFormat.Csv:
                CsvTables.Read(estimate, content);
                break;
            default:
                new MarkdownReader(estimate, content).Read();
                break;
        }
        content.HasCents = content.Tables.Exists(table => table.Rows.Any(row => row.Cells.Any(cell => cell.Lead is { IsMoney: true, Decimals: >= 2 })));
        return content;
    }
}

/// <summary>What an audit found.</summary>
internal sealed record AuditResult(IReadOnlyList<EstimateText> Estimates, int Tables, int Lists, IReadOnlyList<Finding> Findings)
{
    public IEnumerable<(FindingKind Kind, int Count)> Counts => Findings.GroupBy(finding => finding.Kind).Select(group => (group.Key, group.Count())).OrderByDescending(count => count.Item2).ThenBy(count => count.Key);
}
