namespace Lectern.Courses.Formulas.Speech;

/// <summary>A unit after a number: <c>\mathrm{m/s^2}</c>, <c>\text{ cm}^3</c>, <c>\mathrm{kJ\,mol^{-1}}</c>.</summary>
internal sealed class UnitSpeech
{
    private readonly record struct Factor(UnitWords Unit, int Power);

    private readonly SpeechRules _rules;
    private readonly List<Factor> _factors;

    private UnitSpeech(SpeechRules rules, List<Factor> factors) => (_rules, _factors) = (rules, factors);

    /// <summary>Null when the node is not a unit; in chemistry a single capital letter is an element.</summary>
    public static UnitSpeech? TryRead(TexNode node, SpeechRules rules, bool chemistry)
    {
        var factors = new List<Factor>();
        var sign = 1;
        foreach (var part in Parts(node))
        {
            var (name, power) = NameAndPower(part);
            if (part is Space || part is Symbol { Text: "⋅" }) continue;
            if (part is Symbol { Text: "/" } && factors.Count > 0) { sign = -1; continue; }
            if (name is null || power == 0 || !rules.Units.TryGetValue(name, out var unit)) return null;
            if (chemistry && ChemicalElements.Contains(name)) return null;
            factors.Add(new Factor(unit, sign * power));
        }
        return factors.Count == 0 ? null : new UnitSpeech(rules, factors);
    }

    public string Say(bool isOne)
    {
        var said = _factors.Select((f, i) => SayFactor(f, many: !isOne && i == 0));
        return string.Join(' ', said);
    }

    private string SayFactor(Factor factor, bool many)
    {
        var per = factor.Power < 0;
        var name = many && !per ? factor.Unit.Many : factor.Unit.One;
        var powered = (Math.Abs(factor.Power), factor.Unit.IsLength) switch
        {
            (1, _) => name,
            (2, true) => _rules.Say(Phrase.SquareUnit, name),
            (3, true) => _rules.Say(Phrase.CubicUnit, name),
            (2, _) => _rules.Say(Phrase.Squared, name),
            (3, _) => _rules.Say(Phrase.Cubed, name),
            var (power, _) => _rules.Say(Phrase.Power, name, power),
        };
        return per ? _rules.Say(Phrase.Per, powered) : powered;
    }

    private static IEnumerable<TexNode> Parts(TexNode node) => node switch
    {
        UprightGroup group => Parts(group.Body),
        Row row => row.Items.SelectMany(Parts),
        Words words => words.Text.Trim().Split('/').SelectMany((name, i) => i == 0 ? [new Words(name.Trim())] : new TexNode[] { new Symbol("/", SymbolKind.Binary), new Words(name.Trim()) }),
        _ => [node],
    };

    private static (string? Name, int Power) NameAndPower(TexNode part) => part switch
    {
        Words words => (words.Text.TrimEnd('²', '³'), words.Text.EndsWith('²') ? 2 : words.Text.EndsWith('³') ? 3 : 1),
        Letter { Style: LetterStyle.Upright } letter => (letter.Text, 1),
        Script { Base: Letter { Style: LetterStyle.Upright } letter, Sub: null, Primes: 0, Sup: { } sup } => (letter.Text, Power(sup)),
        Script { Base: Words words, Sub: null, Primes: 0, Sup: { } sup } => (words.Text.Trim(), Power(sup)),
        Script { Base: UprightGroup { Body: var body }, Sub: null, Primes: 0, Sup: { } sup } => (NameAndPower(body is Row { Items.Count: 1 } row ? row.Items[0] : body).Name, Power(sup)),
        _ => (null, 0),
    };

    private static int Power(TexNode sup) => sup switch
    {
        Number { Digits.Length: 1 } number => number.Digits[0] - '0',
        Row { Items: [Number { Digits.Length: 1 } number] } => number.Digits[0] - '0',
        Row { Items: [Symbol { Text: "−" }, Number { Digits.Length: 1 } number] } => '0' - number.Digits[0],
        _ => 0,
    };
}
