using Lectern.Costs.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Lectern.Costs.Metering;

/// <summary>Rows of <c>cost_usage</c>, which stand behind the wall: each school's are written in its name.</summary>
internal static class UsageRows
{
    /// <summary>The transaction speaks for this school from here on.</summary>
    public static NpgsqlBatchCommand Enter(Guid school) => new("select set_config('app.school_id', $1, true)") { Parameters = { new() { Value = school.ToString() } } };

    /// <summary>Adds the lines that are not there yet.</summary>
    /// <returns>Those; of two with the same key the first.</returns>
    public static async Task<IReadOnlyList<UsageLine>> InsertAsync(NpgsqlConnection connection, IReadOnlyList<UsageLine> lines, CancellationToken ct)
    {
        var fresh = new List<UsageLine>(lines.Count);
        var schools = lines.GroupBy(line => line.Usage.SchoolId).OrderBy(group => group.Key)
            .Select(group => (Id: group.Key, Lines: group.DistinctBy(KeyOf).OrderBy(line => line.Usage.Key, StringComparer.Ordinal).ToDictionary(KeyOf))).ToList();
        if (schools.Count == 0)
            return fresh;
        await using var batch = new NpgsqlBatch(connection);
        foreach (var school in schools)
        {
            batch.BatchCommands.Add(Enter(school.Id));
            batch.BatchCommands.Add(Insert(school.Id, [.. school.Lines.Values]));
        }
        await using var reader = await batch.ExecuteReaderAsync(ct);
        foreach (var school in schools)
        {
            await reader.NextResultAsync(ct); // past set_config's row
            while (await reader.ReadAsync(ct))
                fresh.Add(school.Lines[(reader.GetFieldValue<DateOnly>(0), reader.GetString(1))]);
            await reader.NextResultAsync(ct);
        }
        return fresh;
    }

    public static NpgsqlBatchCommand Corrections(Guid school, IReadOnlyList<CorrectionLine> lines) => new($"""
        insert into cost_usage (school_id, month, key, at, day, course_id, block_id, kind, provider, quantity, amount, currency, pricing)
        select $1, date_trunc('month', now() at time zone 'utc')::date, c.key, now(), c.day, c.course_id, c.block_id, '{UsageKinds.Unaccounted}', 'lectern', c.amount / {Micros.PerUnit}.0, c.amount, c.currency, '{UsageLine.Correction}'
        from unnest($2::text[], $3::date[], $4::uuid[], $5::uuid[], $6::bigint[], $7::text[]) as c (key, day, course_id, block_id, amount, currency)
        """)
    {
        Parameters =
        {
            new() { Value = school },
            new() { Value = lines.Select(line => line.Key).ToArray() },
            new() { Value = lines.Select(line => line.Block.Day).ToArray() },
            new() { Value = lines.Select(line => line.Block.CourseId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
            new() { Value = lines.Select(line => line.Block.Id).ToArray() },
            new() { Value = lines.Select(line => line.Amount).ToArray() },
            new() { Value = lines.Select(line => line.Block.Currency).ToArray() },
        },
    };

    private static (DateOnly Month, string Key) KeyOf(UsageLine line) => (UsageLine.MonthOf(line.Usage.At), line.Usage.Key);

    private static NpgsqlBatchCommand Insert(Guid school, IReadOnlyList<UsageLine> lines) => new("""
        insert into cost_usage (school_id, month, key, at, day, course_id, session_id, block_id, kind, provider, price_id, quantity, rate, rate_currency, amount, currency, pricing)
        select $1, u.* from unnest($2::date[], $3::text[], $4::timestamptz[], $5::date[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::text[], $11::text[], $12::numeric[],
            $13::numeric[], $14::text[], $15::bigint[], $16::text[], $17::text[]) as u
        on conflict (school_id, month, key) do nothing returning month, key
        """)
    {
        Parameters =
        {
            new() { Value = school },
            new() { Value = lines.Select(line => UsageLine.MonthOf(line.Usage.At)).ToArray() },
            new() { Value = lines.Select(line => line.Usage.Key).ToArray() },
            new() { Value = lines.Select(line => line.Usage.At.UtcDateTime).ToArray() },
            new() { Value = lines.Select(line => line.Day).ToArray() },
            Nullable(lines.Select(line => line.Usage.CourseId).ToArray(), NpgsqlDbType.Uuid),
            Nullable(lines.Select(line => line.Usage.SessionId).ToArray(), NpgsqlDbType.Uuid),
            Nullable(lines.Select(line => line.BlockId).ToArray(), NpgsqlDbType.Uuid),
            new() { Value = lines.Select(line => UsageKinds.NameOf(line.Usage.Kind)).ToArray() },
            new() { Value = lines.Select(line => line.Usage.Provider).ToArray() },
            Nullable(lines.Select(line => line.Usage.PriceId).ToArray(), NpgsqlDbType.Text),
            new() { Value = lines.Select(line => line.Usage.Quantity).ToArray() },
            Nullable(lines.Select(line => line.Rate).ToArray(), NpgsqlDbType.Numeric),
            Nullable(lines.Select(line => line.RateCurrency).ToArray(), NpgsqlDbType.Text),
            new() { Value = lines.Select(line => line.Amount).ToArray() },
            new() { Value = lines.Select(line => line.Currency).ToArray() },
            new() { Value = lines.Select(line => line.Pricing).ToArray() },
        },
    };

    private static NpgsqlParameter Nullable<T>(T[] values, NpgsqlDbType type) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
