using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Data;

/// <summary>
/// Knows whether the database answers, so that nobody has to wait for one that doesn't: asks it every two seconds over a connection of its own, and at
/// once when somebody suspects that it is away. The log hears of an outage once, at its beginning and its end. Goes by the machine's own clock, as it
/// measures the network.
/// </summary>
public sealed partial class DatabaseWatch : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan EveryWhileAway = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly NpgsqlDataSource _served;
    private readonly NpgsqlDataSource _line;
    private readonly ILogger<DatabaseWatch> _log;
    private readonly Channel<bool> _suspicions = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile bool _isAway;
    private long _since;
    private long _backAt;

    /// <param name="served">What everybody else's connections come from.</param>
    internal DatabaseWatch(DatabaseConnections connections, NpgsqlDataSource served, ILogger<DatabaseWatch> log)
    {
        _served = served;
        _line = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connections.App) { MinPoolSize = 0, MaxPoolSize = 1, Timeout = 3, CommandTimeout = (int)Patience.TotalSeconds });
        _log = log;
    }

    /// <summary>The database did not answer when it was last asked.</summary>
    public bool IsAway => _isAway;

    /// <summary>It is away, or was until less than this ago: others have not had the time to catch up.</summary>
    public bool WasAwayWithin(TimeSpan time) => _isAway || (Interlocked.Read(ref _backAt) is var back and not 0 && Stopwatch.GetElapsedTime(back) < time);

    /// <summary>Somebody could not reach the database: it is asked at once.</summary>
    public void Suspect() => _suspicions.Writer.TryWrite(true);

    /// <exception cref="DatabaseAwayException">It is away.</exception>
    public void ThrowIfAway()
    {
        if (_isAway)
            throw new DatabaseAwayException();
    }

    public override void Dispose()
    {
        base.Dispose();
        _line.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var asking = AskAsync();
        try
        {
            while (true)
            {
                // One that does not answer is not asked a second time before the first has come back.
                await Task.WhenAny(asking, Task.Delay(Patience, stoppingToken));
                stoppingToken.ThrowIfCancellationRequested();
                Learn(asking.IsCompleted ? await asking : new TimeoutException($"No answer for {Patience.TotalSeconds} s."));
                if (!asking.IsCompleted)
                    continue;
                await RestAsync(stoppingToken);
                asking = AskAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    private async Task RestAsync(CancellationToken ct)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(ct);
        rest.CancelAfter(_isAway ? EveryWhileAway : Every);
        try
        {
            if (_isAway)
                await Task.Delay(EveryWhileAway, rest.Token);
            else
                await _suspicions.Reader.ReadAsync(rest.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Time to ask.
        }
    }

    private async Task<Exception?> AskAsync()
    {
        try
        {
            await using var command = _line.CreateCommand("select 1");
            await command.ExecuteScalarAsync();
            return null;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException)
        {
            return e;
        }
    }

    private void Learn(Exception? failure)
    {
        if (failure is null == !_isAway)
            return;
        if (failure is not null)
        {
            Interlocked.Exchange(ref _since, Stopwatch.GetTimestamp());
            _isAway = true;
            LogAway(_log, failure.Message);
            return;
        }
        // Those from before are broken, and each would fail whoever gets it.
        _served.Clear();
        Interlocked.Exchange(ref _backAt, Stopwatch.GetTimestamp());
        _isAway = false;
        var seconds = Stopwatch.GetElapsedTime(Interlocked.Read(ref _since)).TotalSeconds;
        LogBack(_log, seconds);
    }

    [LoggerMessage(EventId = 1201, Level = LogLevel.Warning, Message = "The database is away ({Why}). Conversations go on from memory; pages say so.")]
    private static partial void LogAway(ILogger logger, string why);

    [LoggerMessage(EventId = 1202, Level = LogLevel.Information, Message = "The database is back after {Seconds:0} s.")]
    private static partial void LogBack(ILogger logger, double seconds);
}

/// <summary>Whoever needs a database that is known to be away hears so at once, instead of waiting for a connection.</summary>
/// <exception cref="DatabaseAwayException">When a connection is to be opened.</exception>
internal sealed class OnlyWhileThere(DatabaseWatch watch) : DbConnectionInterceptor
{
    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        watch.ThrowIfAway();
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        watch.ThrowIfAway();
        return result;
    }
}
