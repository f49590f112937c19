using System.Globalization;

namespace Lectern.Platform.Localization;

/// <summary>A language in which the pages can be read.</summary>
/// <param name="Tag">BCP 47, such as <c>de</c>; what the cookie, the claim and <c>?lang=</c> carry.</param>
/// <param name="Name">Its name in itself, such as "Deutsch".</param>
/// <param name="IsPseudo">A test language made from the English texts: never offered to a school.</param>
public sealed record Language(string Tag, string Name, bool IsRightToLeft, bool IsPseudo = false)
{
    public static Language English { get; } = new("en", "English", IsRightToLeft: false);

    /// <summary>Accented and a third longer, in ⟦…⟧: shows text that was never translated and layouts that are too tight.</summary>
    public static Language Pseudo { get; } = new("qps-ploc", "⟦Þšéúđö⟧", IsRightToLeft: false, IsPseudo: true);

    /// <summary>The same, right to left.</summary>
    public static Language PseudoMirrored { get; } = new("qps-plocm", "⟦Þšéúđö ⇄⟧", IsRightToLeft: true, IsPseudo: true);

    /// <summary><c>ltr</c> or <c>rtl</c>, for the attribute <c>dir</c>.</summary>
    public string Direction => IsRightToLeft ? "rtl" : "ltr";

    /// <summary>For the attribute <c>lang</c>: the tag, or a private English variant, so that screen readers keep an English voice.</summary>
    public string HtmlTag => IsPseudo ? (IsRightToLeft ? "en-XB" : "en-XA") : Tag;

    /// <summary>A language whose name and direction come from the operating system's data.</summary>
    public static Language FromTag(string tag)
    {
        var culture = CultureInfo.GetCultureInfo(tag);
        return new Language(tag, culture.TextInfo.ToTitleCase(culture.NativeName), culture.TextInfo.IsRightToLeft);
    }

    /// <summary>
    /// The culture for dates and numbers: the school's own variant of the language (<c>de-CH</c>, <c>en-US</c>) where it has one.
    /// </summary>
    public CultureInfo CultureFor(string? schoolLocale)
    {
        var tag = IsPseudo ? "en" : Tag;
        var isVariant = schoolLocale is not null && (schoolLocale == tag || schoolLocale.StartsWith(tag + "-", StringComparison.OrdinalIgnoreCase));
        return CultureInfo.GetCultureInfo(isVariant ? schoolLocale! : tag);
    }
}
