using Lectern.Costs.Metering;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lectern.Costs.Budgets.Blocks;

/// <summary>Names this run of this node: a restarted node is another one, and knows nothing of what the one before held.</summary>
internal sealed class SpendingNode
{
    public Guid Id { get; } = Guid.NewGuid();
}

/// <param name="Wanted">How much the node would like, in millionths.</param>
/// <param name="Needed">Less is of no use to it.</param>
/// <param name="Block">The block that shall grow; null for a new one.</param>
internal sealed record LeaseWish(School School, Guid? CourseId, long Wanted, long Needed, BlockPlace? Block);

/// <param name="Block">Null when a budget does not allow it (<paramref name="IsRefused"/>), or when the block that should grow is this node's no longer.</param>
internal sealed record Lease(BlockPlace? Block, long Amount, bool IsRefused = false);

/// <summary>Leases blocks against the budgets. The rows of <c>cost_spent</c> are locked meanwhile, so the sum of all that nodes hold and have spent never passes a cap.</summary>
internal sealed class BlockStore(
    LecternDbFactory databases, SchoolDirectory schools, NpgsqlDataSource database, SpendingNode node, Periods periods, Exchange exchange, TimeProvider time, IOptions<CostsOptions> options)
{
    // Near the end of a budget blocks get smaller, so that no node holds on to much of what is left.
    private const int ShareOfRoom = 8;

    public async Task<Lease> LeaseAsync(LeaseWish wish, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var place = wish.Block ?? new BlockPlace(Guid.CreateVersion7(now), wish.School.Id, wish.CourseId, wish.School.Day(now), periods.InstallationDay(now), exchange.Currency);
        var caps = await CapsAsync(wish, ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (wish.Block is not null && (await BlockRows.LockAsync(connection, [place.Id], ct)).GetValueOrDefault(place.Id) is not { IsClosed: false })
            return new Lease(Block: null, 0);
        var rows = await LockAsync(connection, SpentKey.Of(place), ct);
        var tight = caps.Where(cap => cap.RoomIn(rows) < wish.Needed).ToList();
        var room = caps.Count == 0 ? long.MaxValue : caps.Min(cap => cap.RoomIn(rows));
        await using var batch = new NpgsqlBatch(connection);
        if (tight.Count > 0)
        {
            foreach (var cap in tight)
                batch.BatchCommands.Add(Wanting(cap.Key, wish.Needed));
            await batch.ExecuteNonQueryAsync(ct);
            await transaction.CommitAsync(ct);
            return new Lease(Block: null, 0, IsRefused: true);
        }
        var amount = Math.Max(wish.Needed, Math.Min(wish.Wanted, room / ShareOfRoom));
        batch.BatchCommands.Add(wish.Block is null ? Open(place, amount) : Grow(place, amount));
        var changes = new SpentChanges(place.Currency);
        changes.Add(SpentKey.Of(place), settled: 0, held: amount);
        batch.BatchCommands.Add(changes.ToCommand()!); // an amount is more than nothing
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return new Lease(place, amount);
    }

    /// <summary>Says that this node lives, for the blocks it holds.</summary>
    /// <returns>Those that are still its own.</returns>
    public async Task<IReadOnlySet<Guid>> RenewAsync(IReadOnlyCollection<Guid> blocks, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            update cost_block b set lease_until = clock_timestamp() + $2
            from (select id from cost_block where id = any ($1) and closed_at is null order by id for update) as mine where b.id = mine.id returning b.id
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = blocks.ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = TimeSpan.FromSeconds(options.Value.LeaseSeconds) });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var kept = new HashSet<Guid>();
        while (await reader.ReadAsync(ct))
            kept.Add(reader.GetGuid(0));
        return kept;
    }

    /// <summary>Gives back a part of a block that stays open.</summary>
    public async Task ReturnAsync(BlockPlace place, long amount, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var blocks = await BlockRows.LockAsync(connection, [place.Id], ct);
        if (blocks.GetValueOrDefault(place.Id) is not { IsClosed: false } block)
            return;
        var changes = new SpentChanges(place.Currency);
        changes.Add(SpentKey.Of(place), settled: 0, held: -block.Return(amount));
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { BlockRows.Store([block]) } };
        if (changes.ToCommand() is { } command)
            batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    // Read outside of the transaction, which holds rows that every node needs: a cap that is changed in this moment holds from the next lease on.
    private async Task<List<Cap>> CapsAsync(LeaseWish wish, CancellationToken ct)
    {
        await using var own = databases.Create(wish.School);
        var budgets = await CapsOf(own).Where(budget => budget.CourseId == null || budget.CourseId == wish.CourseId).ToListAsync(ct);
        if (!wish.School.IsSystem && (await schools.AllAsync(ct)).FirstOrDefault(school => school.IsSystem) is { } system)
        {
            await using var all = databases.Create(system);
            budgets.AddRange(await CapsOf(all).Where(budget => budget.Scope == SpentKey.Installation).ToListAsync(ct));
        }
        return [.. budgets.Select(budget => new Cap(Periods.KeyOf(budget, wish.School.Id, StartsFor(budget, wish)), budget.LimitIn(exchange) ?? 0))];
    }

    private static IQueryable<Budget> CapsOf(LecternDb db) => db.Set<Budget>().AsNoTracking().Where(budget => budget.IsCap && budget.RemovedAt == null);

    // A block that grows stays on its day, even when a new one has just begun.
    private DateOnly StartsFor(Budget budget, LeaseWish wish)
    {
        if (wish.Block is not { } place)
            return periods.Starts(budget, wish.School);
        var day = budget.Scope == SpentKey.Installation ? place.InstallationDay : place.Day;
        return budget.IsMonthly ? SpentKey.FirstOf(day) : day;
    }

    private async Task<Dictionary<SpentKey, SpentSoFar>> LockAsync(NpgsqlConnection connection, IEnumerable<SpentKey> keys, CancellationToken ct)
    {
        var sorted = keys.Order(Comparer<SpentKey>.Create(SpentChanges.Compare)).ToList();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var key in sorted)
        {
            // Changes nothing, and locks the row whether it was there or not.
            batch.BatchCommands.Add(new NpgsqlBatchCommand("""
                insert into cost_spent as s (scope, owner, period, starts, currency, school_id) values ($1, $2, $3, $4, $5, $6)
                on conflict (scope, owner, period, starts, currency) do update set held = s.held returning settled, held, wanting
                """)
            {
                Parameters =
                {
                    new() { Value = key.Scope }, new() { Value = key.Owner }, new() { Value = key.Period }, new() { Value = key.Starts }, new() { Value = exchange.Currency },
                    new() { Value = (object?)key.SchoolId ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid },
                },
            });
        }
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var rows = new Dictionary<SpentKey, SpentSoFar>();
        foreach (var key in sorted)
        {
            await reader.ReadAsync(ct);
            rows[key] = new SpentSoFar(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
            await reader.NextResultAsync(ct);
        }
        return rows;
    }

    private NpgsqlBatchCommand Open(BlockPlace place, long amount) => new("""
        insert into cost_block (id, school_id, course_id, node, day, installation_day, currency, amount, lease_until) values ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp() + $9)
        """)
    {
        Parameters =
        {
            new() { Value = place.Id }, new() { Value = place.SchoolId }, new() { Value = (object?)place.CourseId ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid }, new() { Value = node.Id },
            new() { Value = place.Day }, new() { Value = place.InstallationDay }, new() { Value = place.Currency }, new() { Value = amount }, new() { Value = TimeSpan.FromSeconds(options.Value.LeaseSeconds) },
        },
    };

    private static NpgsqlBatchCommand Grow(BlockPlace place, long amount) => new("update cost_block set amount = amount + $2 where id = $1") { Parameters = { new() { Value = place.Id }, new() { Value = amount } } };

    private NpgsqlBatchCommand Wanting(SpentKey key, long needed) => new("""
        update cost_spent set wanting = case wanting when 0 then $5 else least(wanting, $5) end where scope = $1 and owner = $2 and period = $3 and starts = $4 and currency = $6
        """)
    {
        Parameters =
        {
            new() { Value = key.Scope }, new() { Value = key.Owner }, new() { Value = key.Period }, new() { Value = key.Starts }, new() { Value = needed }, new() { Value = exchange.Currency },
        },
    };

    private sealed record Cap(SpentKey Key, long Limit)
    {
        public long RoomIn(Dictionary<SpentKey, SpentSoFar> rows) => Limit - rows.GetValueOrDefault(Key, SpentSoFar.Nothing).Committed;
    }
}
