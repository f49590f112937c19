using Lectern.Costs.Audit.Reading;

namespace Lectern.Costs.Audit.Checks;

/// <summary>A calculation that a text prints: "1M requests × $0.20 per 1M", "$857 base + $500–1,000 avatars", "30% of $1,000".</summary>
internal static class Expressions
{
    /// <summary>The value of the figures from one index up to another, or null where they are not joined by operators all along.</summary>
    public static Expression? Evaluate(string text, IReadOnlyList<Figure> figures, int from, int to)
    {
        if (to - from < 1 || text.AsSpan(figures[from].Start, figures[to - 1].End - figures[from].Start).Contains('('))
            return null;
        var sum = Extent.Zero;
        var product = Value(figures[from]);
        var isMoney = figures[from].IsMoney;
        for (var at = from + 1; at < to; at++)
        {
            var right = Value(figures[at]);
            isMoney |= figures[at].IsMoney;
            switch (OperatorBetween(text, figures[at - 1], figures[at]))
            {
                case '*':
                    product = product.Low < 0 && right.Low < 0 ? product : product * right;
                    break;
                case '/' when right.Low != 0 && right.IsSingle:
                    product = product / right.Low;
                    break;
                case '+':
                    (sum, product) = (sum + product, right);
                    break;
                case '-':
                    (sum, product) = (sum + product, -right);
                    break;
                default:
                    return null;
            }
        }
        return new Expression(sum + product, isMoney, to - from - 1, figures.Skip(from).Take(to - from).Any(figure => figure.IsRate && figure.Per!.Value.Unit == "hour")); // a rate has its "per"
    }

    private static Extent Value(Figure figure) => figure.IsPercent ? figure.Value / 100 : figure.PerOne;

    // The last sign between the two numbers; words around it are their units.
    private static char OperatorBetween(string text, Figure left, Figure right)
    {
        if (right.Start <= left.End)
            return '\0';
        var between = text.AsSpan(left.End, right.Start - left.End);
        if (between.ContainsAny(',', ';', '→') || between.Contains('='))
            return '\0';
        if (left.IsPercent && (between.Contains(" of ", StringComparison.OrdinalIgnoreCase) || between.Contains(" von ", StringComparison.OrdinalIgnoreCase) || between.Contains(" de ", StringComparison.OrdinalIgnoreCase)))
            return '*';
        for (var at = between.Length - 1; at >= 0; at--)
        {
            switch (between[at])
            {
                case '×' or '·' or '✕' or '∗' or '⋅' or '*' or '@':
                    return '*';
                case 'x' or 'X' when (at == 0 || between[at - 1] == ' ') && (at + 1 == between.Length || between[at + 1] is ' ' || Currencies.IsSymbol(between[at + 1])):
                    return '*';
                case '+':
                    return '+';
                case '÷':
                    return '/';
                case '/' when at > 0 && between[at - 1] == ' ':
                    return '/';
                case '−' or '–' or '-' when at > 0 && between[at - 1] == ' ' && at + 1 < between.Length && between[at + 1] == ' ':
                    return '-';
            }
        }
        return '\0';
    }
}

/// <param name="Operators">How many signs joined the numbers; 0: a single number.</param>
/// <param name="IsPerHour">A price per hour took part: a month may be meant.</param>
internal sealed record Expression(Extent Value, bool IsMoney, int Operators, bool IsPerHour);
