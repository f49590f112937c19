using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Listed;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>One document under audit: its content, and the reports so far.</summary>
internal sealed class AuditScope(EstimateContent content, ListPrices? prices)
{
    private readonly List<Finding> _findings = [];

    public EstimateContent Content { get; } = content;

    /// <summary>Null: no catalogue is at hand, and nothing is said about list prices.</summary>
    public ListPrices? Prices { get; } = prices;

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>A total that was found wrong, by its line and column, and what it should have been: totals further down may stand on it.</summary>
    public Dictionary<(int Line, int Column), Extent> Corrected { get; } = [];

    public bool HasFindingAt(int line, params ReadOnlySpan<FindingKind> kinds)
    {
        foreach (var finding in _findings)
        {
            if (finding.Line == line && kinds.Contains(finding.Kind))
                return true;
        }
        return false;
    }

    public void Report(int line, FindingKind kind, Certainty certainty, string item, Extent? stated, Extent? computed, string? currency, string explanation, params (string Name, string Value)[] values)
    {
        if (!_findings.Exists(known => known.Line == line && known.Kind == kind && known.Stated == stated))
            _findings.Add(new Finding(Content.Source.Name, line, kind, certainty, Shorten(item), Rounded(stated), Rounded(computed), currency, explanation) { Values = values });
    }

    private static string Shorten(string item) => item.Length <= 80 ? item : item[..77] + "…";

    private static Extent? Rounded(Extent? value) => value is { } extent ? new Extent(Round(extent.Low), Round(extent.High)) : null;

    // Small amounts keep four digits that say something; cents are enough for the others.
    private static decimal Round(decimal value) => Math.Abs(value) >= 1 || value == 0 ? Math.Round(value, 2) : Math.Round(value, 6) / 1.000000000000000000m;
}

/// <summary>One kind of check over a document.</summary>
internal interface IAuditCheck
{
    void Check(AuditScope scope);
}
