namespace Lectern.Server.Hosting;

/// <summary>
/// Starting makes much that is never used again, and the collector keeps the room for it. Once, when the first pages are out and what rooms read at start is read,
/// it is given back to the system.
/// </summary>
internal sealed class TidyAfterStart(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Settled, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stoppingToken.IsCancellationRequested)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
