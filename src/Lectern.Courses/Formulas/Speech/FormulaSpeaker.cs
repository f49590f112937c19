using System.Globalization;
using System.Text.RegularExpressions;

namespace Lectern.Courses.Formulas.Speech;

/// <summary>
/// Says a formula's tree in words. The sign-by-sign reading is the base; on top come the readings people expect of a number with
/// its unit, of chemistry, of functions and of absolute values.
/// </summary>
internal sealed partial class FormulaSpeaker
{
    private readonly SpeechRules _rules;
    private readonly bool _chemistry;

    private FormulaSpeaker(SpeechRules rules, bool chemistry) => (_rules, _chemistry) = (rules, chemistry);

    public static string Speak(TexNode tree, SpeechRules rules) => Tidy(new FormulaSpeaker(rules, Chemistry.IsIn(tree)).Say(tree));

    private static string Tidy(string text)
    {
        var spaced = Blanks().Replace(text, " ");
        var joined = BeforePause().Replace(spaced, "${pause}");
        return Pauses().Replace(joined, "${last}").Trim(' ', ',', ';');
    }

    [GeneratedRegex(@"[\s\u00A0\u2009]+", RegexOptions.None, 2000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@" (?<pause>[,;.:])(?= |$|[,;.:])", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex BeforePause();

    [GeneratedRegex(@"[,;]+(?<last>[,;.:])", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Pauses();

    private string Say(TexNode node) => node switch
    {
        Row row => SayRow(row.Items),
        UprightGroup group => Say(group.Body),
        Letter letter => SayLetter(letter),
        Number number => SayNumber(number),
        Symbol symbol => SaySign(symbol),
        FunctionName function => _rules.Functions.GetValueOrDefault(function.Name, function.Name),
        Words words => words.Text,
        Fraction fraction => SayFraction(fraction),
        Binomial binomial => _rules.Say(Phrase.Choose, Say(binomial.Upper), Say(binomial.Lower)),
        Root root => SayRoot(root),
        Script script => SayScript(script),
        Fenced fenced => SayFenced(fenced),
        Accent accent => SayAccent(accent),
        Stacked stacked => SayStacked(stacked),
        Table table => SayTable(table),
        _ => "",
    };

    private string SayLetter(Letter letter)
    {
        var key = letter.Style == LetterStyle.DoubleStruck ? "set" + letter.Text : letter.Text;
        if (_rules.Letters.TryGetValue(key, out var name)) return name;
        // Abbreviations are spelled; without the blanks a voice would read ATP as a word.
        var isAbbreviation = letter.Style == LetterStyle.Upright && letter.Text.Length is > 1 and <= 5 && letter.Text.Skip(1).All(char.IsUpper);
        return isAbbreviation ? string.Join(' ', letter.Text.ToCharArray()) : letter.Text;
    }

    private string SayNumber(Number number) =>
        number.Digits.Replace("\u2009", "", StringComparison.Ordinal).Replace('.', _rules.DecimalPoint);

    private string SaySign(Symbol sign) => sign.Kind switch
    {
        SymbolKind.Punctuation => sign.Text,
        SymbolKind.Sum when sign.Text == "∑" => _rules.Say(Phrase.SumBare),
        SymbolKind.Sum when sign.Text == "∏" => _rules.Say(Phrase.ProductBare),
        SymbolKind.Integral when sign.Text == "∫" => _rules.Say(Phrase.IntegralBare),
        SymbolKind.Arrow when _chemistry && sign.Text is "→" or "⟶" => _rules.Say(_chemistry ? Phrase.Yields : Phrase.Approaches),
        _ => sign.Text == "|" ? _rules.Signs["bar"] : _rules.Signs.GetValueOrDefault(sign.Text, sign.Text),
    };

    private string SayFraction(Fraction fraction)
    {
        if (IntegerOf(fraction.Numerator) is { } n && IntegerOf(fraction.Denominator) is { } d && _rules.SmallFraction(n, d) is { } name) return name;
        var phrase = IsShort(fraction.Numerator) && IsShort(fraction.Denominator) ? Phrase.Over : Phrase.LongFraction;
        return _rules.Say(phrase, Say(fraction.Numerator), Say(fraction.Denominator));
    }

    private static int? IntegerOf(TexNode node) => Single(node) is Number { Digits.Length: <= 2 } number && int.TryParse(number.Digits, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static TexNode Single(TexNode node)
    {
        while (true)
        {
            if (node is Row { Items.Count: 1 } row) node = row.Items[0];
            else if (node is UprightGroup group) node = group.Body;
            else return node;
        }
    }

    /// <summary>Short enough that "a over b" can't be heard two ways.</summary>
    private static bool IsShort(TexNode node) => Single(node) switch
    {
        Row { Items: [Symbol { Text: "−" }, Letter or Number] } => true,
        Row row => row.Items.Count <= 3 && row.Items.All(i => i is Letter or Number or Space or Words or UprightGroup { Body: Letter } or Script { Base: Letter or Number }),
        Letter or Number or Words or FunctionName or Accent => true,
        Symbol symbol => symbol.Kind == SymbolKind.Ordinary,
        Script script => script.Base is Letter or Number or UprightGroup && (script.Sub is null || IsShort(script.Sub)) && (script.Sup is null || IsShort(script.Sup)),
        Fenced { Open: "|" } => true,
        _ => false,
    };

    private string Closed(TexNode node) => IsShort(node) ? Say(node) : Say(node) + ",";

    private string SayRoot(Root root) => (root.Degree is null ? null : IntegerOf(root.Degree), root.Degree) switch
    {
        (_, null) => _rules.Say(Phrase.SquareRoot, Closed(root.Radicand)),
        (3, _) => _rules.Say(Phrase.CubeRoot, Closed(root.Radicand)),
        _ => _rules.Say(Phrase.NthRoot, Closed(root.Radicand), Say(root.Degree)),
    };

    private string SayFenced(Fenced fenced)
    {
        if (fenced is { Open: "|", Close: "|" }) return _rules.Say(Phrase.AbsoluteValue, Closed(fenced.Body));
        if (Single(fenced.Body) is Table { Kind: TableKind.Matrix } matrix) return SayTable(matrix);
        return $"{SayFence(fenced.Open)} {Say(fenced.Body)} {SayFence(fenced.Close)}";
    }

    private string SayFence(string sign) => sign switch
    {
        "" => "",
        "|" => _rules.Signs["bar"],
        _ => _rules.Signs.GetValueOrDefault(sign, sign),
    };

    private string SayAccent(Accent accent) => accent.Kind switch
    {
        AccentKind.Overline or AccentKind.Bar => _rules.Say(Phrase.Barred, Say(accent.Body)),
        AccentKind.Hat => _rules.Say(Phrase.Hatted, Say(accent.Body)),
        AccentKind.Vector => _rules.Say(Phrase.Vector, Say(accent.Body)),
        AccentKind.Dot => _rules.Say(Phrase.Dotted, Say(accent.Body)),
        AccentKind.DoubleDot => _rules.Say(Phrase.Dotted, _rules.Say(Phrase.Dotted, Say(accent.Body))),
        _ => Say(accent.Body),
    };

    private string SayStacked(Stacked stacked)
    {
        var labels = string.Join(", ", new[] { stacked.Over, stacked.Under }.OfType<TexNode>().Select(Say).Where(s => s.Length > 0));
        return labels.Length == 0 ? Say(stacked.Base) : _rules.Say(Phrase.ArrowWith, Say(stacked.Base), labels);
    }

    private string SayTable(Table table)
    {
        var rows = table.Rows.Select(row => string.Join(table.Kind == TableKind.Aligned ? " " : ", ", row.Select(Say).Where(s => s.Length > 0)));
        var said = string.Join("; ", rows);
        return table.Kind switch
        {
            TableKind.Cases => _rules.Say(Phrase.Cases, said),
            TableKind.Matrix when table.Rows.Count > 0 => _rules.Say(Phrase.Matrix, table.Rows.Count, table.Rows.Max(r => r.Count), said),
            _ => said,
        };
    }
}
