namespace Lectern.Courses.Formulas.Speech;

internal sealed partial class FormulaSpeaker
{
    private string SayScript(Script script)
    {
        var said = script.Base switch
        {
            Symbol { Kind: SymbolKind.Sum or SymbolKind.Integral } sign => SayBig(sign, script),
            FunctionName function => SayFunction(function, script),
            _ => null,
        };
        if (said is not null) return said;
        if (IsDegree(script)) return script.Base is Row { Items.Count: 0 } ? _rules.Signs["°"] : _rules.Say(Phrase.Degrees, Say(script.Base));
        if (IsSpelledPlainly(script)) return SayPlainly(script);

        var spoken = Say(script.Base);
        if (script.Sub is { } sub) spoken = _rules.Say(Phrase.Subscript, spoken, Closed(sub));
        if (script is { Base: Letter { Text: "f" or "g" or "h" }, Sup: { } power } && IsMinusOne(power)) return _rules.Say(Phrase.InverseFunction, spoken);
        for (var i = 0; i < Math.Min(script.Primes, 4); i++) spoken = _rules.Say(Phrase.Primed, spoken);
        return script.Sup is { } sup ? SayPower(spoken, sup) : spoken;
    }

    private static bool IsDegree(Script script) => script.Sub is null && script.Sup is not null && Single(script.Sup) is Symbol { Text: "∘" or "°" };

    /// <summary>Elements with numbers and charges ("Ca 2 plus"), and isotopes whose numbers stand before nothing.</summary>
    private static bool IsSpelledPlainly(Script script) =>
        script.Base is Row { Items.Count: 0 } || ((Chemistry.IsElement(script.Base) || script.Base is Symbol { Text: ")" or "]" })
            && (script.Sub is null || Single(script.Sub) is Number) && (script.Sup is null || IsCharge(script.Sup)) && (script.Sup is not null || Chemistry.IsElement(script.Base)));

    private static bool IsCharge(TexNode node) => Single(node) switch
    {
        Symbol { Text: "+" or "−" } => true,
        Row { Items: [Number, Symbol { Text: "+" or "−" }] } => true,
        _ => false,
    };

    private string SayPlainly(Script script)
    {
        if (script is { Base: Row, Sub: { } number, Sup: { } mass }) return $"{Say(mass)} {Say(number)}";
        var name = script.Base is Words words && ChemicalElements.Split(words.Text) is { Count: > 1 } elements ? string.Join(' ', elements) : Say(script.Base);
        return string.Join(' ', new[] { name, script.Sub is null ? "" : Say(script.Sub), script.Sup is null ? "" : Say(script.Sup) }.Where(s => s.Length > 0));
    }

    private string SayPower(string spoken, TexNode sup) => (IntegerOf(sup), Single(sup)) switch
    {
        (2, _) => _rules.Say(Phrase.Squared, spoken),
        (3, _) => _rules.Say(Phrase.Cubed, spoken),
        (_, Symbol { Text: "+" or "−" or "∗" or "′" }) => _rules.Say(Phrase.OtherPower, spoken, Say(sup)),
        (_, Words) => _rules.Say(Phrase.OtherPower, spoken, Say(sup)),
        _ => _rules.Say(Phrase.Power, spoken, Closed(sup is Row { Items: [Symbol { Text: "−" }, var only] } && IsShort(only) ? new Row([new Letter(Say(sup), LetterStyle.Italic)]) : sup)),
    };

    private string SayBig(Symbol sign, Script script)
    {
        var (fromTo, over, bare) = sign.Text switch
        {
            "∑" => (Phrase.SumFromTo, Phrase.SumOver, Phrase.SumBare),
            "∏" => (Phrase.ProductFromTo, Phrase.ProductOver, Phrase.ProductBare),
            _ => (Phrase.IntegralFromTo, Phrase.IntegralOver, Phrase.IntegralBare),
        };
        return (script.Sub, script.Sup) switch
        {
            ({ } from, { } to) => _rules.Say(fromTo, Say(from), Say(to)),
            ({ } only, null) => _rules.Say(over, Say(only)),
            _ => _rules.Say(bare),
        };
    }

    private string SayFunction(FunctionName function, Script script)
    {
        var name = Say(function);
        if (function.Name == "lim" && script.Sub is { } to)
            return HasArrow(to) ? _rules.Say(Phrase.Limit, name, SayApproach(to)) : _rules.Say(Phrase.LimitBare, name, Say(to));
        if (script.Sup is { } sup) name = IsMinusOne(sup) ? _rules.Say(Phrase.InverseFunction, name) : SayPower(name, sup);
        if (script.Sub is { } sub) name = _rules.Say(function.Name == "log" ? Phrase.LogBase : Phrase.Subscript, name, Say(sub));
        return name;
    }

    private static bool HasArrow(TexNode node) => node is Row row && row.Items.Any(i => i is Symbol { Kind: SymbolKind.Arrow });

    private string SayApproach(TexNode node) =>
        string.Join(' ', ((Row)node).Items.Select(i => i is Symbol { Kind: SymbolKind.Arrow } ? _rules.Say(Phrase.Approaches) : Say(i)));

    private static bool IsMinusOne(TexNode node) => Single(node) is Row { Items: [Symbol { Text: "−" }, Number { Digits: "1" }] };
}
