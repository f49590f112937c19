namespace Lectern.Platform.Localization;

/// <summary>
/// The plural form a number takes, named as in Unicode CLDR (<c>zero one two few many other</c>), for whole numbers.
/// https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
/// </summary>
public static class PluralCategory
{
    public const string One = "one";
    public const string Two = "two";
    public const string Few = "few";
    public const string Many = "many";
    public const string Other = "other";

    public static string Of(string languageTag, long count)
    {
        var n = Math.Abs(count);
        return Primary(languageTag) switch
        {
            "fr" or "pt" => n is 0 or 1 ? One : Other,
            "ja" or "zh" or "ko" or "vi" or "th" or "id" => Other,
            "ru" or "uk" => Slavic(n),
            "pl" => n == 1 ? One : Slavic(n) == One ? Many : Slavic(n),
            "cs" or "sk" => n == 1 ? One : n is >= 2 and <= 4 ? Few : Other,
            "ar" => Arabic(n),
            "he" => n == 1 ? One : n == 2 ? Two : Other,
            _ => n == 1 ? One : Other,
        };
    }

    private static string Slavic(long n)
    {
        if (n % 10 == 1 && n % 100 != 11)
            return One;
        return n % 10 is >= 2 and <= 4 && n % 100 is not (>= 12 and <= 14) ? Few : Many;
    }

    private static string Arabic(long n) => n switch
    {
        0 => "zero",
        1 => One,
        2 => Two,
        _ when n % 100 is >= 3 and <= 10 => Few,
        _ when n % 100 >= 11 => Many,
        _ => Other,
    };

    private static string Primary(string tag)
    {
        var dash = tag.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? tag : tag[..dash];
    }
}
