using System.Globalization;
using System.Text.RegularExpressions;

namespace Lectern.Costs.Planning.Input;

/// <summary>Reads figures as plans write them, such as <c>15 min</c>, <c>80 %</c> or <c>1.5 TB</c>. Whatever could be meant in two ways is refused.</summary>
internal static partial class QuantityText
{
    // Marks what is divided by 60: a sixtieth has no end as a decimal.
    private const decimal Second = -60;

    private static readonly Dictionary<PlanUnit, (string Example, Dictionary<string, decimal> Spellings)> Units = new()
    {
        [PlanUnit.Count] = ("600", new() { [""] = 1 }),
        [PlanUnit.Share] = ("80 %", new() { ["%"] = 0.01m }),
        [PlanUnit.Time] = ("15 min", new() { ["s"] = Second, ["min"] = 1, ["h"] = 60 }),
        [PlanUnit.Data] = ("20 GB", new() { ["KB"] = 1m / 1024 / 1024, ["MB"] = 1m / 1024, ["GB"] = 1, ["TB"] = 1024, ["PB"] = 1024 * 1024 }),
        [PlanUnit.DataPerMonth] = ("5 GB/month", new() { ["KB/month"] = 1m / 1024 / 1024, ["MB/month"] = 1m / 1024, ["GB/month"] = 1, ["TB/month"] = 1024, ["PB/month"] = 1024 * 1024 }),
        [PlanUnit.Tokens] = ("800 tokens", new() { ["token"] = 1, ["tokens"] = 1 }),
        [PlanUnit.Months] = ("12 months", new() { ["month"] = 1, ["months"] = 1, ["year"] = 12, ["years"] = 12, ["day"] = 12m / 365, ["days"] = 12m / 365 }),
    };

    /// <summary>How a figure of this unit is written.</summary>
    public static string Example(PlanUnit unit, string currency = "USD") => unit switch
    {
        PlanUnit.Money => $"57 {currency}",
        PlanUnit.MoneyPerMonth => $"57 {currency}/month",
        _ => Units[unit].Example,
    };

    /// <summary>The units a figure may be written with, for the schema; empty for a bare number.</summary>
    public static IReadOnlyCollection<string> Spellings(PlanUnit unit) => unit switch
    {
        PlanUnit.Money => ["USD", "EUR"],
        PlanUnit.MoneyPerMonth => ["USD/month", "EUR/month"],
        _ => Units[unit].Spellings.Keys,
    };

    /// <summary>Reads one figure.</summary>
    /// <returns>The problem, in words; null when <paramref name="value"/> was read. <paramref name="currency"/> is that of an amount of money.</returns>
    public static string? Read(string text, PlanUnit unit, out decimal value, out string currency)
    {
        (value, currency) = (0, "");
        var written = text.Trim();
        if (Foreign(written) is { } trouble)
            return $"'{text}' {trouble}; write it as {Example(unit)}";
        var match = Figure().Match(written);
        if (!match.Success || !decimal.TryParse(match.Groups["number"].ValueSpan, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return $"'{text}' is not a figure; write it as {Example(unit)}";
        if (number < 0)
            return $"'{text}' is negative";
        return Convert(text, match.Groups["unit"].Value, unit, number, out value, out currency);
    }

    private static string? Convert(string text, string spelling, PlanUnit unit, decimal number, out decimal value, out string currency)
    {
        (value, currency) = (0, "");
        if (unit is PlanUnit.Money or PlanUnit.MoneyPerMonth)
        {
            currency = spelling.Split('/')[0];
            value = number;
            return Spellings(unit).Contains(spelling) ? null : spelling.Length == 0 ? $"'{text}' has no unit; write it as {Example(unit)}" : $"'{spelling}' is not a unit for this figure; write it as {Example(unit)}";
        }
        var spellings = Units[unit].Spellings;
        if (!spellings.TryGetValue(spelling, out var factor))
            return spelling.Length == 0 ? $"'{text}' has no unit; write it as {Example(unit)}" : $"'{spelling}' is not a unit for this figure; write it as {Example(unit)}{Choices(spellings)}";
        value = factor == Second ? number / 60 : number * factor;
        return null;
    }

    private static string Choices(Dictionary<string, decimal> spellings) => spellings.Count > 1 ? $" (units: {string.Join(", ", spellings.Keys)})" : "";

    // Each is seen in people's tables; guessing what it means is how estimates go wrong.
    private static string? Foreign(string text) => text switch
    {
        "" => "is empty",
        _ when text.Contains('~', StringComparison.Ordinal) || text.Contains('≈', StringComparison.Ordinal) => "is approximate: give a range, [low, high]",
        _ when Symbol().IsMatch(text) => "has a currency sign",
        _ when Comma().IsMatch(text) => "has a comma: a point separates decimals, nothing separates thousands",
        _ when Points().IsMatch(text) => "has more than one point",
        _ when Dash().IsMatch(text) => "looks like a range: write [low, high]",
        _ => null,
    };

    [GeneratedRegex(@"^(?<number>[+-]?\d+(\.\d+)?)\s*(?<unit>[%\p{L}/]*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Figure();

    [GeneratedRegex(@"[$€£¥₹]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Symbol();

    [GeneratedRegex(@"\d\s*[,'’]\s*\d", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Comma();

    [GeneratedRegex(@"\d\.\d+\.\d", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Points();

    [GeneratedRegex(@"\d\s*\S*\s*[-–—]\s*\d", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Dash();
}
