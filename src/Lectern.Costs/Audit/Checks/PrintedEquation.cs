using Lectern.Costs.Audit.Reading;

namespace Lectern.Costs.Audit.Checks;

/// <summary>"left = right" in a line, where right is an amount of money.</summary>
internal sealed record PrintedEquation(string Text, IReadOnlyList<Figure> Figures, int From, int To)
{
    public Figure Result => Figures[To];

    /// <summary>Figures left of the sign, from the last colon or the last sign on.</summary>
    public IEnumerable<Figure> Left => Figures.Skip(From).Take(To - From);

    /// <summary>The last equation with money in a line; null where there is none.</summary>
    public static PrintedEquation? In(string text, IReadOnlyList<Figure> figures)
    {
        for (var to = figures.Count - 1; to > 0; to--)
        {
            if (!figures[to].IsMoney || figures[to].IsRate || SignBefore(text, figures, to) is not { } sign)
                continue;
            var from = to;
            while (from > 0 && figures[from - 1].End <= sign && !Breaks(text, from < to ? figures[from - 1].End : sign, from < to ? figures[from].Start : sign))
                from--;
            return from < to ? new PrintedEquation(text, figures, from, to) : null;
        }
        return null;
    }

    public Expression? Evaluate() => Expressions.Evaluate(Text, Figures, From, To);

    /// <summary>"(first 10 free)": how many of the first quantity cost nothing.</summary>
    public decimal FirstFree
    {
        get
        {
            var at = Text.IndexOf("first ", StringComparison.OrdinalIgnoreCase);
            if (at < 0 || !Text.AsSpan(at).Contains("free", StringComparison.OrdinalIgnoreCase))
                return 0;
            return Figures.FirstOrDefault(figure => figure.Start == at + 6) is { IsMoney: false } free && !Text.AsSpan(free.End).StartsWith("TB") ? free.Value.Low : 0;
        }
    }

    // Only blanks, marks of approximation and emphasis may stand between "=" and the amount.
    private static int? SignBefore(string text, IReadOnlyList<Figure> figures, int to)
    {
        var start = figures[to - 1].End;
        if (start > figures[to].Start)
            return null;
        var between = text.AsSpan(start, figures[to].Start - start);
        var sign = between.LastIndexOf('=');
        return sign >= 0 && between[(sign + 1)..].Trim(" ~≈*−-").Length == 0 && !between[..sign].EndsWith("!") && !between[..sign].EndsWith(">") && !between[..sign].EndsWith("<") && !between[..sign].EndsWith("=") ? start + sign : null;
    }

    private static bool Breaks(string text, int start, int end) => end > start && text.AsSpan(start, end - start).IndexOfAny(":;=→") >= 0;
}
