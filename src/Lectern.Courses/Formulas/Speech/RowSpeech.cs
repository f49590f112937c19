namespace Lectern.Courses.Formulas.Speech;

internal sealed partial class FormulaSpeaker
{
    private string SayRow(IReadOnlyList<TexNode> items)
    {
        var words = new List<string>();
        var bars = items.Count(i => i is Symbol { Text: "|" });
        var openBar = false;
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is Symbol { Text: "|" } && bars % 2 == 0)
            {
                openBar = !openBar;
                words.Add(openBar ? _rules.Say(Phrase.AbsoluteValue, "") : ",");
            }
            else if (SayTogether(items, ref i) is { } together) words.Add(together);
            else words.Add(Say(items[i]));
            if (i + 1 < items.Count && TakesArgument(items, i)) words[^1] = _rules.Say(Phrase.FunctionOf, words[^1]) + SayBareArgument(items, ref i);
        }
        return string.Join(' ', words.Where(w => w.Length > 0));
    }

    /// <summary>Readings that span several items; moves <paramref name="i"/> to the last one used.</summary>
    private string? SayTogether(IReadOnlyList<TexNode> items, ref int i)
    {
        var next = SkipSpaces(items, i + 1);
        if (next >= items.Count) return null;
        if (items[i] is Symbol { Text: "$" } && items[next] is Number price)
        {
            i = next;
            return _rules.Say(Phrase.Money, SayNumber(price));
        }
        if (items[i] is Number whole && items[next] is Fraction { } part && IntegerOf(part.Numerator) is not null && IntegerOf(part.Denominator) is not null)
        {
            i = next;
            return _rules.Say(Phrase.MixedNumber, SayNumber(whole), SayFraction(part));
        }
        if (items[i] is Script degree && IsDegree(degree) && Temperature(items[next]) is { } scale)
        {
            i = next;
            return $"{SayScript(degree)} {scale}";
        }
        return SayQuantity(items, ref i, next);
    }

    private string? SayQuantity(IReadOnlyList<TexNode> items, ref int i, int next)
    {
        var isAmount = items[i] is Number or Script { Base: Number } && (items[i] is Number || !IsDegree((Script)items[i]));
        if (!isAmount || UnitSpeech.TryRead(items[next], _rules, _chemistry) is not { } unit) return null;
        var amount = Say(items[i]);
        i = next;
        return $"{amount} {unit.Say(isOne: amount == "1")}";
    }

    /// <summary>"f of x": brackets around a single sign are not worth saying; other arguments are left to the row.</summary>
    private string SayBareArgument(IReadOnlyList<TexNode> items, ref int i)
    {
        var (argument, last) = items.Skip(i + 1).Take(3).ToArray() switch
        {
            [Symbol { Text: "(" }, var only, Symbol { Text: ")" }] => (only, i + 3),
            [Fenced { Open: "(", Close: ")", Body: var body }, ..] => (body, i + 1),
            _ => (Row.Empty, i),
        };
        if (last == i || Single(argument) is not (Letter or Number)) return "";
        i = last;
        return " " + Say(argument);
    }

    private static string? Temperature(TexNode node) => Single(node) switch
    {
        Letter { Text: "C" } or Words { Text: "C" } => "Celsius",
        Letter { Text: "F" } or Words { Text: "F" } => "Fahrenheit",
        _ => null,
    };

    private static int SkipSpaces(IReadOnlyList<TexNode> items, int i)
    {
        while (i < items.Count && items[i] is Space) i++;
        return i;
    }

    // sin x, log(x), and f(x) for the letters that are functions by custom; 2(x) stays a product.
    private static bool TakesArgument(IReadOnlyList<TexNode> items, int i)
    {
        var name = items[i] is Script script ? script.Base : items[i];
        if (name is FunctionName function)
        {
            var limitSaysOf = items[i] is Script { Sub: not null } && function.Name == "lim";
            return !limitSaysOf && SkipSpaces(items, i + 1) is var next && next < items.Count && items[next] is not Symbol { Kind: SymbolKind.Relation or SymbolKind.Binary or SymbolKind.Close or SymbolKind.Punctuation };
        }
        return name is Letter { Style: LetterStyle.Italic, Text: "f" or "g" or "h" or "F" or "G" or "P" } && items[i + 1] is Symbol { Text: "(" } or Fenced { Open: "(" };
    }
}
