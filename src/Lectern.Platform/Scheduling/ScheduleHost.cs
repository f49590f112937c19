using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Quartz;

namespace Lectern.Platform.Scheduling;

/// <summary>
/// Quartz, stopped within the time the host allows: while the database is away it would go on trying to give its triggers back, which the other nodes
/// take from a node that is gone anyway.
/// </summary>
internal sealed class ScheduleHost(IHostApplicationLifetime lifetime, IServiceProvider services, IOptionsMonitor<QuartzHostedServiceOptions> options)
    : QuartzHostedService(lifetime, services, options), IHostedLifecycleService
{
    Task IHostedLifecycleService.StoppingAsync(CancellationToken cancellationToken) => WithinAsync(StoppingAsync(cancellationToken), cancellationToken);

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => WithinAsync(StopAsync(cancellationToken), cancellationToken);

    Task IHostedLifecycleService.StoppedAsync(CancellationToken cancellationToken) => WithinAsync(StoppedAsync(cancellationToken), cancellationToken);

    private static async Task WithinAsync(Task stopping, CancellationToken ct) => await stopping.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
