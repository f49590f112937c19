namespace Lectern.Ui.Parts;

/// <summary>What a coloured part means. Never said by colour alone: an icon or a word goes with it.</summary>
public enum Tone
{
    Neutral,
    Info,
    Success,
    Warning,
    Danger,
}

internal static class ToneCss
{
    public static string ToCss(this Tone tone) => tone switch
    {
        Tone.Info => "tone-info",
        Tone.Success => "tone-success",
        Tone.Warning => "tone-warning",
        Tone.Danger => "tone-danger",
        _ => "tone-neutral",
    };

    public static string ToIcon(this Tone tone) => tone switch
    {
        Tone.Success => "check",
        Tone.Warning or Tone.Danger => "warning",
        _ => "info",
    };
}
