using Lectern.Costs.Metering;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Lectern.Costs.Budgets;

/// <summary>Reads how schools stand. The installation's budgets are the system school's, and hold for every school.</summary>
internal sealed class FiguresReader(LecternDbFactory databases, SchoolDirectory schools, NpgsqlDataSource database, Periods periods, Exchange exchange, TimeProvider time)
{
    public async Task<Figures?> ReadAsync(Guid schoolId, CancellationToken ct) => await schools.FindAsync(schoolId, ct) is { } school ? await ReadAsync(school, ct) : null;

    public async Task<Figures> ReadAsync(School school, CancellationToken ct)
    {
        var readAt = time.GetTimestamp();
        await using var db = databases.Create(school);
        var budgets = await db.Set<Budget>().AsNoTracking().Where(budget => budget.RemovedAt == null).OrderBy(budget => budget.CreatedAt).ToListAsync(ct);
        var rates = await db.Set<OwnPrice>().AsNoTracking().ToDictionaryAsync(own => own.PriceId, own => new UnitRate(own.Rate, own.Currency), ct);
        if (!school.IsSystem)
            budgets.AddRange(await InstallationBudgetsAsync(ct));
        var keys = budgets.Select(budget => Periods.KeyOf(budget, school.Id, periods.Starts(budget, school))).ToList();
        var spent = await SpentAsync(keys, ct);
        return new Figures(school, [.. budgets.Select((budget, i) => Of(budget, school, keys[i], spent.GetValueOrDefault(keys[i], SpentSoFar.Nothing)))], rates, readAt);
    }

    /// <summary>The rows that are there, of all schools.</summary>
    public async Task<Dictionary<SpentKey, SpentSoFar>> SpentAsync(IReadOnlyCollection<SpentKey> keys, CancellationToken ct)
    {
        if (keys.Count == 0)
            return [];
        await using var command = database.CreateCommand("""
            select s.scope, s.owner, s.period, s.starts, s.school_id, s.settled, s.held, s.wanting
            from cost_spent s join unnest($1::text[], $2::uuid[], $3::text[], $4::date[]) as k (scope, owner, period, starts) using (scope, owner, period, starts) where s.currency = $5
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = keys.Select(key => key.Scope).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = keys.Select(key => key.Owner).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = keys.Select(key => key.Period).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = keys.Select(key => key.Starts).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date });
        command.Parameters.Add(new NpgsqlParameter { Value = exchange.Currency });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var spent = new Dictionary<SpentKey, SpentSoFar>();
        while (await reader.ReadAsync(ct))
        {
            var key = new SpentKey(reader.GetString(0), reader.GetGuid(1), reader.GetString(2), reader.GetFieldValue<DateOnly>(3), reader.IsDBNull(4) ? null : reader.GetGuid(4));
            spent[key] = new SpentSoFar(reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7));
        }
        return spent;
    }

    /// <summary>Where a month is going to end, in millionths of the installation's currency; null as long as it is too early to tell.</summary>
    /// <param name="month">The month's row.</param>
    /// <param name="settled">Booked in it so far.</param>
    public async Task<long?> ProjectAsync(SpentKey month, DateOnly today, long settled, CancellationToken ct)
    {
        var days = Enumerable.Range(0, Projection.Days + 1).Select(n => month with { Period = SpentKey.Day, Starts = today.AddDays(-n) }).ToList();
        var spent = await SpentAsync(days, ct);
        return Projection.Of(settled, today, Of(days[0]), [.. days.Skip(1).Select(Of)]);

        long Of(SpentKey day) => spent.GetValueOrDefault(day, SpentSoFar.Nothing).Settled;
    }

    private async Task<List<Budget>> InstallationBudgetsAsync(CancellationToken ct)
    {
        if ((await schools.AllAsync(ct)).FirstOrDefault(school => school.IsSystem) is not { } system)
            return [];
        await using var db = databases.Create(system);
        return await db.Set<Budget>().AsNoTracking().Where(budget => budget.RemovedAt == null && budget.Scope == SpentKey.Installation).ToListAsync(ct);
    }

    private BudgetFigures Of(Budget budget, School school, SpentKey key, SpentSoFar spent) =>
        new(budget, budget.LimitIn(exchange), key.Starts, periods.Ends(budget, school, key.Starts), spent);
}
