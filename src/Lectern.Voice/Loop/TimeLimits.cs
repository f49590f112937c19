namespace Lectern.Voice.Loop;

/// <summary>When a conversation is warned and ended for its length or for idleness. All times count from the loop's beginning.</summary>
internal sealed class TimeLimits
{
    private readonly ConversationOptions _options;
    private readonly TimeSpan _end;
    private readonly Queue<TimeSpan> _durationWarnings;
    private TimeSpan _lastActivity;
    private bool _isIdleWarned;

    /// <param name="lastedBefore">How long the conversation had lasted when the loop began.</param>
    public TimeLimits(ConversationOptions options, TimeSpan lastedBefore)
    {
        _options = options;
        _end = options.MaxDuration - lastedBefore;
        // A conversation taken up again is told once how little is left, not once for each warning missed.
        var ahead = options.DurationWarnings.OrderDescending().ToList();
        ahead.RemoveAll(w => w >= options.MaxDuration);
        var missed = ahead.Count(w => _end - w < TimeSpan.Zero);
        _durationWarnings = new Queue<TimeSpan>(ahead.Skip(Math.Max(0, missed - 1)));
    }

    public void Touch(TimeSpan now)
    {
        _lastActivity = now;
        _isIdleWarned = false;
    }

    /// <summary>The reason to end now, if there is one.</summary>
    public EndReason? EndAt(TimeSpan now, bool isBusy) =>
        now >= _end ? EndReason.Duration : !isBusy && now >= IdleEnd ? EndReason.Idle : null;

    /// <summary>The warning to give now, if one is due; each is given once, that of idleness once for each time of idleness.</summary>
    public (TimeSpan Remaining, TimeLimit Limit)? WarnAt(TimeSpan now, bool isBusy)
    {
        if (_durationWarnings.TryPeek(out var warning) && now >= _end - warning)
        {
            _durationWarnings.Dequeue();
            return (_end - now, TimeLimit.Duration);
        }
        if (isBusy || !WarnsIdle || now < IdleEnd - _options.IdleWarning)
            return null;
        _isIdleWarned = true;
        return (IdleEnd - now, TimeLimit.Idle);
    }

    public TimeSpan NextDue(bool isBusy)
    {
        var due = _durationWarnings.TryPeek(out var warning) ? _end - warning : _end;
        var idle = isBusy ? TimeSpan.MaxValue : WarnsIdle ? IdleEnd - _options.IdleWarning : IdleEnd;
        return due < idle ? due : idle;
    }

    private TimeSpan IdleEnd => _lastActivity + _options.IdleTimeout;

    private bool WarnsIdle => !_isIdleWarned && _options.IdleWarning > TimeSpan.Zero && _options.IdleWarning < _options.IdleTimeout;
}
