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
        var (findings, zeros) = (new List<Finding>(), new List<ZeroAmount>());
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
            zeros.AddRange(ZeroAmount.In(content));
            findings.AddRange(scope.Findings.OrderBy(finding => finding.Line).ThenBy(finding => finding.Kind));
        }
        return new AuditResult(estimates, tables, lists, findings) { Zeros = zeros };
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

/// <summary>A price or an amount of zero: free, or forgotten? It is counted as it stands, and named, since nobody but the author can tell.</summary>
internal sealed record ZeroAmount(string File, int Line, string Item)
{
    /// <summary>One for each row, in the order of lines.</summary>
    public static IEnumerable<ZeroAmount> In(EstimateContent content) => content.Tables
        .SelectMany(table => table.Rows.Where(row => row.Role is RowRole.Item && table.Amounts.Concat(table.Of(ColumnRole.UnitPrice)).Any(column => row[column].Lead is { IsMoney: true, Value.IsZero: true })))
        .OrderBy(row => row.Line).Select(row => new ZeroAmount(content.Source.Name, row.Line, row.Label));
}

/// <summary>What an audit found.</summary>
internal sealed record AuditResult(IReadOnlyList<EstimateText> Estimates, int Tables, int Lists, IReadOnlyList<Finding> Findings)
{
    public IReadOnlyList<ZeroAmount> Zeros { get; init; } = [];

    public IEnumerable<(FindingKind Kind, int Count)> Counts => Findings.GroupBy(finding => finding.Kind).Select(group => (group.Key, group.Count())).OrderByDescending(count => count.Item2).ThenBy(count => count.Key);
}
