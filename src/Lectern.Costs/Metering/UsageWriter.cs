using System.Globalization;
using Lectern.Costs.Budgets;
using Lectern.Costs.Budgets.Blocks;
using Npgsql;
using NpgsqlTypes;

namespace Lectern.Costs.Metering;

/// <summary>What waits to be written, in order: a line, or a block that its node is done with.</summary>
internal abstract record MeterEntry
{
    /// <summary>A use that is priced when it is written.</summary>
    internal sealed record Reported(Contracts.Usage Usage) : MeterEntry;

    internal sealed record Line(UsageLine Usage) : MeterEntry;

    internal sealed record Done(BlockPlace Block) : MeterEntry;

    /// <summary>Somebody waits until everything before it is written.</summary>
    internal sealed record Mark(TaskCompletionSource Written) : MeterEntry;
}

/// <summary>
/// Books usage: lines, sums of days, blocks and what is spent of each budget, in one transaction. A line whose key is there already changes nothing, in none of
/// them. Everybody locks in the same order: blocks by id, then lines, sums of days, and what is spent.
/// </summary>
internal sealed class UsageWriter(NpgsqlDataSource database, Exchange exchange)
{
    public async Task WriteAsync(IReadOnlyCollection<MeterEntry> entries, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var lines = entries.OfType<MeterEntry.Line>().Select(entry => entry.Usage).ToList();
        var done = entries.OfType<MeterEntry.Done>().Select(entry => entry.Block.Id).ToHashSet();
        var blocks = await BlockRows.LockAsync(connection, [.. lines.Select(line => line.BlockId).OfType<Guid>().Concat(done).Distinct()], ct);
        var fresh = await UsageRows.InsertAsync(connection, lines, ct);
        var booking = new Booking(exchange.Currency);
        foreach (var line in fresh)
            booking.Add(line, line.BlockId is { } id ? blocks.GetValueOrDefault(id) : null);
        foreach (var block in blocks.Values.Where(block => done.Contains(block.Place.Id) && !block.IsClosed))
            booking.Spent.Add(SpentKey.Of(block.Place), settled: 0, held: -block.Close());
        await booking.ApplyAsync(connection, blocks.Values, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Books what nodes held that did not live to report it. Several nodes may do so at the same time.</summary>
    /// <returns>How many blocks were closed.</returns>
    public async Task<int> WriteOffAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var blocks = await BlockRows.LockExpiredAsync(connection, ct);
        var booking = new Booking(exchange.Currency);
        foreach (var block in blocks)
        {
            var rest = block.WriteOff();
            booking.Spent.Add(SpentKey.Of(block.Place), settled: rest, held: -rest);
            booking.Correct(block.Place, rest, $"unaccounted:{block.Place.Id:n}");
        }
        await booking.ApplyAsync(connection, blocks, ct);
        await transaction.CommitAsync(ct);
        return blocks.Count;
    }
}

/// <summary>What one transaction changes besides the lines themselves.</summary>
internal sealed class Booking(string currency)
{
    private readonly Dictionary<DayKey, (decimal Quantity, long Amount, long Records)> _days = [];
    private readonly List<CorrectionLine> _corrections = [];

    public SpentChanges Spent { get; } = new(currency);

    public void Add(UsageLine line, BlockAccount? block)
    {
        var usage = line.Usage;
        Sum(new DayKey(usage.SchoolId, line.Day, usage.CourseId, UsageKinds.NameOf(usage.Kind), usage.Provider, usage.PriceId, line.Pricing), usage.Quantity, line.Amount);
        Spent.Add(SpentKey.Of(usage.SchoolId, usage.CourseId, line.Day, line.InstallationDay), settled: line.Amount, held: 0);
        if (block is null || line.Amount == 0)
            return;
        var (held, corrected) = block.Report(line.Amount);
        Spent.Add(SpentKey.Of(block.Place), settled: -corrected, held: -held);
        if (corrected > 0)
            Correct(block.Place, -corrected, string.Create(CultureInfo.InvariantCulture, $"late:{block.Place.Id:n}:{block.Reported}"));
    }

    /// <summary>A line that nobody reported: for what was held and not accounted for, or, below zero, for what was reported after all.</summary>
    public void Correct(BlockPlace block, long amount, string key)
    {
        if (amount == 0)
            return;
        _corrections.Add(new CorrectionLine(block, amount, key));
        Sum(new DayKey(block.SchoolId, block.Day, block.CourseId, UsageKinds.Unaccounted, "lectern", PriceId: null, UsageLine.Correction), Micros.ToUnits(amount), amount);
    }

    public async Task ApplyAsync(NpgsqlConnection connection, IReadOnlyCollection<BlockAccount> blocks, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var school in _days.Keys.Select(day => day.SchoolId).Distinct().Order())
        {
            batch.BatchCommands.Add(UsageRows.Enter(school));
            if (_corrections.Where(line => line.Block.SchoolId == school).ToList() is { Count: > 0 } corrections)
                batch.BatchCommands.Add(UsageRows.Corrections(school, corrections));
            batch.BatchCommands.Add(DayRows.Add(school, currency, [.. _days.Where(day => day.Key.SchoolId == school).OrderBy(day => day.Key.ToString(), StringComparer.Ordinal)]));
        }
        if (blocks.Count > 0)
            batch.BatchCommands.Add(BlockRows.Store(blocks));
        if (Spent.ToCommand() is { } spent)
            batch.BatchCommands.Add(spent);
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(ct);
    }

    private void Sum(DayKey key, decimal quantity, long amount)
    {
        var before = _days.GetValueOrDefault(key);
        _days[key] = (before.Quantity + quantity, before.Amount + amount, before.Records + 1);
    }
}

/// <summary>What a row of <c>cost_day</c> sums up.</summary>
internal sealed record DayKey(Guid SchoolId, DateOnly Day, Guid? CourseId, string Kind, string Provider, string? PriceId, string Pricing);

internal sealed record CorrectionLine(BlockPlace Block, long Amount, string Key);

/// <summary>Rows of <c>cost_day</c>.</summary>
internal static class DayRows
{
    public static NpgsqlBatchCommand Add(Guid school, string currency, IReadOnlyList<KeyValuePair<DayKey, (decimal Quantity, long Amount, long Records)>> sums) => new("""
        insert into cost_day as d (school_id, id, day, course_id, kind, provider, price_id, pricing, currency, quantity, amount, records)
        select $1, gen_random_uuid(), s.day, s.course_id, s.kind, s.provider, s.price_id, s.pricing, $2, s.quantity, s.amount, s.records
        from unnest($3::date[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::numeric[], $10::bigint[], $11::bigint[])
            with ordinality as s (day, course_id, kind, provider, price_id, pricing, quantity, amount, records, n) order by s.n
        on conflict (school_id, day, course_id, kind, provider, price_id, pricing, currency)
            do update set quantity = d.quantity + excluded.quantity, amount = d.amount + excluded.amount, records = d.records + excluded.records
        """)
    {
        Parameters =
        {
            new() { Value = school },
            new() { Value = currency },
            new() { Value = sums.Select(sum => sum.Key.Day).ToArray() },
            new() { Value = sums.Select(sum => sum.Key.CourseId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
            new() { Value = sums.Select(sum => sum.Key.Kind).ToArray() },
            new() { Value = sums.Select(sum => sum.Key.Provider).ToArray() },
            new() { Value = sums.Select(sum => sum.Key.PriceId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            new() { Value = sums.Select(sum => sum.Key.Pricing).ToArray() },
            new() { Value = sums.Select(sum => sum.Value.Quantity).ToArray() },
            new() { Value = sums.Select(sum => sum.Value.Amount).ToArray() },
            new() { Value = sums.Select(sum => sum.Value.Records).ToArray() },
        },
    };
}
