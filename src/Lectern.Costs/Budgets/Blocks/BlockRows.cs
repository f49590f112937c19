using Npgsql;

namespace Lectern.Costs.Budgets.Blocks;

/// <summary>Rows of <c>cost_block</c>.</summary>
internal static class BlockRows
{
    private const string Columns = "id, school_id, course_id, day, installation_day, currency, amount, overdrawn, reported, returned, unaccounted, closed_at is not null";
    private const int MostAtOnce = 500;

    /// <summary>Locks the blocks; those that do not exist are left out.</summary>
    public static async Task<Dictionary<Guid, BlockAccount>> LockAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
            return [];
        await using var command = new NpgsqlCommand($"select {Columns} from cost_block where id = any ($1) order by id for update", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = ids.ToArray() });
        return (await ReadAsync(command, ct)).ToDictionary(block => block.Place.Id);
    }

    /// <summary>Locks blocks whose lease has run out by the database's clock, passing over those that somebody else is at.</summary>
    public static async Task<IReadOnlyCollection<BlockAccount>> LockExpiredAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select {Columns} from cost_block where id in (select id from cost_block where closed_at is null and lease_until < clock_timestamp() limit {MostAtOnce}) and closed_at is null order by id for update skip locked", connection);
        return await ReadAsync(command, ct);
    }

    public static NpgsqlBatchCommand Store(IReadOnlyCollection<BlockAccount> blocks) => new("""
        update cost_block b set overdrawn = s.overdrawn, reported = s.reported, returned = s.returned, unaccounted = s.unaccounted,
            closed_at = case when s.is_closed then coalesce(b.closed_at, clock_timestamp()) end
        from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::boolean[]) as s (id, overdrawn, reported, returned, unaccounted, is_closed)
        where b.id = s.id
        """)
    {
        Parameters =
        {
            new() { Value = blocks.Select(block => block.Place.Id).ToArray() },
            new() { Value = blocks.Select(block => block.Overdrawn).ToArray() },
            new() { Value = blocks.Select(block => block.Reported).ToArray() },
            new() { Value = blocks.Select(block => block.Returned).ToArray() },
            new() { Value = blocks.Select(block => block.Unaccounted).ToArray() },
            new() { Value = blocks.Select(block => block.IsClosed).ToArray() },
        },
    };

    private static async Task<List<BlockAccount>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var blocks = new List<BlockAccount>();
        while (await reader.ReadAsync(ct))
        {
            var place = new BlockPlace(reader.GetGuid(0), reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetGuid(2), reader.GetFieldValue<DateOnly>(3), reader.GetFieldValue<DateOnly>(4), reader.GetString(5));
            blocks.Add(new BlockAccount(place, reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8), reader.GetInt64(9), reader.GetInt64(10), reader.GetBoolean(11)));
        }
        return blocks;
    }
}
