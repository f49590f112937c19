using System.Collections.Concurrent;
using Lectern.Costs.Budgets.Blocks;
using Lectern.Costs.Contracts;
using Lectern.Costs.Metering;
using Lectern.Platform.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lectern.Costs.Budgets;

/// <summary>
/// Leave to spend on this node. Draws on blocks in memory; asks the database only when one is used up; keeps blocks alive, gives back what lies idle, and all of
/// it when the node stops.
/// </summary>
internal sealed partial class Spending(
    BlockStore store, FiguresBook figures, UsageMeter meter, LinePricing pricing, Periods periods, DatabaseWatch watch, CostsMetrics metrics, IOptions<CostsOptions> options, TimeProvider time, ILogger<Spending> log)
    : BackgroundService, ISpending
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(Guid School, Guid? Course), Purse> _purses = new();

    public SpendingState StateOf(Guid schoolId, Guid? courseId) => figures.Remembered(schoolId)?.StateOf(courseId) ?? new SpendingState(SpendingLevel.Everything);

    public async ValueTask<SpendingState> FindStateAsync(Guid schoolId, Guid? courseId, CancellationToken ct) =>
        (await figures.ReadAsync(schoolId, ct))?.StateOf(courseId) ?? new SpendingState(SpendingLevel.Everything);

    public decimal Estimate(Guid schoolId, UsageKind kind, decimal quantity, string? priceId) =>
        pricing.Estimate(kind, quantity, priceId, figures.Remembered(schoolId)?.OwnRates ?? FiguresBook.NoRates);

    public bool HasPrice(Guid schoolId, UsageKind kind, string? priceId) => pricing.HasPrice(kind, priceId, figures.Remembered(schoolId)?.OwnRates ?? FiguresBook.NoRates);

    public ValueTask<ISpendingLeave?> AskAsync(Guid schoolId, Guid? courseId, decimal estimate, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(estimate, 0m);
        if (meter.IsFull)
            return ValueTask.FromResult(Refuse());
        var needed = Micros.Ceiling(estimate);
        if (needed == 0)
            return ValueTask.FromResult<ISpendingLeave?>(SpendingLeave.WithoutBlock(meter));
        return figures.Remembered(schoolId) is { } known && PurseOf(known, courseId).TryDraw(needed) is { } leave
            ? ValueTask.FromResult<ISpendingLeave?>(leave)
            : LeaseAsync(schoolId, courseId, needed, ct);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var purse in _purses.Values)
            purse.Close();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.LeaseSeconds / 5.0), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TendAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    /// <summary>Renews the leases of blocks that are in use, and gives back the others.</summary>
    internal async Task TendAsync(CancellationToken ct)
    {
        var used = _purses.Values.Select(purse => (Purse: purse, Block: purse.Tend(Idle))).Where(one => one.Block is not null).ToList();
        if (used.Count == 0 || watch.IsAway)
            return;
        try
        {
            var askedAt = time.GetTimestamp();
            var kept = await store.RenewAsync([.. used.Select(one => one.Block!.Place.Id)], ct); // chosen for having one
            foreach (var (purse, block) in used)
            {
                if (kept.Contains(block!.Place.Id)) // as above
                    purse.Renewed(block, askedAt);
                else
                    purse.Lose(block);
            }
        }
        catch (Exception failure) when (DatabaseTrouble.IsAway(failure))
        {
            watch.Suspect();
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            LogNotRenewed(log, used.Count, failure);
        }
    }

    private async ValueTask<ISpendingLeave?> LeaseAsync(Guid schoolId, Guid? courseId, long needed, CancellationToken ct)
    {
        try
        {
            if (await figures.FindAsync(schoolId, ct) is not { } known)
                return Refuse();
            var purse = PurseOf(known, courseId);
            if (watch.IsAway)
                return purse.TryDraw(needed) ?? WithoutDatabase(known);
            await purse.Leasing.WaitAsync(ct);
            try
            {
                return purse.TryDraw(needed) ?? await GrowAsync(known, purse, needed, ct) ?? Refuse();
            }
            finally
            {
                purse.Leasing.Release();
            }
        }
        catch (Exception failure) when (DatabaseTrouble.IsAway(failure))
        {
            watch.Suspect();
            return WithoutDatabase(figures.Remembered(schoolId));
        }
    }

    private async Task<ISpendingLeave?> GrowAsync(Figures known, Purse purse, long needed, CancellationToken ct)
    {
        if (await TryGrowAsync(known, purse, needed, ct) is { } leave)
            return leave;
        // What the node's other purses have to spare may be all that is missing.
        var hasMore = false;
        foreach (var other in _purses.Values.Where(other => other != purse && (other.SchoolId == purse.SchoolId || known.Budgets.Any(budget => budget.Budget is { IsCap: true, Scope: SpentKey.Installation }))))
        {
            if (other.Empty() is not { } spare)
                continue;
            await store.ReturnAsync(spare.Place, spare.Amount, ct);
            hasMore = true;
        }
        figures.Want(known.School.Id);
        return hasMore ? await TryGrowAsync(known, purse, needed, ct) : null;
    }

    private async Task<ISpendingLeave?> TryGrowAsync(Figures known, Purse purse, long needed, CancellationToken ct)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var (block, wanted) = purse.Plan();
            var askedAt = time.GetTimestamp();
            // A block that was overdrawn needs the more.
            var missing = needed - Math.Min(0, block?.Free ?? 0);
            var lease = await store.LeaseAsync(new LeaseWish(known.School, purse.CourseId, Math.Max(wanted, missing), missing, block?.Place), ct);
            if (lease.Block is { } place)
            {
                metrics.Leased();
                purse.Take(block ?? new HeldBlock(place, periods.NextDay(known.School)), lease.Amount, askedAt);
                if (purse.TryDraw(needed) is { } leave)
                    return leave;
            }
            else if (lease.IsRefused || block is null)
            {
                return null;
            }
            else
            {
                purse.Lose(block);
            }
        }
        return null;
    }

    private Purse PurseOf(Figures known, Guid? course)
    {
        var key = (known.School.Id, course is { } id && known.IsCapped(id) ? course : null);
        return _purses.GetOrAdd(key, static (key, self) => new Purse(key.School, key.Course, self.meter, self.time, TimeSpan.FromSeconds(self.options.Value.LeaseSeconds),
            Micros.Of(self.options.Value.Block), Micros.Of(self.options.Value.LargestBlock)), (meter, time, options));
    }

    // Nothing can be passed where there is no cap; where there is one, whoever cannot ask may not spend.
    private ISpendingLeave? WithoutDatabase(Figures? known) => known is { HasCap: false } ? SpendingLeave.WithoutBlock(meter) : Refuse();

    private ISpendingLeave? Refuse()
    {
        metrics.Refused();
        return null;
    }

    [LoggerMessage(EventId = 4121, Level = LogLevel.Warning, Message = "The leases of {Count} blocks could not be renewed.")]
    private static partial void LogNotRenewed(ILogger logger, int count, Exception exception);
}
