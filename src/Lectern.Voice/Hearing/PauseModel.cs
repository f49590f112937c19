namespace Lectern.Voice.Hearing;

/// <summary>
/// How long a pause ends a turn: learned from the pauses after which this speaker went on, and shortened or lengthened by what was said so
/// far, where that is known.
/// </summary>
internal sealed class PauseModel(HearingOptions options)
{
    private const double Weight = 0.3;

    // Somewhat longer than a usual pause, so that half of them do not end the turn.
    private const double Margin = 1.3;

    private double _usualMs = 330;

    /// <summary>The speaker went on after this pause.</summary>
    public void WentOn(TimeSpan pause)
    {
        if (pause >= options.ShortestPause && pause <= options.LongestPause)
            _usualMs += Weight * (pause.TotalMilliseconds - _usualMs);
    }

    /// <summary>A turn was over: who makes no pauses is waited for less.</summary>
    public void Finished(int pauses)
    {
        if (pauses == 0)
            _usualMs += Weight * 0.5 * (options.ShortestPause.TotalMilliseconds / Margin - _usualMs);
    }

    /// <summary>How long to wait after these words.</summary>
    public TimeSpan WaitAfter(string words)
    {
        if (SpokenWords.GoesOn(words))
            return options.LongestPause;
        var usual = TimeSpan.FromMilliseconds(_usualMs * Margin);
        return usual < options.ShortestPause ? options.ShortestPause : usual > options.LongestUsualPause ? options.LongestUsualPause : usual;
    }
}
