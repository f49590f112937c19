using System.Text;

namespace Lectern.Courses.Formulas;

/// <summary>
/// Writes presentation MathML as MathML Core defines it (https://www.w3.org/TR/mathml-core/), since that is what browsers draw:
/// no style attributes, bold and double-struck letters as the Unicode letters of that kind. Columns carry <c>columnalign</c> for
/// full MathML and the classes <c>formula-right</c>, <c>formula-left</c> for browsers that know only Core.
/// </summary>
internal sealed partial class MathMlWriter
{
    private const string ApplyFunction = "<mo>\u2061</mo>";
    private readonly StringBuilder _xml = new();
    private readonly bool _display;

    private MathMlWriter(bool display) => _display = display;

    public static string Write(TexNode tree, string tex, bool display)
    {
        var writer = new MathMlWriter(display);
        writer._xml.Append("<math xmlns=\"http://www.w3.org/1998/Math/MathML\"").Append(display ? " display=\"block\"" : "").Append(" alttext=\"");
        Markup.Append(writer._xml, tex.Trim()).Append("\">");
        writer.One(tree);
        return writer._xml.Append("</math>").ToString();
    }

    /// <summary>A node as exactly one element, which most of MathML's children must be.</summary>
    private void One(TexNode node)
    {
        if (node is UprightGroup { Body: var body }) One(body);
        else if (node is Row { Items.Count: 1 } single) One(single.Items[0]);
        else if (node is Row row) { _xml.Append("<mrow>"); Items(row.Items); _xml.Append("</mrow>"); }
        else Node(node, prefix: false);
    }

    private void Items(IReadOnlyList<TexNode> items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            Node(items[i], prefix: i == 0 || items[i - 1] is Symbol { Kind: not (SymbolKind.Close or SymbolKind.Ordinary or SymbolKind.Bar) });
            if (i + 1 < items.Count && IsFunction(items[i]) && TakesArgument(items[i + 1])) Apply(items[i + 1]);
        }
    }

    private static bool IsFunction(TexNode node) => node is FunctionName or Script { Base: FunctionName };

    private static bool TakesArgument(TexNode next) => next is not (Symbol { Kind: not (SymbolKind.Open or SymbolKind.Ordinary or SymbolKind.Bar or SymbolKind.Sum) } or Space);

    private void Apply(TexNode argument)
    {
        _xml.Append(ApplyFunction);
        if (argument is not (Fenced or Symbol { Kind: SymbolKind.Open })) _xml.Append("<mspace width=\"0.1667em\"/>");
    }

    private void Node(TexNode node, bool prefix)
    {
        switch (node)
        {
            case Row row: One(row); break;
            case UprightGroup group: One(group); break;
            case Letter letter: WriteLetter(letter); break;
            case Number number: Element("mn", number.Digits); break;
            case Symbol symbol: WriteSymbol(symbol, prefix); break;
            case FunctionName function: Element("mi", function.Name); break;
            case Words words: Element("mtext", KeepOuterSpaces(words.Text)); break;
            case Space space: _xml.Append("<mspace width=\"").Append(space.Width).Append("\"/>"); break;
            case Fraction fraction: WriteFraction(fraction); break;
            case Binomial binomial: WriteBinomial(binomial); break;
            case Root root: WriteRoot(root); break;
            case Script script: WriteScript(script); break;
            case Fenced fenced: WriteFenced(fenced.Open, fenced.Close, () => One(fenced.Body)); break;
            case Accent accent: WriteAccent(accent); break;
            case Stacked stacked: WriteStacked(stacked); break;
            case Table table: WriteTable(table); break;
        }
    }

    private void Element(string name, string text)
    {
        _xml.Append('<').Append(name).Append('>');
        Markup.Append(_xml, text).Append("</").Append(name).Append('>');
    }

    // MathML trims ordinary spaces at the ends of a text.
    private static string KeepOuterSpaces(string text)
    {
        var start = text.StartsWith(' ') ? "\u00A0" : "";
        var end = text.Length > 1 && text.EndsWith(' ') ? "\u00A0" : "";
        return start + text.Trim(' ') + end;
    }

    private void WriteLetter(Letter letter)
    {
        var text = letter.Style switch
        {
            LetterStyle.Bold => MathAlphabets.Bold(letter.Text),
            LetterStyle.DoubleStruck => MathAlphabets.DoubleStruck(letter.Text),
            _ => letter.Text,
        };
        // A single letter is drawn italic unless told otherwise; several letters never are.
        if (letter.Style == LetterStyle.Upright && text.Length == 1) _xml.Append("<mi mathvariant=\"normal\">").Append(Markup.Escape(text)).Append("</mi>");
        else Element("mi", text);
    }

    private void WriteSymbol(Symbol symbol, bool prefix)
    {
        if (symbol is { Kind: SymbolKind.Ordinary } && symbol.Text is "∞" or "∅" or "ℏ" or "ℓ" or "∂" or "∇" or "%" or "$" or "°" or "△" or "□") { Element("mi", symbol.Text); return; }
        _xml.Append("<mo");
        if (symbol.Kind is SymbolKind.Open or SymbolKind.Close or SymbolKind.Bar) _xml.Append(" stretchy=\"false\"");
        else if (prefix && symbol.Text is "−" or "+" or "±" or "∓") _xml.Append(prefix ? " form=\"prefix\"" : "");
        else if (symbol.Text is ":" or "/") _xml.Append(symbol.Text == "/" ? " lspace=\"0\" rspace=\"0\"" : "");
        _xml.Append('>').Append(Markup.Escape(symbol.Text)).Append("</mo>");
    }

    private void WriteFraction(Fraction fraction)
    {
        if (fraction.DisplayStyle is { } display) _xml.Append("<mstyle displaystyle=\"").Append(display ? "true" : "false").Append("\">");
        Pair("mfrac", fraction.Numerator, fraction.Denominator);
        if (fraction.DisplayStyle is not null) _xml.Append("</mstyle>");
    }

    private void WriteBinomial(Binomial binomial) => WriteFenced("(", ")", () =>
    {
        _xml.Append("<mfrac linethickness=\"0\">");
        One(binomial.Upper);
        One(binomial.Lower);
        _xml.Append("</mfrac>");
    });

    private void WriteRoot(Root root)
    {
        if (root.Degree is { } degree) { Pair("mroot", root.Radicand, degree); return; }
        _xml.Append("<msqrt>");
        One(root.Radicand);
        _xml.Append("</msqrt>");
    }

    private void Pair(string element, TexNode first, TexNode second)
    {
        _xml.Append('<').Append(element).Append('>');
        One(first);
        One(second);
        _xml.Append("</").Append(element).Append('>');
    }
}
