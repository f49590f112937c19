using Lectern.Costs.Audit.Reading;

namespace Lectern.Costs.Audit.Tables;

/// <summary>What a cell holds.</summary>
internal enum CellKind
{
    /// <summary>Nothing, a dash, "N/A".</summary>
    None,

    /// <summary>"free", "included": nothing is paid.</summary>
    Free,

    /// <summary>Begins with money: "~$5/month (estimated)".</summary>
    Amount,

    /// <summary>Begins with a number that is not money.</summary>
    Number,

    /// <summary>"$5 (own) or $25 (old)".</summary>
    Alternatives,

    Text,
}

/// <summary>A cell, read.</summary>
internal sealed record Cell(string Text, bool IsBold, CellKind Kind, IReadOnlyList<Figure> Figures)
{
    public static Cell Empty { get; } = new("", false, CellKind.None, []);

    /// <summary>The amount or number that the cell begins with.</summary>
    public Figure? Lead => Kind is CellKind.Amount or CellKind.Number or CellKind.Alternatives ? Figures[0] : null;

    /// <summary>Something that has no figure is added to the amount: "$16.20 + LCU", "> $500".</summary>
    public bool IsOpen { get; init; }

    /// <summary>What stands after the amount.</summary>
    public string Remark => Lead is { } lead ? Text[Math.Min(lead.End, Text.Length)..].Trim() : Text;
}

/// <summary>Reads cells in the document's convention of numbers.</summary>
internal sealed class CellReader(NumberConvention convention)
{
    private static readonly string[] FreeWords = ["free", "included", "no charge", "kostenlos", "gratis", "inklusive", "inkl", "enthalten", "inclus", "gratuit", "incluido"];
    private static readonly string[] NoneWords = ["n/a", "na", "tbd", "none", "k. a.", "k.a.", "entfällt", "?"];
    private static readonly string[] Or = [" or ", " oder ", " ou ", " o "];
    private const int LongestCell = 2_000;
    private readonly FigureReader _figures = new(convention);

    public Cell Read(string source)
    {
        var (text, isBold) = Markup.Plain(source);
        if (IsNone(text))
            return Cell.Empty with { Text = text, IsBold = isBold };
        var figures = text.Length > LongestCell ? [] : _figures.Read(text);
        if (figures.Count > 0 && IsLead(text.AsSpan(0, figures[0].Start)))
            return Leading(text, isBold, figures);
        return new Cell(text, isBold, IsFree(text) ? CellKind.Free : CellKind.Text, figures);
    }

    private static Cell Leading(string text, bool isBold, IReadOnlyList<Figure> figures)
    {
        var lead = figures[0];
        var rest = text.AsSpan(lead.End).TrimStart(" *\u00A0");
        if (!lead.IsMoney)
        {
            // A number with words after it is a sentence or a specification: "3 tasks × 1 vCPU".
            var kind = rest.Length == 0 || rest[0] == '(' || figures.Count == 1 && rest.Length < 25 ? CellKind.Number : CellKind.Text;
            return new Cell(text, isBold, kind, figures);
        }
        if (figures.Count > 1 && figures[1].IsMoney && Or.Any(word => text.AsSpan(lead.End, figures[1].Start - lead.End).Contains(word, StringComparison.OrdinalIgnoreCase)))
            return new Cell(text, isBold, CellKind.Alternatives, figures);
        var isOpen = rest.StartsWith("+") || text.AsSpan(0, lead.Start).IndexOfAny('<', '>') >= 0 || text.AsSpan(0, lead.Start).Contains("from", StringComparison.OrdinalIgnoreCase);
        return new Cell(text, isBold, CellKind.Amount, figures) { IsOpen = isOpen };
    }

    private static bool IsLead(ReadOnlySpan<char> before)
    {
        before = before.Trim(" ~≈<>*+-−(\u00A0:");
        return before.Length == 0 || before is "about" or "approx." or "approx" or "ca." or "ca" or "circa" or "etwa" or "rund" or "up to" or "from" or "bis" or "ab" or "max." or "About" or "Approx.";
    }

    private static bool IsNone(string text) => text.AsSpan().Trim("-–—. ").Length == 0 || NoneWords.Contains(text.ToLowerInvariant());

    private static bool IsFree(string text) => FreeWords.Any(word => text.StartsWith(word, StringComparison.OrdinalIgnoreCase));
}
