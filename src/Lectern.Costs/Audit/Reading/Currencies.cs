using System.Collections.Frozen;

namespace Lectern.Costs.Audit.Reading;

/// <summary>Money by its symbol or its ISO 4217 code.</summary>
internal static class Currencies
{
    private static readonly FrozenDictionary<char, string> Symbols = new Dictionary<char, string>
    {
        ['$'] = "USD", ['€'] = "EUR", ['£'] = "GBP", ['¥'] = "JPY", ['₹'] = "INR", ['₽'] = "RUB", ['₩'] = "KRW", ['₺'] = "TRY", ['₫'] = "VND", ['₴'] = "UAH", ['₦'] = "NGN", ['₱'] = "PHP", ['฿'] = "THB", ['₪'] = "ILS",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Codes = FrozenSet.ToFrozenSet(
        ["USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "TRY", "RUB", "UAH", "BRL", "MXN", "ARS", "CLP", "COP", "ZAR", "NGN", "KES", "EGP", "AED", "SAR", "QAR", "ILS", "KRW", "THB", "IDR", "MYR", "PHP", "SGD", "HKD", "TWD", "VND", "PKR", "BDT"],
        StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["kr"] = "kr", ["zł"] = "PLN", ["Kč"] = "CZK", ["Ft"] = "HUF", ["Fr"] = "CHF", ["SFr"] = "CHF", ["Rs"] = "INR", ["euro"] = "EUR", ["euros"] = "EUR", ["dollar"] = "USD", ["dollars"] = "USD", ["pounds"] = "GBP",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static bool IsSymbol(char letter) => Symbols.ContainsKey(letter);

    public static string? OfSymbol(char letter) => Symbols.GetValueOrDefault(letter);

    /// <summary>"EUR", "zł", "kr"; null for any other word.</summary>
    public static string? OfWord(ReadOnlySpan<char> word) =>
        word.Length is < 2 or > 7 ? null : Words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var named) ? named : Codes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var code) ? code : null;

    /// <summary>A letter or two before the dollar: US$, A$, R$.</summary>
    public static string OfDollar(ReadOnlySpan<char> before) => before switch
    {
        "A" or "AU" => "AUD",
        "C" or "CA" => "CAD",
        "R" => "BRL",
        "NZ" => "NZD",
        "HK" => "HKD",
        "S" => "SGD",
        _ => "USD",
    };

    /// <summary>Where this currency stands before the number, a comma groups thousands: no country at home in it writes decimals by comma.</summary>
    public static bool GroupsByComma(string? currency) => currency is "USD" or "GBP" or "INR" or "JPY" or "AUD" or "CAD" or "NZD" or "HKD" or "SGD" or "PHP" or "NGN" or "ILS" or "THB";
}
