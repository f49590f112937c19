namespace Lectern.Voice.Speech;

/// <summary>
/// What of an utterance's text is heard when: text ↔ sound. Times are milliseconds of the utterance's own sound, places are characters of
/// its text. A word counts as heard once it was played to its end, which is where the next one begins.
/// </summary>
internal sealed class Ledger
{
    // Of speech whose length is not known yet: about 150 words a minute.
    private const double CharactersPerSecond = 14;

    private readonly List<Entry> _entries = [];

    /// <summary>Characters that count as heard in any case, having been given before there was sound.</summary>
    public int Before { get; init; }

    /// <summary>A phrase begins to sound.</summary>
    /// <param name="place">Its place in the utterance's text.</param>
    /// <param name="skipped">How much of the phrase stands before what is spoken of it.</param>
    public void Begin(int index, int place, string phrase, SpokenText spoken, int fromMs, double pace, int skipped = 0)
    {
        var guess = (int)(spoken.Text.Length / CharactersPerSecond / pace * 1000);
        _entries.Add(new Entry(index, place, phrase, spoken) { Skipped = skipped, FromMs = fromMs, Milliseconds = guess, Words = Spread(spoken, guess) });
    }

    /// <summary>Its times are known: from the voice, or, without <paramref name="words"/>, its length alone.</summary>
    /// <param name="words">In the spoken text, from the phrase's beginning.</param>
    public void Time(int index, int milliseconds, IReadOnlyList<WordMark>? words)
    {
        var entry = _entries.First(e => e.Index == index);
        entry.Milliseconds = milliseconds;
        entry.Words = words is { Count: > 0 } ? [.. words.OrderBy(word => word.Milliseconds)] : Spread(entry.Spoken, milliseconds);
    }

    /// <summary>All its sound is there, and it is this long, whatever was told or supposed before; the times of its words stay.</summary>
    public void End(int index, int milliseconds) => _entries.First(e => e.Index == index).Milliseconds = milliseconds;

    /// <summary>Characters of the utterance's text that were heard when this much of its sound was played.</summary>
    public int HeardAt(int playedMs) => FirstUnheard(playedMs) is { } word ? word.Place : _entries.Count == 0 ? Before : _entries[^1].End;

    /// <summary>Where in the sound to go on after an interruption: at the beginning of the first word that was not heard.</summary>
    public int ResumeAt(int playedMs) => Math.Min(playedMs, FirstUnheard(playedMs)?.Milliseconds ?? playedMs);

    /// <summary>The marks of a phrase: words at their places in the phrase, times from the utterance's beginning.</summary>
    public IReadOnlyList<WordMark> WordsOf(int index)
    {
        var entry = _entries.First(e => e.Index == index);
        return [.. entry.Words.Select(word =>
        {
            var (start, length) = entry.Spoken.InPhrase(word.Start, word.Length);
            return new WordMark(entry.FromMs + word.Milliseconds, entry.Skipped + start, length);
        })];
    }

    /// <summary>A phrase as written, and its place in the utterance's text.</summary>
    public (string Text, int Place) PhraseOf(int index)
    {
        var entry = _entries.First(e => e.Index == index);
        return (entry.Phrase, entry.Place);
    }

    /// <summary>When a phrase begins.</summary>
    public int FromOf(int index) => _entries.First(e => e.Index == index).FromMs;

    private (int Place, int Milliseconds)? FirstUnheard(int playedMs)
    {
        foreach (var entry in _entries)
        {
            if (entry.FromMs + entry.Milliseconds <= playedMs)
                continue;
            for (var i = 0; i < entry.Words.Length; i++)
            {
                var end = i + 1 < entry.Words.Length ? entry.Words[i + 1].Milliseconds : entry.Milliseconds;
                if (entry.FromMs + end > playedMs)
                    return (i == 0 ? entry.Start : entry.Start + entry.Spoken.InPhrase(entry.Words[i].Start, 1).Start, entry.FromMs + entry.Words[i].Milliseconds);
            }
            return (entry.Start, entry.FromMs);
        }
        return null;
    }

    /// <summary>Words spread over the time by their length, where nobody tells better.</summary>
    private static WordMark[] Spread(SpokenText spoken, int milliseconds)
    {
        var text = spoken.Text;
        var words = new List<WordMark>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ' ' || (i > 0 && text[i - 1] != ' '))
                continue;
            var end = text.IndexOf(' ', i);
            words.Add(new WordMark((int)((long)milliseconds * i / text.Length), i, (end < 0 ? text.Length : end) - i));
        }
        return [.. words];
    }

    private sealed class Entry(int index, int place, string phrase, SpokenText spoken)
    {
        public int Index => index;

        public string Phrase => phrase;

        public int Place => place;

        /// <summary>Where in the utterance's text its sound begins.</summary>
        public int Start => place + Skipped;

        public int End => place + phrase.Length;

        public SpokenText Spoken => spoken;

        public int FromMs { get; init; }

        public int Skipped { get; init; }

        public int Milliseconds { get; set; }

        public WordMark[] Words { get; set; } = [];
    }
}
