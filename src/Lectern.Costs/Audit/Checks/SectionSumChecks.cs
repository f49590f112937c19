using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>A heading with an amount over, or after, sections that each state their own: "## AWS total: $448/month".</summary>
internal sealed class SectionSumChecks : IAuditCheck
{
    private static readonly string[] Either = ["option", "alternative", "scenario", "phase", "plan", "tier", "variant", "variante", "szenario", "stufe", "stage", "level"];
    private static readonly string[] Statements = ["cost", "costs", "monthly cost", "total", "kosten", "estimated cost", "estimated", "savings"];

    public void Check(AuditScope scope)
    {
        var reader = new CellReader(scope.Content.Source.Convention);
        var sections = scope.Content.Sections;
        for (var at = 0; at < sections.Count; at++)
        {
            if (AmountOf(sections[at], reader) is not { } amount)
                continue;
            var isTotal = IsSumHeading(sections[at].Title);
            var parts = Beneath(sections, at);
            if (parts.Count < 2 && isTotal)
                parts = Before(sections, at);
            if (isTotal || Words.Of(sections[at].Title).Any(word => Words.Cost.Contains(word) || word is "estimate"))
                CheckSection(scope, sections[at], amount, parts, reader);
        }
    }

    private static void CheckSection(AuditScope scope, Section section, Figure amount, List<Section> parts, CellReader reader)
    {
        var stated = parts.Where(part => !Words.Of(part.Title).Any(Either.Contains)).Select(part => StatementOf(part, reader)).OfType<Figure>().ToList();
        if (stated.Count < 2 || stated.Exists(figure => figure.IsAmbiguous) || stated.Select(figure => figure.Currency).Distinct().Count() > 1)
            return;
        var sum = stated.Aggregate(Extent.Zero, (total, figure) => total + figure.Value);
        if (!Agreement.OfSum(amount, sum, stated.Exists(figure => figure.Decimals > 0), scope.Content.HasCents))
            scope.Report(section.Line, FindingKind.Sum, Certainty.Likely, section.Title, amount.Value, sum, amount.Currency, "The {count} sections that belong to this heading add up to another sum.", ("count", stated.Count.ToString()));
    }

    private static bool IsSumHeading(string title)
    {
        var colon = title.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Words.Of(title[..colon]).Any(Words.Total.Contains);
    }

    private static Figure? AmountOf(Section section, CellReader reader)
    {
        var colon = section.Title.LastIndexOf(": ", StringComparison.Ordinal);
        return colon > 0 && reader.Read(section.Title[(colon + 2)..]) is { Kind: CellKind.Amount, IsOpen: false, Lead: { IsRate: false, IsAmbiguous: false } amount } ? amount : null;
    }

    private static List<Section> Beneath(List<Section> sections, int at) => [.. sections.Skip(at + 1).TakeWhile(section => section.Level > sections[at].Level)];

    // Neighbours before it, back to the heading above them or to another total.
    private static List<Section> Before(List<Section> sections, int at)
    {
        var before = new List<Section>();
        for (var index = at - 1; index >= 0 && sections[index].Level >= sections[at].Level && !IsSumHeading(sections[index].Title); index--)
        {
            if (sections[index].Level == sections[at].Level)
                before.Add(sections[index]);
        }
        return before;
    }

    // "**Cost: ~$5/month**" or the first list's "Total: ~$15/month".
    private static Figure? StatementOf(Section section, CellReader reader) =>
        section.Lines.Select(line => line.Text).Concat(section.Lists.SelectMany(list => list.Items).Select(item => item.Text)).Select(text => Statement(text, reader)).FirstOrDefault(figure => figure is not null);

    private static Figure? Statement(string text, CellReader reader)
    {
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        if (colon <= 0 || !Statements.Contains(text[..colon].ToLowerInvariant()))
            return null;
        var whole = reader.Read(text);
        if (PrintedEquation.In(text, whole.Figures) is { } equation)
            return equation.Result;
        return reader.Read(text[(colon + 2)..]) is { Kind: CellKind.Amount, IsOpen: false, Lead: { IsRate: false } amount } ? amount : null;
    }
}
