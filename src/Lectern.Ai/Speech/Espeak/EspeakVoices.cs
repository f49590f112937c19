namespace Lectern.Ai.Speech.Espeak;

/// <summary>A voice of the helper.</summary>
/// <param name="Languages">Tags with the voice's priority in them, 1 the highest.</param>
internal sealed record EspeakVoice(string Name, IReadOnlyDictionary<string, int> Languages);

/// <summary>The voices that the helper named in its greeting, and the choice among them.</summary>
/// <param name="Variants">Of timbre, put on any voice by <c>+</c>: <c>de+f3</c>.</param>
internal sealed record EspeakVoices(IReadOnlyList<EspeakVoice> Voices, IReadOnlyList<string> Variants)
{
    private const string Otherwise = "en";

    /// <summary>
    /// The helper's name for a voice: the wished one if it speaks the language, else the language's own, else English. Its variant is kept either way, so
    /// <c>+f3</c> alone means the language's own voice with that timbre.
    /// </summary>
    public string Choose(string wished, string language)
    {
        var parts = wished.Trim().Split('+', 2);
        var voice = Fitting(parts[0], language) ?? ForLanguage(language) ?? ForLanguage(Otherwise) ?? Voices[0];
        return parts.Length > 1 && Variants.Contains(parts[1], StringComparer.Ordinal) ? $"{voice.Name}+{parts[1]}" : voice.Name;
    }

    private EspeakVoice? Fitting(string name, string language) =>
        Voices.FirstOrDefault(voice => voice.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && voice.Languages.Keys.Any(tag => LanguageTag.Base(tag) == LanguageTag.Base(language)));

    // de-CH is spoken by a voice of de-CH, else of de, else of any German.
    private EspeakVoice? ForLanguage(string language) =>
        LanguageTag.Widening(language).Select(Best).FirstOrDefault(voice => voice is not null)
        ?? Voices.FirstOrDefault(voice => voice.Languages.Keys.Any(tag => LanguageTag.Base(tag) == LanguageTag.Base(language)));

    private EspeakVoice? Best(string tag) => Voices.Where(voice => voice.Languages.ContainsKey(tag)).MinBy(voice => voice.Languages[tag]);
}
