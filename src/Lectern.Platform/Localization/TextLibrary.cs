using System.Diagnostics.Metrics;
using Lectern.Platform.Schools;

namespace Lectern.Platform.Localization;

/// <summary>All languages and their texts. One per process.</summary>
public sealed class TextLibrary
{
    private readonly Dictionary<string, TextCatalog> _catalogs;
    private readonly TimeProvider _time;
    private readonly Counter<long>? _missing;

    /// <param name="withPseudo">Whether the two test languages are offered too.</param>
    public TextLibrary(IEnumerable<TextCatalog> catalogs, TimeProvider time, bool withPseudo, IMeterFactory? meters = null)
    {
        _catalogs = catalogs.ToDictionary(catalog => catalog.Tag, StringComparer.OrdinalIgnoreCase);
        _time = time;
        _missing = meters?.Create("Lectern.Platform").CreateCounter<long>("lectern.texts.missing", description: "Texts shown in English for want of a translation.");
        Language[] pseudo = withPseudo ? [Language.Pseudo, Language.PseudoMirrored] : [];
        Languages = [Language.English, .. _catalogs.Keys.Select(Language.FromTag), .. pseudo];
    }

    /// <summary>The languages offered to people, English first.</summary>
    public IReadOnlyList<Language> Languages { get; }

    /// <summary>The language of a tag, or of the tag's first part (<c>de-CH</c> finds <c>de</c>).</summary>
    public Language? Find(string? tag)
    {
        if (string.IsNullOrWhiteSpace(tag))
            return null;
        return Languages.FirstOrDefault(language => language.Tag.Equals(tag, StringComparison.OrdinalIgnoreCase))
            ?? Languages.FirstOrDefault(language => tag.StartsWith(language.Tag + "-", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// The texts of a language, for work without a request, such as mail. A tag that is not offered gives the school's language, else English.
    /// </summary>
    public Texts For(string? tag, School? school) => For(Find(tag) ?? Find(school?.Locale) ?? Language.English, school);

    public Texts For(Language language, School? school) => new(this, language, school, _time);

    internal string Translate(Language language, string key, string english)
    {
        if (language.IsPseudo)
            return PseudoText.Of(english);
        if (!_catalogs.TryGetValue(language.Tag, out var catalog))
            return english;
        return catalog.Find(key) ?? Missing(language, english);
    }

    internal string TranslatePlural(Language language, long count, string one, string other)
    {
        var english = PluralCategory.Of("en", count) == PluralCategory.One ? one : other;
        if (language.IsPseudo)
            return PseudoText.Of(english);
        if (!_catalogs.TryGetValue(language.Tag, out var catalog))
            return english;
        return catalog.FindPlural(one, count) ?? Missing(language, english);
    }

    private string Missing(Language language, string english)
    {
        _missing?.Add(1, new KeyValuePair<string, object?>("language", language.Tag));
        return english;
    }
}
