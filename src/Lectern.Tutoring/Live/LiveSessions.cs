using System.Collections.Concurrent;
using Lectern.Ai.Contracts;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Lectern.Tutoring.Grounding;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lectern.Tutoring.Live;

/// <summary>What live sessions share.</summary>
internal sealed record LiveTools(TeacherTools Teacher, ISpeechEngines Engines, LecternDbFactory Databases, SessionStore Store, DatabaseWatch Watch, TimeProvider Time, ILogger<LiveSession> Log)
{
    /// <summary>Characters of a message, as UTF-16 code units.</summary>
    public const int LongestMessage = 2_000;
}

/// <summary>The sessions this node speaks for. Renews their leases, lets go of those that were taken over, and gives all back when the node stops.</summary>
internal sealed partial class LiveSessions(LiveTools tools, IOptions<TutoringOptions> options, IHostApplicationLifetime lifetime, ILogger<LiveSessions> log) : BackgroundService
{
    private readonly ConcurrentDictionary<Guid, Lazy<Task<LiveSession?>>> _sessions = new();
    private readonly ConcurrentDictionary<Guid, Task> _running = new();

    /// <summary>No session is taken any more.</summary>
    public bool IsStopping => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>The session, taken over by this node if it is not here yet; null when it is over, or this node is stopping.</summary>
    public async Task<LiveSession?> OpenAsync(School school, Guid id)
    {
        await LetGoOfLostAsync(school, id);
        var opening = _sessions.GetOrAdd(id, _ => new Lazy<Task<LiveSession?>>(() => TakeAsync(school, id)));
        try
        {
            var session = await opening.Value;
            if (session is null)
                Forget(id, opening);
            return session;
        }
        catch
        {
            Forget(id, opening);
            throw;
        }
    }

    /// <summary>The session if this node speaks for it.</summary>
    public LiveSession? Find(Guid id) => _sessions.TryGetValue(id, out var opening) && opening is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } ? opening.Value.Result : null; // completed above

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_running.Values).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.LeaseSeconds / 3.0), tools.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await RenewAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    private async Task RenewAsync(CancellationToken ct)
    {
        var held = _running.Keys.Select(Find).OfType<LiveSession>().ToList();
        // They stay this node's until another takes them over, which needs the database too.
        if (held.Count == 0 || tools.Watch.IsAway)
            return;
        try
        {
            var lost = await tools.Store.RenewAsync([.. held.Select(session => (session.School, session.Id, session.Epoch))], ct);
            foreach (var session in held.Where(session => lost.Contains(session.Id)))
                session.Lose();
        }
        catch (Exception e) when (DatabaseTrouble.IsAway(e))
        {
            tools.Watch.Suspect();
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogNotRenewed(log, held.Count, e);
        }
    }

    // Another node may have had it since, and this one not noticed yet: what it holds then is stale.
    private async Task LetGoOfLostAsync(School school, Guid id)
    {
        if (Find(id) is not { } here || await tools.Store.HoldsAsync(school, id, here.Epoch, CancellationToken.None))
            return;
        here.Lose();
        if (_running.TryGetValue(id, out var running))
            await running;
    }

    private async Task<LiveSession?> TakeAsync(School school, Guid id)
    {
        // Not the connection's token: whoever connects next wants the session, too.
        if (IsStopping || await tools.Store.TakeAsync(school, id, CancellationToken.None) is not { } taken)
            return null;
        var session = new LiveSession(taken, tools);
        _running[id] = RunAsync(session);
        return session;
    }

    private async Task RunAsync(LiveSession session)
    {
        await Task.Yield();
        try
        {
            await session.RunAsync(lifetime.ApplicationStopping);
        }
        catch (Exception e)
        {
            LogBroken(log, session.Id, e);
            session.Break();
        }
        finally
        {
            _sessions.TryRemove(session.Id, out _);
            _running.TryRemove(session.Id, out _);
        }
    }

    private void Forget(Guid id, Lazy<Task<LiveSession?>> opening) => _sessions.TryRemove(new KeyValuePair<Guid, Lazy<Task<LiveSession?>>>(id, opening));

    [LoggerMessage(EventId = 5111, Level = LogLevel.Warning, Message = "The leases of {Count} sessions could not be renewed.")]
    private static partial void LogNotRenewed(ILogger logger, int count, Exception exception);

    [LoggerMessage(EventId = 5112, Level = LogLevel.Error, Message = "Session {Session} broke.")]
    private static partial void LogBroken(ILogger logger, Guid session, Exception exception);
}
