using System.Collections.Frozen;

namespace Lectern.Courses.Formulas.Speech;

/// <summary>The sentence patterns of a language; {0}, {1}, {2} are the parts.</summary>
internal enum Phrase
{
    Over, LongFraction, MixedNumber, SquareRoot, CubeRoot, NthRoot, Squared, Cubed, Power, Subscript, Primed,
    Degrees, FunctionOf, InverseFunction, LogBase, Limit, LimitBare, SumFromTo, SumOver, SumBare, IntegralFromTo, IntegralOver, IntegralBare,
    ProductFromTo, ProductOver, ProductBare, AbsoluteValue, Choose, Barred, Hatted, Vector, Dotted, Per, SquareUnit, CubicUnit,
    Cases, Matrix, ArrowWith, Money, Approaches, Yields, OtherPower, FunctionPower,
}

/// <param name="One">After the number 1, and after "per".</param>
/// <param name="Many">After every other number.</param>
/// <param name="IsLength">Its powers are areas and volumes: "square metres".</param>
internal readonly record struct UnitWords(string One, string Many, bool IsLength);

/// <summary>Everything a language needs to say a formula, as tables, so that another language is another file.</summary>
internal sealed record SpeechRules
{
    public required string Language { get; init; }
    public required char DecimalPoint { get; init; }
    public required FrozenDictionary<Phrase, string> Phrases { get; init; }
    /// <summary>By the sign's Unicode text.</summary>
    public required FrozenDictionary<string, string> Signs { get; init; }
    public required FrozenDictionary<string, string> Letters { get; init; }
    public required FrozenDictionary<string, string> Functions { get; init; }
    public required FrozenDictionary<string, UnitWords> Units { get; init; }
    /// <summary>"one half", "three quarters"; null when the fraction has no short name.</summary>
    public required Func<int, int, string?> SmallFraction { get; init; }

    public static SpeechRules English { get; } = EnglishSpeech.Create();

    private static SpeechRules German { get; } = GermanSpeech.Create();

    public static SpeechRules For(string language) => language.Split('-', '_')[0].ToUpperInvariant() switch
    {
        "DE" => German,
        _ => English,
    };

    public string Say(Phrase phrase, params ReadOnlySpan<object?> parts) => string.Format(null, Phrases[phrase], parts);

    /// <summary>Reads a table written as "sign = words | sign = words", on any number of lines.</summary>
    internal static FrozenDictionary<string, string> Pairs(string table) =>
        table.Split(['|', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Pair).ToFrozenDictionary(p => p.Key, p => p.Value);

    internal static FrozenDictionary<string, UnitWords> UnitTable(string table) => Pairs(table).ToFrozenDictionary(p => p.Key, p =>
    {
        var words = p.Value.Split('/');
        return new UnitWords(words[0], words[^1], p.Key is "m" or "cm" or "mm" or "km" or "nm" or "dm" or "µm" or "μm");
    });

    private static KeyValuePair<string, string> Pair(string pair)
    {
        var at = pair.IndexOf(" = ", StringComparison.Ordinal);
        return new(pair[..at].Trim(), pair[(at + 3)..]);
    }
}
