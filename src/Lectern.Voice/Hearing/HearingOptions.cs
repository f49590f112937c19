namespace Lectern.Voice.Hearing;

/// <summary>How it is decided that somebody speaks, has finished, or speaks over an answer. The defaults work.</summary>
public sealed record HearingOptions
{
    /// <summary>The language expected, a BCP 47 tag; empty for any.</summary>
    public string Language { get; init; } = "";

    /// <summary>After this long a pause what was said is sent to be written down, in case it was all.</summary>
    public TimeSpan ShortestPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause that is waited for because of the speaker's habits.</summary>
    public TimeSpan LongestUsualPause { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>After this long a pause the turn is over in any case; waited for where a sentence plainly goes on ("because …").</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMilliseconds(1200);

    /// <summary>After so much speech our own sound becomes soft.</summary>
    public TimeSpan DuckAfter { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>After so much speech our own sound stops.</summary>
    public TimeSpan StopAfter { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Or after so many recognised words, where words are recognised while they are spoken.</summary>
    public int StopWords { get; init; } = 2;

    /// <summary>Speech shorter than this is a noise and is not written down.</summary>
    public TimeSpan ShortestSpeech { get; init; } = TimeSpan.FromMilliseconds(120);

    /// <summary>Speech longer than this is written down in pieces.</summary>
    public TimeSpan LongestPiece { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Nothing is spoken for longer than this in one turn; what was said up to there is taken as the turn.</summary>
    public TimeSpan LongestTurn { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A transcription that takes longer has failed.</summary>
    public TimeSpan TranscriptionPatience { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>How long our own sound lingers in a microphone that does not cancel it.</summary>
    public TimeSpan EchoTail { get; init; } = TimeSpan.FromMilliseconds(300);
}
