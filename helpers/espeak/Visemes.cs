// SPDX-License-Identifier: GPL-3.0-or-later
namespace Lectern.Espeak;

/// <summary>
/// The shapes of the mouth by the order of Khronos' XR_META_face_tracking_visemes: sil PP FF TH DD kk CH SS nn RR aa E I O U, 0 to 14.
/// </summary>
internal static class Visemes
{
    public const int Silence = 0;

    // By index; the groups follow Meta's reference chart of visemes, extended to the sounds of other languages.
    private static readonly string[] Sounds =
    [
        "", "p b m", "f v ɸ β ʋ pf", "θ ð", "t d ɾ ɖ ʈ ɟ", "k ɡ g c q ɢ", "tʃ dʒ ʧ ʤ ts dz ʦ ʣ ʨ ʥ tɕ dʑ", "s z ʃ ʒ ʂ ʐ ɕ ʑ ç x ɣ χ", "n ŋ ɲ ɳ ɴ", "ɹ r l ɚ ɻ ʁ ɽ ʎ ɫ ɭ ʀ ɝ",
        "a ɑ ɐ ɒ æ ʌ", "e ɛ ə ɜ œ ɞ ɘ", "i ɪ ɨ y j ᵻ ʏ", "o ɔ ø ɤ ɵ", "u ʊ w ɯ ɰ ɥ ʍ ʉ",
    ];

    private static readonly Dictionary<string, int> BySound =
        Sounds.SelectMany((list, viseme) => list.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(sound => (sound, viseme))).ToDictionary(pair => pair.sound, pair => pair.viseme);

    private static readonly string[] Pauses = ["", "''", "_", "_:", "_^_", "|"];

    /// <summary>The shapes of one phoneme, two for a diphthong; none where the mouth stays as it is (h, a glottal stop, marks of stress and length).</summary>
    public static List<int> Of(string ipa)
    {
        if (Pauses.Contains(ipa.Trim(), StringComparer.Ordinal))
            return [Silence];
        var visemes = new List<int>();
        for (var at = 0; at < ipa.Length; at++)
        {
            if (at + 1 < ipa.Length && BySound.TryGetValue(ipa.Substring(at, 2), out var viseme))
                at++;
            else if (!BySound.TryGetValue(ipa.Substring(at, 1), out viseme))
                continue;
            if (visemes.Count == 0 || visemes[^1] != viseme)
                visemes.Add(viseme);
        }
        return visemes;
    }
}
