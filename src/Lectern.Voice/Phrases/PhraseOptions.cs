namespace Lectern.Voice.Phrases;

/// <summary>How long phrases are.</summary>
public sealed record PhraseOptions
{
    /// <summary>The first phrase ends at the first clause or sentence end with at least this many characters before it.</summary>
    public int FirstCharacters { get; init; } = 8;

    /// <summary>The first phrase ends after this many words if no clause ended before.</summary>
    public int FirstWords { get; init; } = 12;

    /// <summary>
    /// A longer phrase is cut, after a clause if one ended in its second half, else between two words. Open emphasis or code may
    /// take it to twice this, an open formula or a text without a place to cut (an address, a key) to four times.
    /// </summary>
    public int MaxCharacters { get; init; } = 240;
}
