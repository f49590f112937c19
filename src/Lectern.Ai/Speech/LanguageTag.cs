namespace Lectern.Ai.Speech;

/// <summary>What is needed of BCP 47 tags.</summary>
internal static class LanguageTag
{
    /// <summary>Lower case, parted by hyphens.</summary>
    public static string Normal(string tag) => tag.Trim().Replace('_', '-').ToLowerInvariant();

    /// <summary>The language alone: <c>de</c> of <c>de-AT</c>.</summary>
    public static string Base(string tag) => Normal(tag).Split('-', 2)[0];

    /// <summary>The tag, then without its last part, and so on down to the language alone.</summary>
    public static IEnumerable<string> Widening(string tag)
    {
        for (var rest = Normal(tag); rest.Length > 0; rest = rest[..Math.Max(0, rest.LastIndexOf('-'))])
            yield return rest;
    }
}
