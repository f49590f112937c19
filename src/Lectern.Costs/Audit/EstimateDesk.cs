using Lectern.Costs.Audit.Listed;
using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Reports;
using Lectern.Costs.Prices;

namespace Lectern.Costs.Audit;

/// <summary>A file with an estimate, as it was read.</summary>
public sealed record EstimateFile(string Name, ReadOnlyMemory<byte> Content);

/// <summary>What an audit has to say.</summary>
/// <param name="Text">The reports in the format that was asked for.</param>
/// <param name="Findings">How many there are; 0: nothing is wrong.</param>
public sealed record EstimateAnswer(string Text, int Findings);

/// <summary>Checks estimates for the command line: Markdown, CSV or JSON by the name of the file.</summary>
public static class EstimateDesk
{
    /// <param name="prices">List prices that amounts without a unit price are held against.</param>
    public static EstimateAnswer Answer(IReadOnlyList<EstimateFile> files, AuditFormat format, PriceCatalogue prices, DateOnly today, CancellationToken ct)
    {
        var estimates = files.Select(file => EstimateText.FromBytes(file.Name, file.Content.Span)).ToList();
        var audit = new EstimateAudit(new ListPrices(prices, today)).Run(estimates, ct);
        return new EstimateAnswer(AuditText.Of(audit, format), audit.Findings.Count);
    }
}
