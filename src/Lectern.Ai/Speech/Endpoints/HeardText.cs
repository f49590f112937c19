using System.Text;

namespace Lectern.Ai.Speech.Endpoints;

/// <summary>What a transcription is held to: models invent words where there is silence or noise.</summary>
internal static class HeardText
{
    private const int MaxLength = 2_000;

    // Fast speech has about 20 characters a second. The allowance is for short recordings that were cut close.
    private const double CharactersPerSecond = 30;
    private const int Allowance = 20;

    /// <summary>Without superfluous space and control characters, at most 2,000 UTF-16 code units; empty where nobody can have said so much in the time.</summary>
    public static string Plausible(string text, TimeSpan recording)
    {
        var heard = Tidy(text);
        return heard.Length > (recording.TotalSeconds * CharactersPerSecond) + Allowance ? "" : Cut(heard);
    }

    private static string Tidy(string text)
    {
        var tidy = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (!char.IsWhiteSpace(letter) && !char.IsControl(letter))
                tidy.Append(letter);
            else if (tidy.Length > 0 && tidy[^1] != ' ')
                tidy.Append(' ');
        }
        return tidy.ToString().TrimEnd();
    }

    private static string Cut(string text) => text.Length <= MaxLength ? text : text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
}
