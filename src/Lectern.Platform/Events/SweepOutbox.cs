using Lectern.Platform.Scheduling;

namespace Lectern.Platform.Events;

/// <summary>Deletes old facts that reached everybody.</summary>
internal sealed class SweepOutbox(Outbox outbox) : IScheduledTask
{
    public Task RunAsync(CancellationToken ct) => outbox.SweepAsync(ct);
}
