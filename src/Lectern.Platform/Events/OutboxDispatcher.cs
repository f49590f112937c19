using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lectern.Platform.Events;

/// <summary>Delivers facts to their handlers, each in a scope of the fact's school; several nodes share the work.</summary>
internal sealed partial class OutboxDispatcher(
    Outbox outbox, OutboxSignal signal, DatabaseWatch watch, IServiceScopeFactory scopes, SchoolDirectory schools, IOptions<OutboxOptions> options, TimeProvider time, ILogger<OutboxDispatcher> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (!watch.IsAway && await DeliverBatchAsync(stoppingToken) > 0)
                    stoppingToken.ThrowIfCancellationRequested();
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested && DatabaseTrouble.IsAway(failure))
            {
                // The facts are safe in it, and the next round finds them.
                watch.Suspect();
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.RoundFailed(logger, failure);
            }
            await signal.WaitAsync(options.Value.PollEvery, time, stoppingToken);
        }
    }

    /// <summary>One round: fans out, takes what is due, delivers it. Returns how much there was to do.</summary>
    internal async Task<int> DeliverBatchAsync(CancellationToken ct)
    {
        var fresh = await outbox.FanOutAsync(ct);
        var taken = await outbox.TakeAsync(ct);
        foreach (var delivery in taken)
            await DeliverAsync(delivery, ct);
        return fresh + taken.Count;
    }

    private async Task DeliverAsync(TakenDelivery delivery, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.Value.HandlerTimeout);
        try
        {
            await HandleAsync(delivery, patience.Token);
            await outbox.DoneAsync(delivery, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Log.DeliveryFailed(logger, delivery.Handler, delivery.Fact, delivery.Attempts, failure);
            await outbox.FailedAsync(delivery, $"{failure.GetType().Name}: {failure.Message}", ct);
        }
    }

    private async Task HandleAsync(TakenDelivery delivery, CancellationToken ct)
    {
        var subscription = outbox.FindSubscription(delivery) ?? throw new InvalidOperationException($"No handler {delivery.Handler} takes {delivery.Fact}.");
        await using var scope = scopes.CreateAsyncScope();
        if (delivery.SchoolId is { } schoolId)
        {
            var school = await schools.FindAsync(schoolId, ct) ?? throw new InvalidOperationException("The school of the fact is gone.");
            scope.ServiceProvider.GetRequiredService<SchoolContext>().Enter(school);
        }
        await subscription.HandleAsync(scope.ServiceProvider, delivery.Payload, ct);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A round of the outbox failed and will be repeated")]
        public static partial void RoundFailed(ILogger logger, Exception failure);

        [LoggerMessage(LogLevel.Warning, "Handler {Handler} failed on {Fact}, attempt {Attempt}")]
        public static partial void DeliveryFailed(ILogger logger, string handler, string fact, int attempt, Exception failure);
    }
}
