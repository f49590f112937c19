namespace Lectern.Courses.Formulas;

internal sealed partial class MathMlWriter
{
    private void WriteScript(Script script)
    {
        var stacked = script.Base is Symbol { Kind: SymbolKind.Sum } || (script.Base is FunctionName { TakesLimits: true } && _display);
        var hasSup = script.Sup is not null || script.Primes > 0;
        var element = (stacked, script.Sub is not null, hasSup) switch
        {
            (true, true, true) => "munderover",
            (true, true, false) => "munder",
            (true, false, _) => "mover",
            (false, true, true) => "msubsup",
            (false, true, false) => "msub",
            _ => "msup",
        };
        _xml.Append('<').Append(element).Append('>');
        One(script.Base);
        if (script.Sub is { } sub) One(sub);
        if (hasSup) WriteSuperscript(script);
        _xml.Append("</").Append(element).Append('>');
    }

    private void WriteSuperscript(Script script)
    {
        if (script.Primes == 0 && script.Sup is { } only) { One(only); return; }
        var primes = new string('′', Math.Min(script.Primes, 8));
        if (script.Sup is null) { Element("mo", primes); return; }
        _xml.Append("<mrow>");
        Element("mo", primes);
        One(script.Sup);
        _xml.Append("</mrow>");
    }

    private void WriteFenced(string open, string close, Action body)
    {
        _xml.Append("<mrow>");
        Fence(open, "prefix");
        body();
        Fence(close, "postfix");
        _xml.Append("</mrow>");
    }

    private void Fence(string sign, string form)
    {
        if (sign.Length > 0) _xml.Append("<mo fence=\"true\" form=\"").Append(form).Append("\" stretchy=\"true\">").Append(Markup.Escape(sign)).Append("</mo>");
    }

    private void WriteAccent(Accent accent)
    {
        var (element, mark, stretchy) = accent.Kind switch
        {
            AccentKind.Overline => ("mover", "\u203E", true),
            AccentKind.Underline => ("munder", "_", true),
            AccentKind.Hat => ("mover", "^", false),
            AccentKind.Vector => ("mover", "→", false),
            AccentKind.Bar => ("mover", "\u00AF", false),
            AccentKind.Dot => ("mover", "\u02D9", false),
            AccentKind.DoubleDot => ("mover", "\u00A8", false),
            _ => ("mover", "~", false),
        };
        _xml.Append('<').Append(element).Append(element == "mover" ? " accent=\"true\">" : " accentunder=\"true\">");
        One(accent.Body);
        _xml.Append("<mo stretchy=\"").Append(stretchy ? "true" : "false").Append("\">").Append(mark).Append("</mo></").Append(element).Append('>');
    }

    private void WriteStacked(Stacked stacked)
    {
        var element = (stacked.Under, stacked.Over) switch { ({ }, { }) => "munderover", ({ }, null) => "munder", _ => "mover" };
        _xml.Append('<').Append(element).Append('>');
        if (stacked.Base is Symbol { Kind: SymbolKind.Arrow } arrow) _xml.Append("<mo stretchy=\"true\">").Append(Markup.Escape(arrow.Text)).Append("</mo>");
        else One(stacked.Base);
        if (stacked.Under is { } under) Padded(under);
        if (stacked.Over is { } over) Padded(over);
        _xml.Append("</").Append(element).Append('>');
    }

    // The arrow grows with its label; the padding lets it reach past the words.
    private void Padded(TexNode label)
    {
        _xml.Append("<mrow><mspace width=\"0.4em\"/>");
        One(label);
        _xml.Append("<mspace width=\"0.4em\"/></mrow>");
    }

    private void WriteTable(Table table)
    {
        if (table.Open.Length + table.Close.Length > 0) WriteFenced(table.Open, table.Close, () => WriteRows(table));
        else WriteRows(table);
    }

    private void WriteRows(Table table)
    {
        var columns = table.Rows.Count == 0 ? 0 : table.Rows.Max(r => r.Count);
        var align = Enumerable.Range(0, columns).Select(i => AlignmentOf(table.Kind, i)).ToArray();
        _xml.Append("<mtable class=\"formula-").Append(table.Kind switch { TableKind.Aligned => "aligned", TableKind.Cases => "cases", _ => "matrix" }).Append('"');
        if (columns > 0) _xml.Append(" columnalign=\"").AppendJoin(' ', align).Append('"');
        if (table.Kind == TableKind.Aligned) _xml.Append(" columnspacing=\"0\" displaystyle=\"true\"");
        _xml.Append('>');
        foreach (var row in table.Rows)
        {
            _xml.Append("<mtr>");
            for (var i = 0; i < row.Count; i++) WriteCell(table.Kind, row[i], align[i], i);
            _xml.Append("</mtr>");
        }
        _xml.Append("</mtable>");
    }

    private static string AlignmentOf(TableKind kind, int column) => kind switch
    {
        TableKind.Aligned => column % 2 == 0 ? "right" : "left",
        TableKind.Cases => "left",
        _ => "center",
    };

    private void WriteCell(TableKind kind, TexNode cell, string align, int column)
    {
        _xml.Append(align == "center" ? "<mtd>" : $"<mtd class=\"formula-{align}\">");
        // The relation that opens a right-hand cell keeps its space on the left, as between two terms.
        if (kind == TableKind.Aligned && column % 2 == 1) { _xml.Append("<mrow><mrow></mrow>"); Items(cell is Row row ? row.Items : [cell]); _xml.Append("</mrow>"); }
        else One(cell);
        _xml.Append("</mtd>");
    }
}
