using Lectern.Platform.Data;
using Lectern.Voice;
using Lectern.Voice.Journal;
using Microsoft.Extensions.Logging;

namespace Lectern.Tutoring.Live;

/// <summary>How a session ends on this node, and what is then still to be stored.</summary>
internal sealed partial class LiveSession
{
    /// <summary>How long a client waits for the database to hear that its session is over.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan CatchUpEvery = TimeSpan.FromSeconds(1);

    /// <summary>Longer than an outage that is worth waiting for; what is held until then is bounded by the conversation.</summary>
    private static readonly TimeSpan CatchUpPatience = TimeSpan.FromMinutes(15);

    private async Task CloseAsync(EndReason why, IReadOnlyList<JournalEntry> unsaved, CancellationToken stopping)
    {
        if (why == EndReason.Host && !_isLost)
        {
            if (unsaved.Count > 0)
                LogUnsaved(_tools.Log, Id, unsaved.Count);
            await ReleaseAsync();
            Leave(reason: null);
            return;
        }
        var reason = _reason ?? Reasons.GetValueOrDefault(why) ?? "error";
        if ((unsaved.Count == 0 || _isLost) && await TryEndAsync(reason) is { } told)
        {
            Leave(told);
            return;
        }
        // The client need not wait for the database.
        Leave(_isLost ? Elsewhere : reason);
        await EndLateAsync(reason, unsaved, stopping);
    }

    private void Leave(string? reason)
    {
        lock (_gate)
        {
            _isClosed = true;
            if (reason is not null)
                _connection?.Send(Numbered(new EndedFrame(reason, SummaryUrl)));
            _connection?.Close(reason switch { null => CloseCodes.Restart, Elsewhere => CloseCodes.Elsewhere, _ => CloseCodes.Normal });
        }
        _over.TrySetResult();
    }

    /// <summary>What its client is told: the reason given, or that of whoever ended it before, or that it goes on elsewhere. Null if that could not be stored.</summary>
    private async Task<string?> TryEndAsync(string reason)
    {
        try
        {
            _tools.Watch.ThrowIfAway();
            return await EndInDatabaseAsync(reason).WaitAsync(EndPatience);
        }
        catch (Exception e)
        {
            if (!DatabaseTrouble.IsAway(e))
                LogNotEnded(_tools.Log, Id, e);
            _tools.Watch.Suspect();
            return null;
        }
    }

    private async Task<string> EndInDatabaseAsync(string reason)
    {
        if (!_isLost && await _tools.Store.EndAsync(_taken.School, Id, Epoch, reason, CancellationToken.None))
            return reason;
        return await _tools.Store.FindEndAsync(_taken.School, Id, CancellationToken.None) ?? Elsewhere;
    }

    /// <summary>Stores what was said, and then that it is over, as soon as the database takes it. If it never does, the lease runs out and the sweep ends it.</summary>
    private async Task EndLateAsync(string reason, IReadOnlyList<JournalEntry> unsaved, CancellationToken stopping)
    {
        var (since, isStored) = (_tools.Time.GetTimestamp(), unsaved.Count == 0);
        while (!_isLost && !stopping.IsCancellationRequested && _tools.Time.GetElapsedTime(since) < CatchUpPatience)
        {
            isStored = isStored || await StoreAsync(unsaved, stopping);
            if (isStored && await TryEndAsync(reason) is not null)
                return;
            await Task.Delay(CatchUpEvery, _tools.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        if (!isStored)
            LogUnsaved(_tools.Log, Id, unsaved.Count);
    }

    private async Task<bool> StoreAsync(IReadOnlyList<JournalEntry> entries, CancellationToken ct)
    {
        try
        {
            await _journal.WriteAsync(entries, ct);
            return true;
        }
        catch (Exception e)
        {
            LogStillUnsaved(_tools.Log, Id, entries.Count, e);
            return false;
        }
    }

    private async Task ReleaseAsync()
    {
        try
        {
            _tools.Watch.ThrowIfAway();
            await _tools.Store.ReleaseAsync(_taken.School, Id, Epoch, CancellationToken.None).WaitAsync(EndPatience);
        }
        catch (Exception e)
        {
            LogNotEnded(_tools.Log, Id, e);
        }
    }

    // An outage is told once, by the watch, and not by each session.
    private void TellNotSaved(Exception? cause)
    {
        _tools.Watch.Suspect();
        if (_tools.Watch.IsAway || (cause is not null && DatabaseTrouble.IsAway(cause)))
            LogAway(_tools.Log, Id);
        else
            LogNotSaved(_tools.Log, Id, cause);
    }

    [LoggerMessage(EventId = 5102, Level = LogLevel.Warning, Message = "Session {Session} is not being saved for the moment.")]
    private static partial void LogNotSaved(ILogger logger, Guid session, Exception? exception);

    [LoggerMessage(EventId = 5103, Level = LogLevel.Error, Message = "Session {Session} ended with {Count} entries that could not be saved.")]
    private static partial void LogUnsaved(ILogger logger, Guid session, int count);

    [LoggerMessage(EventId = 5104, Level = LogLevel.Warning, Message = "The end of session {Session} could not be stored; it is swept later.")]
    private static partial void LogNotEnded(ILogger logger, Guid session, Exception exception);

    [LoggerMessage(EventId = 5106, Level = LogLevel.Debug, Message = "Session {Session} is not being saved while the database is away.")]
    private static partial void LogAway(ILogger logger, Guid session);

    [LoggerMessage(EventId = 5107, Level = LogLevel.Debug, Message = "Session {Session} is over and waits to store {Count} entries.")]
    private static partial void LogStillUnsaved(ILogger logger, Guid session, int count, Exception exception);
}
