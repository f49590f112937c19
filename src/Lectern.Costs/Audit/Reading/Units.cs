using System.Collections.Frozen;

namespace Lectern.Costs.Audit.Reading;

/// <summary>Words for units in their plain form, so that "hrs" meets "hour" and "TB" meets "GB".</summary>
internal static class Units
{
    private static readonly FrozenDictionary<string, string> Aliases = Build(
        ("hour", "h hr hrs hours std stunde stunden heure heures hora horas"), ("minute", "min mins minutes minuten minuto minutos"), ("second", "s sec secs seconds sekunde sekunden"), ("millisecond", "ms milliseconds"),
        ("gb", "gib gigabyte gigabytes gb-month gb-monat gb-mo go"), ("tb", "tib terabyte terabytes to"), ("mb", "mib megabyte megabytes mo"), ("pb", "pib petabyte petabytes"), ("gbsecond", "gb-second gb-seconds gb-s gbs"),
        ("character", "char chars characters zeichen"), ("request", "req reqs requests anfragen calls call invocation invocations execution executions"), ("message", "msg msgs messages nachrichten"), ("mail", "email emails e-mail e-mails mails"),
        ("token", "tokens"), ("instance", "instances vm vms server servers machine machines node nodes"), ("user", "users benutzer utilisateurs"), ("student", "students schüler"), ("seat", "seats licence licences license licenses lizenz lizenzen"),
        ("operation", "op ops operations transactions transaction"), ("day", "days tag tage jour jours"), ("month", "mo mos months monat monate mois mes meses mth"), ("year", "yr yrs years jahr jahre an ans año años annum"), ("quarter", "quarters quartal"),
        ("week", "weeks woche wochen"), ("acu", "acus"), ("query", "queries"));

    private static readonly FrozenDictionary<string, decimal> Bytes = new Dictionary<string, decimal> { ["mb"] = 0.001m, ["tb"] = 1_000m, ["pb"] = 1_000_000m }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, decimal> ScaleWords = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase)
    {
        ["k"] = 1e3m, ["thousand"] = 1e3m, ["tsd"] = 1e3m, ["million"] = 1e6m, ["millions"] = 1e6m, ["millionen"] = 1e6m, ["mio"] = 1e6m, ["mn"] = 1e6m, ["m"] = 1e6m, ["billion"] = 1e9m, ["bn"] = 1e9m, ["mrd"] = 1e9m, ["lakh"] = 1e5m, ["crore"] = 1e7m,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The unit's plain form and what to multiply a number by so that it counts in it; the third is what those say who count 1,024.</summary>
    public static (string Unit, decimal Scale, decimal OtherScale) Plain(string word)
    {
        var lower = word.Trim('-', '.').ToLowerInvariant();
        var plain = Aliases.TryGetValue(lower, out var known) ? known : Singular(lower);
        return Bytes.TryGetValue(plain, out var scale) ? ("gb", scale, plain == "pb" ? 1.048576m : 1.024m) : (plain, 1, 1);
    }

    public static bool IsKnown(string word) => Aliases.ContainsKey(word.ToLowerInvariant());

    public static decimal? ScaleOf(ReadOnlySpan<char> word) => ScaleWords.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var scale) ? scale : null;

    public static Period PeriodOf(string unit) => unit switch
    {
        "day" => Period.Day,
        "month" => Period.Month,
        "quarter" => Period.Quarter,
        "year" => Period.Year,
        _ => Period.None,
    };

    private static string Singular(string word) => word.Length > 3 && word[^1] == 's' && word[^2] != 's' ? word[..^1] : word;

    private static FrozenDictionary<string, string> Build(params (string Plain, string Words)[] units) =>
        units.SelectMany(unit => unit.Words.Split(' ').Append(unit.Plain).Select(word => (word, unit.Plain))).DistinctBy(pair => pair.word).ToFrozenDictionary(pair => pair.word, pair => pair.Plain);
}
