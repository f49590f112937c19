using Microsoft.Extensions.Options;
using Npgsql;

namespace Lectern.Platform.Events;

/// <summary>A delivery that this node has taken and must finish before its lease ends.</summary>
internal sealed record TakenDelivery(Guid Id, string Handler, string Fact, Guid? SchoolId, string Payload, int Attempts);

/// <summary>
/// The outbox tables. They belong to no school. A taken delivery is leased, not locked: no transaction stays open while a handler runs.
/// </summary>
internal sealed class Outbox(NpgsqlDataSource database, IEnumerable<FactSubscription> subscriptions, IOptions<OutboxOptions> options, TimeProvider time)
{
    private const int Batch = 50;

    private readonly FactSubscription[] _subscriptions = [.. subscriptions];

    /// <summary>Makes one delivery row per handler for each new fact; returns how many facts there were.</summary>
    public async Task<int> FanOutAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            with fresh as (
                select id, name, aggregate_id, sequence from outbox_event where fanned_out_at is null order by sequence limit $4 for update skip locked),
            rows as (
                insert into outbox_delivery (id, event_id, handler, sequence, aggregate_id, state, next_attempt_at)
                select gen_random_uuid(), fresh.id, wanted.handler, fresh.sequence, fresh.aggregate_id, 'waiting', $3
                from fresh join unnest($1::text[], $2::text[]) as wanted (fact, handler) on wanted.fact = fresh.name
                on conflict (event_id, handler) do nothing)
            update outbox_event set fanned_out_at = $3 where id in (select id from fresh)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = _subscriptions.Select(subscription => subscription.Fact).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = _subscriptions.Select(subscription => subscription.Handler).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = time.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter { Value = Batch });
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Takes deliveries that are due, never one that has an earlier one of the same handler and aggregate before it.</summary>
    public async Task<IReadOnlyList<TakenDelivery>> TakeAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            with due as (
                select d.id from outbox_delivery d
                where d.state = 'waiting' and d.next_attempt_at <= $1 and d.handler = any ($3)
                  and not exists (select from outbox_delivery earlier where earlier.state = 'waiting' and earlier.handler = d.handler
                                  and earlier.aggregate_id = d.aggregate_id and earlier.sequence < d.sequence)
                order by d.sequence limit $4 for update skip locked)
            update outbox_delivery d set attempts = d.attempts + 1, next_attempt_at = $2
            from due, outbox_event e
            where d.id = due.id and e.id = d.event_id
            returning d.id, d.handler, e.name, e.school_id, e.payload::text, d.attempts
            """);
        var now = time.GetUtcNow();
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        command.Parameters.Add(new NpgsqlParameter { Value = now + options.Value.HandlerTimeout + TimeSpan.FromSeconds(10) });
        command.Parameters.Add(new NpgsqlParameter { Value = _subscriptions.Select(subscription => subscription.Handler).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = Batch });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var taken = new List<TakenDelivery>();
        while (await reader.ReadAsync(ct))
            taken.Add(new TakenDelivery(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetGuid(3), reader.GetString(4), reader.GetInt32(5)));
        return taken;
    }

    public FactSubscription? FindSubscription(TakenDelivery delivery) =>
        Array.Find(_subscriptions, subscription => subscription.Handler == delivery.Handler && subscription.Fact == delivery.Fact);

    // The attempt number guards against a handler that outlived its lease: what it reports no longer counts.
    public Task DoneAsync(TakenDelivery delivery, CancellationToken ct) =>
        Execute("update outbox_delivery set state = 'done', finished_at = $3, error = null where id = $1 and attempts = $2 and state = 'waiting'", ct, delivery.Id, delivery.Attempts, time.GetUtcNow());

    /// <summary>Plans the next attempt with exponential back-off, or buries the delivery after the last one.</summary>
    public Task FailedAsync(TakenDelivery delivery, string error, CancellationToken ct)
    {
        var state = delivery.Attempts >= options.Value.MaxAttempts ? "dead" : "waiting";
        return Execute("update outbox_delivery set state = $3, next_attempt_at = $4, error = $5 where id = $1 and attempts = $2 and state = 'waiting'", ct,
            delivery.Id, delivery.Attempts, state, time.GetUtcNow() + BackOff(delivery.Attempts), error);
    }

    /// <summary>Deletes facts whose every delivery is done and old. Returns how many.</summary>
    public Task<int> SweepAsync(CancellationToken ct) => Execute("""
        delete from outbox_event e where e.occurred_at < $1 and e.fanned_out_at is not null
          and not exists (select from outbox_delivery d where d.event_id = e.id and d.state <> 'done')
        """, ct, time.GetUtcNow().AddDays(-options.Value.KeepDays));

    internal static TimeSpan BackOff(int attempts) => TimeSpan.FromSeconds(Math.Min(3600, Math.Pow(2, attempts) * 5));

    private async Task<int> Execute(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteNonQueryAsync(ct);
    }
}
