using System.Threading.Channels;
using Lectern.Costs.Budgets;
using Lectern.Costs.Budgets.Blocks;
using Lectern.Costs.Contracts;
using Lectern.Platform.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lectern.Costs.Metering;

/// <summary>
/// This node's reports on their way into the books: kept in memory in order, written in batches as soon as the one before is written, kept on to while the
/// database is away, and written to the end when the node stops.
/// </summary>
internal sealed partial class UsageMeter(
    UsageWriter writer, LinePricing pricing, FiguresBook figures, Periods periods, DatabaseWatch watch, CostsMetrics metrics, IOptions<CostsOptions> options, TimeProvider time, ILogger<UsageMeter> log)
    : BackgroundService, IUsageMeter
{
    private const int MostAtOnce = 1_000;
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    private readonly Channel<MeterEntry> _entries = Channel.CreateUnbounded<MeterEntry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<MeterEntry> _batch = new(MostAtOnce);
    private int _waiting;

    /// <summary>So many reports wait that nothing more should be begun which would add to them.</summary>
    public bool IsFull => Volatile.Read(ref _waiting) >= options.Value.Backlog;

    /// <summary>How many entries wait to be written.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public bool TryReport(Usage usage)
    {
        usage.Check();
        if (IsFull)
            return false;
        Enqueue(new MeterEntry.Reported(usage));
        return true;
    }

    /// <summary>Books a use on the block it was drawn on. Always finds room: what had leave is bounded by what may be begun.</summary>
    /// <returns>What it costs, in millionths.</returns>
    public long Report(Usage usage, BlockPlace? block)
    {
        usage.Check();
        if (block is null)
        {
            Enqueue(new MeterEntry.Reported(usage));
            return 0;
        }
        var line = pricing.Price(usage, figures.Remembered(usage.SchoolId)?.OwnRates ?? FiguresBook.NoRates, block.Day, block.InstallationDay, block.Id);
        Enqueue(new MeterEntry.Line(line));
        return line.Amount;
    }

    /// <summary>The node is done with the block: what is left of it is given back once its reports are written.</summary>
    public void Close(BlockPlace block) => Enqueue(new MeterEntry.Done(block));

    /// <summary>Comes back when everything that was reported until now is written.</summary>
    public Task FlushAsync()
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(new MeterEntry.Mark(written));
        return written.Task;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _entries.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
        if (Waiting > 0)
            LogLeftBehind(log, Waiting);
    }

    // Not ended by the token: it runs until everything is written, or the host has no more time for it.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ending = stoppingToken.Register(() => _entries.Writer.TryComplete());
        while (await _entries.Reader.WaitToReadAsync(CancellationToken.None))
        {
            if (!stoppingToken.IsCancellationRequested)
                await Task.Delay(Gather, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await WriteNextAsync(CancellationToken.None);
        }
    }

    /// <summary>Writes what waits, one batch of it at most; comes back when it is in the database.</summary>
    internal async Task WriteNextAsync(CancellationToken ct)
    {
        while (_batch.Count < MostAtOnce && _entries.Reader.TryRead(out var entry))
            _batch.Add(entry);
        while (_batch.Count > 0)
        {
            var began = time.GetTimestamp();
            if (await TryWriteAsync(_batch, ct))
            {
                metrics.Wrote(_batch.Count, time.GetElapsedTime(began));
                Interlocked.Add(ref _waiting, -_batch.Count);
                foreach (var mark in _batch.OfType<MeterEntry.Mark>())
                    mark.Written.SetResult();
                _batch.Clear();
            }
            else
            {
                await Task.Delay(Rest, time, ct);
            }
        }
    }

    // False when the database is away: the same entries are tried again, and nothing is counted twice even if they were written.
    private async Task<bool> TryWriteAsync(List<MeterEntry> entries, CancellationToken ct)
    {
        if (watch.IsAway)
            return false;
        try
        {
            await writer.WriteAsync(await PricedAsync(entries, ct), ct);
            return true;
        }
        catch (PostgresException refused) when (!DatabaseTrouble.IsAway(refused) && !DatabaseTrouble.TakesNothing(refused) && !refused.IsTransient)
        {
            if (entries.Count == 1)
            {
                metrics.Unfit();
                LogUnfit(log, Describe(entries[0]), refused);
                return true;
            }
            // One that cannot be written must not keep the others.
            return await TryWriteAsync([.. entries.Take(entries.Count / 2)], ct) && await TryWriteAsync([.. entries.Skip(entries.Count / 2)], ct);
        }
        catch (Exception failure) when (failure is NpgsqlException or DatabaseAwayException or TimeoutException or IOException)
        {
            watch.Suspect();
            return false;
        }
    }

    // Which day it is for the school, and what the school has agreed, may have to be asked first; whoever reports does not wait for that.
    private async Task<List<MeterEntry>> PricedAsync(List<MeterEntry> entries, CancellationToken ct)
    {
        var priced = new List<MeterEntry>(entries.Count);
        foreach (var entry in entries)
            priced.Add(entry is MeterEntry.Reported { Usage: var usage } ? new MeterEntry.Line(await PriceAsync(usage, ct)) : entry);
        return priced;
    }

    private async ValueTask<UsageLine> PriceAsync(Usage usage, CancellationToken ct)
    {
        var known = await figures.FindAsync(usage.SchoolId, ct);
        // A school that is gone: the database refuses the line, and the log says so.
        var day = known?.School.Day(usage.At) ?? DateOnly.FromDateTime(usage.At.UtcDateTime);
        return pricing.Price(usage, known?.OwnRates ?? FiguresBook.NoRates, day, periods.InstallationDay(usage.At), block: null);
    }

    private void Enqueue(MeterEntry entry)
    {
        Interlocked.Increment(ref _waiting);
        if (!_entries.Writer.TryWrite(entry))
        {
            Interlocked.Decrement(ref _waiting);
            (entry as MeterEntry.Mark)?.Written.SetCanceled();
            LogTooLate(log, Describe(entry));
        }
    }

    // Never what was said: a key names a call, a school and a kind say what it was.
    private static string Describe(MeterEntry entry) => entry switch
    {
        MeterEntry.Line { Usage.Usage: var usage } => Describe(usage),
        MeterEntry.Reported { Usage: var usage } => Describe(usage),
        MeterEntry.Done done => $"the end of block {done.Block.Id}",
        _ => "",
    };

    private static string Describe(Usage usage) => $"{usage.Key} of school {usage.SchoolId}: {usage.Quantity} {usage.Kind} of {usage.Provider}";

    [LoggerMessage(EventId = 4101, Level = LogLevel.Error, Message = "A report of use cannot be booked: {Report}.")]
    private static partial void LogUnfit(ILogger logger, string report, Exception exception);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Warning, Message = "The node stops before {Count} reports of use are written; what they were drawn on counts as spent.")]
    private static partial void LogLeftBehind(ILogger logger, int count);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Warning, Message = "A report of use came after the node stopped: {Report}.")]
    private static partial void LogTooLate(ILogger logger, string report);
}
