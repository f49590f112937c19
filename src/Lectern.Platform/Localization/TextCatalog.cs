using System.Reflection;
using System.Text.Json;

namespace Lectern.Platform.Localization;

/// <summary>
/// The texts of one language, by their English key; with context the key is <c>context|English</c>. A text with plural forms holds
/// one form per category of <see cref="PluralCategory"/> under the English singular.
/// </summary>
public sealed class TextCatalog
{
    private const string ResourcePrefix = "Lectern.Platform.Localization.Texts.";

    private readonly Dictionary<string, string> _texts = [];
    private readonly Dictionary<string, Dictionary<string, string>> _plurals = [];

    private TextCatalog(string tag) => Tag = tag;

    public string Tag { get; }

    /// <summary>Every key of the file.</summary>
    public IEnumerable<string> Keys => _texts.Keys.Concat(_plurals.Keys);

    public string? Find(string key) => _texts.GetValueOrDefault(key);

    public string? FindPlural(string key, long count)
    {
        if (!_plurals.TryGetValue(key, out var forms))
            return null;
        return forms.GetValueOrDefault(PluralCategory.Of(Tag, count)) ?? forms.GetValueOrDefault(PluralCategory.Other);
    }

    /// <summary>The catalogues that were built into the program: one per file under <c>Localization/Texts</c>.</summary>
    public static IReadOnlyList<TextCatalog> ReadEmbedded()
    {
        var assembly = typeof(TextCatalog).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name))];
    }

    /// <summary>Reads a catalogue from JSON: an object of texts, or of objects for plurals.</summary>
    /// <exception cref="JsonException">The file has another shape.</exception>
    public static TextCatalog Parse(string tag, Stream json)
    {
        var catalog = new TextCatalog(tag);
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false });
        foreach (var entry in document.RootElement.EnumerateObject())
            catalog.Add(entry);
        return catalog;
    }

    private void Add(JsonProperty entry)
    {
        if (entry.Value.ValueKind == JsonValueKind.String)
            _texts.Add(entry.Name, entry.Value.GetString() ?? "");
        else if (entry.Value.ValueKind == JsonValueKind.Object)
            _plurals.Add(entry.Name, entry.Value.EnumerateObject().ToDictionary(form => form.Name, form => form.Value.GetString() ?? ""));
        else
            throw new JsonException($"'{entry.Name}' is neither a text nor an object of plural forms.");
    }

    private static TextCatalog Read(Assembly assembly, string resource)
    {
        using var json = assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"No resource {resource}.");
        return Parse(resource[ResourcePrefix.Length..^".json".Length], json);
    }
}
