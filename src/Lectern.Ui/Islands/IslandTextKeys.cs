using System.Collections.Concurrent;
using System.Text.Json;
using Lectern.Platform.Localization;

namespace Lectern.Ui.Islands;

/// <summary>The texts of the live parts: each lists its English texts in <c>src/web/NAME/texts.json</c>.</summary>
internal static class IslandTextKeys
{
    private static readonly ConcurrentDictionary<string, string[]> Known = [];

    /// <summary>A JSON object of translations by English text. The serializer escapes &lt; and &gt;, so that no text can end the script element.</summary>
    /// <exception cref="KeyNotFoundException">The live part has no texts.json.</exception>
    public static string Json(string island, Texts texts) => JsonSerializer.Serialize(
        Known.GetOrAdd(island, Read).Select(key => (Key: key, Text: texts[key])).Where(entry => entry.Key != entry.Text).ToDictionary(entry => entry.Key, entry => entry.Text));

    private static string[] Read(string island)
    {
        using var json = typeof(IslandTextKeys).Assembly.GetManifestResourceStream($"Lectern.Ui.Islands.{island}/texts.json")
            ?? throw new KeyNotFoundException($"There is no src/web/{island}/texts.json.");
        return JsonSerializer.Deserialize<string[]>(json) ?? [];
    }
}
