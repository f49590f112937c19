using Npgsql;

namespace Lectern.Platform.Events;

/// <summary>A delivery that failed for good.</summary>
public sealed record DeadLetter(Guid Id, string Fact, string Handler, DateTimeOffset OccurredAt, int Attempts, string Error);

/// <summary>What an administrator sees and does about deliveries that failed for good.</summary>
public sealed class DeadLetters(NpgsqlDataSource database, TimeProvider time)
{
    /// <param name="schoolId">Only this school's; null for the whole installation.</param>
    /// <param name="search">Part of a fact's, handler's or error's text; null for all.</param>
    public async Task<(IReadOnlyList<DeadLetter> Page, int Total)> ListAsync(Guid? schoolId, string? search, int skip, int take, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            select d.id, e.name, d.handler, e.occurred_at, d.attempts, coalesce(d.error, ''), count(*) over ()
            from outbox_delivery d join outbox_event e on e.id = d.event_id
            where d.state = 'dead' and ($1::uuid is null or e.school_id = $1)
              and ($2::text is null or position(lower($2) in lower(e.name || ' ' || d.handler || ' ' || coalesce(d.error, ''))) > 0)
            order by d.sequence desc offset $3 limit $4
            """);
        Add(command, (object?)schoolId ?? DBNull.Value, string.IsNullOrWhiteSpace(search) ? DBNull.Value : search.Trim(), skip, take);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var page = new List<DeadLetter>();
        var total = 0;
        while (await reader.ReadAsync(ct))
        {
            page.Add(new DeadLetter(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetInt32(4), reader.GetString(5)));
            total = (int)reader.GetInt64(6);
        }
        return (page, total);
    }

    /// <summary>Delivers again, from the first attempt. False when it is not dead (any more) or not this school's.</summary>
    public Task<bool> RetryAsync(Guid id, Guid? schoolId, CancellationToken ct) => ChangeAsync("""
        update outbox_delivery d set state = 'waiting', attempts = 0, next_attempt_at = $3
        from outbox_event e where e.id = d.event_id and d.id = $1 and d.state = 'dead' and ($2::uuid is null or e.school_id = $2)
        """, id, schoolId, ct);

    /// <summary>Gives the delivery up: it counts as done, and its last error stays on record.</summary>
    public Task<bool> DiscardAsync(Guid id, Guid? schoolId, CancellationToken ct) => ChangeAsync("""
        update outbox_delivery d set state = 'done', finished_at = $3
        from outbox_event e where e.id = d.event_id and d.id = $1 and d.state = 'dead' and ($2::uuid is null or e.school_id = $2)
        """, id, schoolId, ct);

    private async Task<bool> ChangeAsync(string sql, Guid id, Guid? schoolId, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        Add(command, id, (object?)schoolId ?? DBNull.Value, time.GetUtcNow());
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    private static void Add(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
    }
}
