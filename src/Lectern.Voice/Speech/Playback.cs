namespace Lectern.Voice.Speech;

/// <summary>
/// Where the listener's player stands in an utterance's sound, in milliseconds: from its reports and, between and without them, from the
/// clock. A report that cannot be true, going back or ahead of what was sent or of the clock, is brought to what is possible.
/// </summary>
internal sealed class Playback
{
    // Clocks differ and messages bunch up.
    private const double ToleranceMs = 100;
    private const double EndMs = 30;

    // From our sending it to the ear, where nobody tells.
    private const double SupposedDelayMs = 250;
    private static readonly TimeSpan GraceWithReports = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GraceWithout = TimeSpan.FromMilliseconds(300);

    private double _sent;

    // A player without any delay: nobody can have heard more.
    private (double Position, TimeSpan At) _ideal;
    private (double Position, TimeSpan At) _anchor;
    private double _reported = -1;
    private TimeSpan _movedAt;
    private TimeSpan? _frozenAt;

    public double SentMs => _sent;

    public bool HasReports => _reported >= 0;

    public bool HasBegun => _sent > 0;

    /// <summary>Sound was sent up to this point.</summary>
    public void Send(double upTo, TimeSpan now)
    {
        if (!HasBegun)
            _movedAt = now;
        // A player that has run empty begins anew with what comes now.
        _ideal = (IdealAt(now), now);
        _anchor = (At(now), now);
        if (At(now) >= _sent)
            _movedAt = now;
        _sent = Math.Max(_sent, upTo);
    }

    public double At(TimeSpan now) => Math.Max(Math.Max(0, _reported), Run(_anchor, _frozenAt ?? now));

    /// <summary>What has been heard in any case, whatever a later report says.</summary>
    public double SurelyAt(TimeSpan now) => HasReports ? _reported : Math.Max(0, At(now) - SupposedDelayMs);

    public void Report(double ms, TimeSpan now)
    {
        if (!double.IsFinite(ms))
            return;
        var possible = Math.Min(_sent, IdealAt(now) + ToleranceMs);
        var position = Math.Clamp(ms, Math.Min(Math.Max(0, _reported), possible), possible);
        if (position > _reported)
            _movedAt = now;
        _reported = position;
        _anchor = (position, now);
    }

    /// <summary>The sound was stopped: nothing is heard from now on. What was heard is what was reported; without any report, what the clock says.</summary>
    public void Freeze(TimeSpan now)
    {
        if (_frozenAt is not null)
            return;
        _frozenAt = now;
        _anchor = (SurelyAt(now), now);
    }

    /// <summary>The player goes on at this place.</summary>
    public void Restart(double position, TimeSpan now)
    {
        _frozenAt = null;
        _sent = position;
        _ideal = _anchor = (position, now);
        _reported = HasReports ? position : -1;
        _movedAt = now;
    }

    /// <summary>All that was sent has been heard.</summary>
    public bool IsAtEnd(TimeSpan now) =>
        _reported >= _sent - EndMs || (Run(_anchor, now) >= _sent && now >= EndsAt);

    /// <summary>When the end counts as reached although nobody says so.</summary>
    public TimeSpan EndsAt => _anchor.At + TimeSpan.FromMilliseconds(_sent - _anchor.Position) + (HasReports ? GraceWithReports : GraceWithout);

    /// <summary>When the player will stand so far before the end of what was sent.</summary>
    public TimeSpan WhenAhead(double ms) => _anchor.At + TimeSpan.FromMilliseconds(Math.Max(0, _sent - ms - _anchor.Position));

    /// <summary>When a player that reports standing still will have done so for this long.</summary>
    public TimeSpan StalledAt(TimeSpan patience) => HasReports && _reported < _sent - EndMs ? _movedAt + patience : TimeSpan.MaxValue;

    private double IdealAt(TimeSpan now) => Run(_ideal, now);

    private double Run((double Position, TimeSpan At) from, TimeSpan now) => Math.Min(_sent, from.Position + Math.Max(0, (now - from.At).TotalMilliseconds));
}
