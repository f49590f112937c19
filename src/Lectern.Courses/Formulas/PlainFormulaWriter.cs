using System.Text;
using System.Text.RegularExpressions;

namespace Lectern.Courses.Formulas;

/// <summary>A formula as one line of Unicode text, "E = mc²" and "(a + b)/c": what search, quotes and prompts see.</summary>
internal static partial class PlainFormulaWriter
{
    private const string Raisable = "0123456789+−=()nix";
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣ";
    private const string Lowerable = "0123456789+−=()aeioxnmkt";
    private const string Lowered = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢₒₓₙₘₖₜ";

    public static string Write(TexNode tree) => Blanks().Replace(Text(tree), " ").Trim();

    [GeneratedRegex(@"[ \u00A0]{2,}", RegexOptions.None, 2000)]
    private static partial Regex Blanks();

    private static string Text(TexNode node) => node switch
    {
        Row row => Items(row.Items),
        UprightGroup group => Text(group.Body),
        Letter { Style: LetterStyle.DoubleStruck } letter => MathAlphabets.DoubleStruck(letter.Text),
        Letter letter => letter.Text,
        Number number => number.Digits,
        Symbol symbol => Sign(symbol, prefix: false),
        FunctionName function => function.Name,
        Words words => words.Text,
        Space => " ",
        Fraction fraction => $"{Grouped(fraction.Numerator)}/{Grouped(fraction.Denominator)}",
        Binomial binomial => $"C({Text(binomial.Upper)}, {Text(binomial.Lower)})",
        Root root => RootText(root),
        Script script => ScriptText(script),
        Fenced fenced => fenced.Open + Text(fenced.Body) + fenced.Close,
        Accent { Kind: AccentKind.Vector } accent => Text(accent.Body) + "\u20D7",
        Accent { Kind: AccentKind.Hat } accent => Text(accent.Body) + "\u0302",
        Accent { Kind: AccentKind.Overline or AccentKind.Bar } accent => Text(accent.Body) + "\u0304",
        Accent accent => Text(accent.Body),
        Stacked stacked => $" {Text(stacked.Base).Trim()}{Label(stacked.Over)}{Label(stacked.Under)} ",
        Table table => TableText(table),
        _ => "",
    };

    private static string Items(IReadOnlyList<TexNode> items)
    {
        var text = new StringBuilder();
        for (var i = 0; i < items.Count; i++)
        {
            var prefix = i == 0 || items[i - 1] is Symbol { Kind: not (SymbolKind.Close or SymbolKind.Ordinary or SymbolKind.Bar) };
            text.Append(items[i] is Symbol symbol ? Sign(symbol, prefix) : Text(items[i]));
            var isFunction = items[i] is FunctionName or Script { Base: FunctionName or Symbol { Kind: SymbolKind.Sum or SymbolKind.Integral } };
            if (items[i] is Number && i + 1 < items.Count && items[i + 1] is Fraction) text.Append(' ');
            if (isFunction && i + 1 < items.Count && items[i + 1] is not (Symbol or Fenced)) text.Append(' ');
        }
        return text.ToString();
    }

    private static string Sign(Symbol symbol, bool prefix) => symbol.Kind switch
    {
        SymbolKind.Binary when symbol.Text is "/" or "∘" || (prefix && symbol.Text is "+" or "−" or "±" or "∓") => prefix || symbol.Text != "+" ? symbol.Text : " + ",
        SymbolKind.Binary => $" {(symbol.Text == "⋅" ? "·" : symbol.Text)} ",
        SymbolKind.Relation or SymbolKind.Arrow => $" {symbol.Text} ",
        SymbolKind.Punctuation => symbol.Text + " ",
        _ => symbol.Text,
    };

    private static string Label(TexNode? label) => label is null ? "" : $" [{Text(label).Trim()}]";

    private static bool IsAtomic(TexNode node) => node switch
    {
        Row { Items.Count: 1 } row => IsAtomic(row.Items[0]),
        Row { Items.Count: 0 } => true,
        Row row => row.Items.All(i => i is Letter { Style: LetterStyle.Upright }),
        UprightGroup group => IsAtomic(group.Body),
        Letter or Number or Script or Fenced or FunctionName or Accent or Root => true,
        Words words => !words.Text.Trim().Contains(' ', StringComparison.Ordinal),
        Symbol { Kind: SymbolKind.Ordinary } => true,
        _ => false,
    };

    private static string Grouped(TexNode node) => IsAtomic(node) ? Text(node).Trim() : $"({Text(node).Trim()})";

    private static string RootText(Root root)
    {
        var sign = root.Degree is null ? "√" : Text(root.Degree) switch { "3" => "∛", "4" => "∜", var degree => Shift(degree, Raisable, Raised) is { } raised ? raised + "√" : degree + "√" };
        return sign + Grouped(root.Radicand);
    }

    private static string ScriptText(Script script)
    {
        var text = new StringBuilder(script.Base is Fraction or Row { Items.Count: > 1 } ? $"({Text(script.Base)})" : Text(script.Base).TrimEnd());
        var isBefore = text.Length == 0 && script.Sub is not null; // an isotope's numbers: the mass stands first
        if (isBefore && script.Sup is { } mass) text.Append(Shifted("^", mass, Raisable, Raised));
        if (script.Sub is { } sub) text.Append(Shifted("_", sub, Lowerable, Lowered));
        text.Append('′', Math.Min(script.Primes, 8));
        if (!isBefore && script.Sup is { } sup) text.Append(Text(sup).Trim() is "∘" or "°" ? "°" : Shifted("^", sup, Raisable, Raised));
        return text.ToString();
    }

    private static string Shifted(string mark, TexNode node, string from, string to)
    {
        var text = Text(node).Replace(" ", "", StringComparison.Ordinal);
        return Shift(text, from, to) ?? mark + (IsAtomic(node) ? text : $"({text})");
    }

    private static string? Shift(string text, string from, string to) => text.All(c => from.Contains(c, StringComparison.Ordinal))
        ? string.Concat(text.Select(c => to[from.IndexOf(c, StringComparison.Ordinal)]))
        : null;

    private static string TableText(Table table)
    {
        var columns = table.Kind == TableKind.Aligned ? " " : ", ";
        var rows = table.Rows.Select(row => string.Join(columns, row.Select(cell => Text(cell).Trim()).Where(c => c.Length > 0)));
        return table.Open + string.Join("; ", rows) + table.Close;
    }
}
