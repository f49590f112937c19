namespace Lectern.Voice.Speech;

/// <summary>How an answer is spoken. The defaults work.</summary>
public sealed record SpeechOptions
{
    /// <summary>How far sound may be ahead of the player: what is sent cannot be taken back, and after an interruption it was for nothing.</summary>
    public TimeSpan Lead { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest piece of sound put out at once.</summary>
    public TimeSpan Chunk { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>After the sound was stopped: how long to wait for the player to say how far it got.</summary>
    public TimeSpan ReportPatience { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>A player that stands still for this long, with sound to play, no longer counts: the rest of the answer is shown.</summary>
    public TimeSpan StallPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A voice that gives nothing for this long has failed, and its phrase is only shown.</summary>
    public TimeSpan VoicePatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the voice may fail in one answer before the rest is only shown.</summary>
    public int FailuresPerAnswer { get; init; } = 2;

    /// <summary>A listener whose line is lost is waited for this long; then the rest of the answer is given as text.</summary>
    public TimeSpan AwayPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many phrases may wait to be spoken by a device with a voice of its own.</summary>
    public int PhrasesAhead { get; init; } = 2;

    /// <summary>The language of the answers, a BCP 47 tag.</summary>
    public string Language { get; init; } = "en";

    public VoiceProfile Voice { get; init; } = new();
}
