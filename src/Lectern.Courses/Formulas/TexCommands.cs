using System.Text;

namespace Lectern.Courses.Formulas;

internal sealed partial class TexParser
{
    private bool AtCommand(string name)
    {
        if (AtEnd || Current != '\\' || !source.AsSpan(_at + 1).StartsWith(name, StringComparison.Ordinal)) return false;
        var after = _at + 1 + name.Length;
        return !char.IsAsciiLetter(name[0]) || after >= source.Length || !char.IsAsciiLetter(source[after]);
    }

    private string ReadCommandName()
    {
        var start = ++_at;
        while (!AtEnd && char.IsAsciiLetter(Current)) _at++;
        if (_at == start && !AtEnd) _at++;
        return source[start.._at];
    }

    private TexNode? ParseCommand()
    {
        var start = _at;
        var name = ReadCommandName();
        if (name.Length == 0) return Fail("A backslash stands at the end.", start);
        if (TexSymbols.Commands.TryGetValue(name, out var symbol)) return symbol;
        if (TexSymbols.Greek.TryGetValue(name, out var letter)) return new Letter(letter, char.IsUpper(letter[0]) ? LetterStyle.Upright : LetterStyle.Italic);
        if (TexSymbols.Functions.Contains(name)) return new FunctionName(name, TakesLimits: false);
        if (TexSymbols.FunctionsWithLimits.Contains(name)) return new FunctionName(name, TakesLimits: true);
        if (TexSymbols.Spaces.TryGetValue(name, out var width)) return new Space(width);
        if (TexSymbols.Accents.TryGetValue(name, out var accent)) return new Accent(accent, ParseArgument("\\" + name));
        if (TexSymbols.Ignored.Contains(name)) return null;
        return ParseStructure(name, start);
    }

    private TexNode? ParseStructure(string name, int start) => name switch
    {
        "frac" => new Fraction(ParseArgument("\\frac"), ParseArgument("\\frac{…}"), null),
        "dfrac" => new Fraction(ParseArgument("\\dfrac"), ParseArgument("\\dfrac{…}"), true),
        "tfrac" => new Fraction(ParseArgument("\\tfrac"), ParseArgument("\\tfrac{…}"), false),
        "binom" or "dbinom" or "tbinom" => new Binomial(ParseArgument("\\binom"), ParseArgument("\\binom{…}")),
        "sqrt" => ParseRoot(),
        "text" or "textrm" or "textbf" or "textit" or "mbox" => ParseWords(name),
        "mathrm" => new UprightGroup(ParseStyled(name, LetterStyle.Upright)),
        "mathbf" or "boldsymbol" => ParseStyled(name, LetterStyle.Bold),
        "mathit" => ParseStyled(name, LetterStyle.Italic),
        "mathbb" => ParseStyled(name, LetterStyle.DoubleStruck),
        "operatorname" => ParseOperatorName(),
        "overset" => ParseStacked(over: true),
        "underset" => ParseStacked(over: false),
        "xrightarrow" => ParseArrow("→"),
        "xleftarrow" => ParseArrow("←"),
        "left" => ParseFenced(start),
        "right" => Fail("\\right has no \\left.", start),
        "begin" => ParseEnvironment(start),
        "end" => Fail("\\end has no \\begin.", start),
        "\\" => Fail("A line break \\\\ stands outside a table or aligned lines.", start),
        _ => Fail($"The command \\{Shorten(name)} is not known here.", start),
    };

    private static string Shorten(string name) => name.Length > 40 ? name[..40] + "…" : name;

    private TexNode ParseStyled(string name, LetterStyle style)
    {
        var outer = _style;
        _style = style;
        var body = ParseArgument("\\" + name);
        _style = outer;
        return body;
    }

    private Root ParseRoot()
    {
        TexNode? degree = null;
        var start = _at;
        if (SkipBlanks() && Current == '[')
        {
            _at++;
            degree = ParseRow(Stops.Bracket);
            if (AtEnd) Fail("The degree of a root is never closed with ].", start);
            else _at++;
        }
        return new Root(ParseArgument("\\sqrt"), degree);
    }

    private TexNode ParseOperatorName()
    {
        var words = ParseWords("operatorname");
        return words is Words { Text: var name } ? new FunctionName(name, TakesLimits: false) : words;
    }

    private Stacked ParseStacked(bool over)
    {
        var mark = ParseArgument(over ? "\\overset" : "\\underset");
        var below = ParseArgument(over ? "\\overset{…}" : "\\underset{…}");
        return over ? new Stacked(below, mark, null) : new Stacked(below, null, mark);
    }

    private Stacked ParseArrow(string arrow)
    {
        TexNode? under = null;
        if (SkipBlanks() && Current == '[')
        {
            _at++;
            under = ParseRow(Stops.Bracket);
            _at = Math.Min(_at + 1, source.Length);
        }
        return new Stacked(new Symbol(arrow, SymbolKind.Arrow), ParseArgument("\\xrightarrow"), under);
    }

    private TexNode ParseWords(string command)
    {
        if (!SkipBlanks() || Current != '{') return Fail($"\\{command} needs braces: \\{command}{{words}}.", Math.Min(_at, source.Length));
        var start = _at++;
        var text = new StringBuilder();
        for (var open = 1; !AtEnd; _at++)
        {
            if (Current == '\\' && _at + 1 < source.Length && !char.IsAsciiLetter(source[_at + 1])) text.Append(source[++_at] is var c && c is ',' or ';' or ':' ? ' ' : c);
            else if (Current is '\\' or '$') return Fail($"Inside \\{command} only words can stand.", _at);
            else if (Current == '{') open++;
            else if (Current == '}' && --open == 0) { _at++; return new Words(text.ToString()); }
            else if (Current != '}') text.Append(Current == '~' ? '\u00A0' : Current);
        }
        return Fail($"The brace after \\{command} is never closed.", start);
    }

    private TexNode ParseFenced(int start)
    {
        var open = ParseDelimiter("\\left");
        var body = ParseRow(Stops.Right);
        if (AtEnd) return Fail("\\left has no \\right.", start);
        ReadCommandName();
        return new Fenced(open, body, ParseDelimiter("\\right"));
    }

    private string ParseDelimiter(string after)
    {
        if (!SkipBlanks()) return FailDelimiter(after, source.Length);
        var start = _at;
        if (Current == '\\')
        {
            var name = ReadCommandName();
            return TexSymbols.Commands.TryGetValue(name, out var sign) && sign.Kind is SymbolKind.Open or SymbolKind.Close or SymbolKind.Bar ? sign!.Text : FailDelimiter(after, start);
        }
        var c = source[_at++];
        return c switch
        {
            '.' => "",
            '(' or ')' or '[' or ']' or '|' or '/' => c.ToString(),
            '<' => "⟨",
            '>' => "⟩",
            _ => FailDelimiter(after, start),
        };
    }

    private string FailDelimiter(string after, int position)
    {
        Fail($"After {after} a bracket is expected: ( ) [ ] \\{{ \\}} | or a dot.", position);
        return "";
    }

    private TexNode ParseEnvironment(int start)
    {
        var name = ParseEnvironmentName();
        if (Problem is not null) return Row.Empty;
        if (!TexSymbols.Environments.TryGetValue(name, out var shape)) return Fail($"The environment {Shorten(name)} is not known here.", start);
        var rows = ParseTableRows();
        if (!AtCommand("end")) return Fail($"\\begin{{{name}}} has no \\end{{{name}}}.", start);
        var end = _at;
        ReadCommandName();
        if (ParseEnvironmentName() != name) return Fail($"\\begin{{{name}}} is closed by another \\end.", end);
        return new Table(shape.Kind, shape.Open, shape.Close, rows);
    }

    private string ParseEnvironmentName()
    {
        var close = SkipBlanks() && Current == '{' ? source.IndexOf('}', _at) : -1;
        if (close < 0)
        {
            Fail("The name of an environment is missing: \\begin{cases}.", Math.Min(_at, source.Length));
            return "";
        }
        var name = source[(_at + 1)..close].Trim();
        _at = close + 1;
        return name;
    }

    private List<IReadOnlyList<TexNode>> ParseTableRows()
    {
        var rows = new List<IReadOnlyList<TexNode>>();
        var cells = new List<TexNode>();
        while (true)
        {
            cells.Add(ParseRow(Stops.Cell));
            if (!AtEnd && Current == '&') { _at++; continue; }
            var more = AtCommand("\\");
            if (more || cells.Count > 1 || cells[0] is Row { Items.Count: > 0 }) rows.Add(cells);
            if (!more) return rows;
            ReadCommandName();
            cells = [];
        }
    }
}
