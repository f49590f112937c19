using System.Collections.Concurrent;
using System.Threading.Channels;
using Lectern.Costs.Metering;
using Lectern.Platform.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lectern.Costs.Budgets;

/// <summary>
/// How the schools stand that this node has to do with, from memory. Whoever asks gets what is known and never waits; what is older than two seconds is read
/// again behind his back. While the database is away, what is known goes on to hold.
/// </summary>
internal sealed partial class FiguresBook(FiguresReader reader, DatabaseWatch watch, TimeProvider time, ILogger<FiguresBook> log) : BackgroundService
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Useful = TimeSpan.FromMinutes(10);

    public static readonly IReadOnlyDictionary<string, UnitRate> NoRates = new Dictionary<string, UnitRate>();

    private readonly ConcurrentDictionary<Guid, Figures> _known = new();
    private readonly ConcurrentDictionary<Guid, bool> _wanted = new();
    private readonly Channel<Guid> _queue = Channel.CreateUnbounded<Guid>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>What is known, however old; null before it was ever read.</summary>
    public Figures? Remembered(Guid school)
    {
        var known = _known.GetValueOrDefault(school);
        if (known is null || time.GetElapsedTime(known.ReadAt) > Fresh)
            Want(school);
        return known;
    }

    /// <summary>As the database has it now; what is known while it is away; null for a school that does not exist.</summary>
    public async ValueTask<Figures?> ReadAsync(Guid school, CancellationToken ct)
    {
        if (watch.IsAway)
            return _known.GetValueOrDefault(school);
        if (await reader.ReadAsync(school, ct) is not { } figures)
            return null;
        Keep(figures);
        return figures;
    }

    /// <summary>What is known if anything is, else what the database says.</summary>
    public ValueTask<Figures?> FindAsync(Guid school, CancellationToken ct) => Remembered(school) is { } known ? ValueTask.FromResult<Figures?>(known) : ReadAsync(school, ct);

    /// <summary>Something has changed: it is read again soon.</summary>
    public void Want(Guid school)
    {
        // Bounded by the number of schools: each waits once.
        if (!watch.IsAway && _wanted.TryAdd(school, true))
            _queue.Writer.TryWrite(school);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var school in _queue.Reader.ReadAllAsync(stoppingToken))
            {
                _wanted.TryRemove(school, out _);
                await RefreshAsync(school, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    private async Task RefreshAsync(Guid school, CancellationToken ct)
    {
        try
        {
            await ReadAsync(school, ct);
            foreach (var old in _known.Where(known => time.GetElapsedTime(known.Value.ReadAt) > Useful))
                _known.TryRemove(old);
        }
        catch (Exception failure) when (DatabaseTrouble.IsAway(failure))
        {
            watch.Suspect();
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            LogUnread(log, school, failure);
        }
    }

    // Two readings may overtake each other; the later one is kept.
    private void Keep(Figures figures) => _known.AddOrUpdate(figures.School.Id, figures, (_, before) => before.ReadAt > figures.ReadAt ? before : figures);

    [LoggerMessage(EventId = 4111, Level = LogLevel.Warning, Message = "How school {School} stands could not be read.")]
    private static partial void LogUnread(ILogger logger, Guid school, Exception exception);
}
