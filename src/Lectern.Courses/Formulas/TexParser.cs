using System.Globalization;

namespace Lectern.Courses.Formulas;

/// <summary>
/// One pass over the source by recursive descent. The first thing that is not understood is kept as
/// <see cref="Problem"/> and moves the cursor to the end, so that every loop finishes without exceptions.
/// </summary>
internal sealed partial class TexParser(string source)
{
    [Flags]
    private enum Stops { End = 0, Brace = 1, Bracket = 2, Right = 4, Cell = 8 }

    private int _at;
    private int _depth;
    private LetterStyle _style = LetterStyle.Italic;

    public FormulaProblem? Problem { get; private set; }

    public TexNode Parse()
    {
        var row = ParseRow(Stops.End);
        if (Problem is null && _at < source.Length) Fail("This can't be read.", _at);
        return row;
    }

    private bool AtEnd => _at >= source.Length;

    private char Current => source[_at];

    private Row Fail(string message, int position)
    {
        Problem ??= new FormulaProblem(message, position);
        _at = source.Length;
        return Row.Empty;
    }

    private Row ParseRow(Stops stops)
    {
        var start = _at;
        if (++_depth > FormulaReader.MaximumDepth) return Fail($"Groups are nested deeper than {FormulaReader.MaximumDepth}.", start);
        var items = new List<TexNode>();
        while (SkipBlanks() && !IsStop(stops))
        {
            if (ParseAtom() is not { } atom) continue;
            items.AddRange(atom is Row { Items.Count: > 1 } run && run is LetterRun ? run.Items.SkipLast(1) : []);
            // After a space a script hangs on nothing: \,^\circ.
            items.Add(atom is Space ? atom : ParseScripts(atom is LetterRun letters ? letters.Items[^1] : atom));
        }
        _depth--;
        return new Row(items);
    }

    private bool IsStop(Stops stops) =>
        (stops.HasFlag(Stops.Brace) && Current == '}')
        || (stops.HasFlag(Stops.Bracket) && Current == ']')
        || (stops.HasFlag(Stops.Right) && AtCommand("right"))
        || (stops.HasFlag(Stops.Cell) && (Current == '&' || AtCommand("\\") || AtCommand("end")));

    private bool SkipBlanks()
    {
        while (!AtEnd && char.IsWhiteSpace(Current)) _at++;
        return !AtEnd;
    }

    // Null: something that says nothing, such as a size.
    private TexNode? ParseAtom()
    {
        var start = _at;
        var c = Current;
        if (c == '\\') return ParseCommand();
        if (c == '{') return ParseGroup();
        if (char.IsAsciiDigit(c) || (c == '.' && start + 1 < source.Length && char.IsAsciiDigit(source[start + 1]))) return ParseNumber();
        if (char.IsAsciiLetter(c)) return ParseLetters();
        if (c is '^' or '_' or '\'') return Row.Empty;
        if (c == '~') return Take(new Space(TexSymbols.Spaces["~"]));
        if (c == '}') return Fail("A closing brace } has no opening brace.", start);
        if (c == '&') return Fail("The column sign & stands outside a table or aligned lines.", start);
        if (c is '$' or '#') return Fail($"The sign {c} can't stand in a formula; write \\{c}.", start);
        return ParseTypedSign();
    }

    private TexNode Take(TexNode node)
    {
        _at++;
        return node;
    }

    private TexNode ParseTypedSign()
    {
        if (TexSymbols.Characters.TryGetValue(Current.ToString(), out var sign)) return Take(sign);
        var length = char.IsSurrogate(Current) && _at + 1 < source.Length ? 2 : 1;
        var text = source.Substring(_at, length);
        _at += length;
        var category = CharUnicodeInfo.GetUnicodeCategory(text, 0);
        return category is UnicodeCategory.MathSymbol or UnicodeCategory.OtherSymbol or UnicodeCategory.DashPunctuation or UnicodeCategory.OtherPunctuation
            ? new Symbol(text, SymbolKind.Ordinary)
            : new Letter(text, _style);
    }

    private Row ParseGroup()
    {
        var start = _at++;
        var row = ParseRow(Stops.Brace);
        if (AtEnd) return Fail("An opening brace { is never closed.", start);
        _at++;
        return row;
    }

    /// <summary>What a command or a script takes: a group, or one sign.</summary>
    private TexNode ParseArgument(string of)
    {
        if (!SkipBlanks() || Current is '}' or '&' or '^' or '_') return Fail($"Something is missing after {of}.", Math.Min(_at, source.Length));
        if (++_depth > FormulaReader.MaximumDepth) return Fail($"Groups are nested deeper than {FormulaReader.MaximumDepth}.", _at);
        var argument = char.IsAsciiDigit(Current) ? Take(new Number(Current.ToString()))
            : char.IsAsciiLetter(Current) ? Take(new Letter(Current.ToString(), _style))
            : ParseAtom() ?? Row.Empty;
        _depth--;
        return argument is Row { Items.Count: 1 } row ? row.Items[0] : argument;
    }

    private TexNode ParseScripts(TexNode atom)
    {
        TexNode? sub = null, sup = null;
        var primes = 0;
        while (SkipBlanks())
        {
            var start = _at;
            if (AtCommand("limits") || AtCommand("nolimits")) ReadCommandName();
            else if (Current is '\'' && sup is null) { _at++; primes++; }
            else if (Current == '^' && sup is null) { _at++; sup = ParseArgument("^"); }
            else if (Current == '_' && sub is null) { _at++; sub = ParseArgument("_"); }
            else if (Current is '^' or '\'') return Fail("There are two superscripts on the same sign; use braces.", start);
            else if (Current == '_') return Fail("There are two subscripts on the same sign; use braces.", start);
            else break;
        }
        return sub is null && sup is null && primes == 0 ? atom : new Script(atom, sub, sup, primes);
    }

    // "0.25", "6{,}000" and "6\,000" are one number each; a comma alone may separate two.
    private Number ParseNumber()
    {
        var digits = new System.Text.StringBuilder();
        var point = false;
        while (!AtEnd)
        {
            if (char.IsAsciiDigit(Current)) digits.Append(source[_at++]);
            else if (Current == '.' && !point && DigitAt(_at + 1)) { digits.Append('.'); _at++; point = true; }
            else if (!point && Follows("{,}") && DigitAt(_at + 3)) { point = !ThreeDigitsAt(_at + 3); digits.Append(point ? '.' : '\u2009'); _at += 3; }
            else if (Follows("\\,") && ThreeDigitsAt(_at + 2)) { digits.Append('\u2009'); _at += 2; }
            else break;
        }
        return new Number(digits.ToString());
    }

    private bool DigitAt(int i) => i < source.Length && char.IsAsciiDigit(source[i]);

    private bool ThreeDigitsAt(int i) => DigitAt(i) && DigitAt(i + 1) && DigitAt(i + 2) && !DigitAt(i + 3);

    private bool Follows(string text) => source.AsSpan(_at).StartsWith(text, StringComparison.Ordinal);

    /// <summary>Several atoms that were written as one run, so that a script hangs on the last.</summary>
    private sealed record LetterRun(IReadOnlyList<TexNode> Letters) : Row(Letters);

    private TexNode ParseLetters()
    {
        if (_style == LetterStyle.Italic) return Take(new Letter(Current.ToString(), _style));
        var start = _at;
        while (!AtEnd && char.IsAsciiLetter(Current)) _at++;
        var run = source[start.._at];
        var elements = _style == LetterStyle.Upright ? ChemicalElements.Split(run) : [];
        return elements.Count > 1 ? new LetterRun([.. elements.Select(e => new Letter(e, _style))]) : new Letter(run, _style);
    }
}
