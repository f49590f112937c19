using Lectern.Costs.Budgets.Blocks;
using Npgsql;
using NpgsqlTypes;

namespace Lectern.Costs.Budgets;

/// <summary>One row of <c>cost_spent</c>: a budget's period, whoever has a budget for it.</summary>
internal readonly record struct SpentKey(string Scope, Guid Owner, string Period, DateOnly Starts, Guid? SchoolId)
{
    public const string Installation = "installation";
    public const string School = "school";
    public const string Course = "course";
    public const string Day = "day";
    public const string Month = "month";

    /// <summary>The six rows at most that something spent on a day counts in.</summary>
    public static IEnumerable<SpentKey> Of(Guid school, Guid? course, DateOnly day, DateOnly installationDay)
    {
        yield return new(Installation, Guid.Empty, Day, installationDay, SchoolId: null);
        yield return new(Installation, Guid.Empty, Month, FirstOf(installationDay), SchoolId: null);
        yield return new(School, school, Day, day, school);
        yield return new(School, school, Month, FirstOf(day), school);
        if (course is not { } id)
            yield break;
        yield return new(Course, id, Day, day, school);
        yield return new(Course, id, Month, FirstOf(day), school);
    }

    public static IEnumerable<SpentKey> Of(BlockPlace block) => Of(block.SchoolId, block.CourseId, block.Day, block.InstallationDay);

    public static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);
}

/// <summary>Collects what a transaction changes in <c>cost_spent</c>, and applies it in the order in which everybody locks the rows.</summary>
internal sealed class SpentChanges(string currency)
{
    private readonly SortedDictionary<SpentKey, (long Settled, long Held)> _changes = new(Comparer<SpentKey>.Create(Compare));

    public void Add(IEnumerable<SpentKey> keys, long settled, long held)
    {
        foreach (var key in keys)
        {
            var before = _changes.GetValueOrDefault(key);
            _changes[key] = (before.Settled + settled, before.Held + held);
        }
    }

    /// <summary>Null when nothing changes.</summary>
    public NpgsqlBatchCommand? ToCommand()
    {
        var changes = _changes.Where(change => change.Value != default).ToList();
        return changes.Count == 0 ? null : new NpgsqlBatchCommand("""
            insert into cost_spent as s (scope, owner, period, starts, currency, school_id, settled, held)
            select c.scope, c.owner, c.period, c.starts, $1, c.school_id, c.settled, c.held
            from unnest($2::text[], $3::uuid[], $4::text[], $5::date[], $6::uuid[], $7::bigint[], $8::bigint[]) with ordinality as c (scope, owner, period, starts, school_id, settled, held, n) order by c.n
            on conflict (scope, owner, period, starts, currency) do update set settled = s.settled + excluded.settled, held = s.held + excluded.held
            """)
        {
            Parameters =
            {
                new() { Value = currency },
                new() { Value = changes.Select(change => change.Key.Scope).ToArray() },
                new() { Value = changes.Select(change => change.Key.Owner).ToArray() },
                new() { Value = changes.Select(change => change.Key.Period).ToArray() },
                new() { Value = changes.Select(change => change.Key.Starts).ToArray() },
                new() { Value = changes.Select(change => change.Key.SchoolId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                new() { Value = changes.Select(change => change.Value.Settled).ToArray() },
                new() { Value = changes.Select(change => change.Value.Held).ToArray() },
            },
        };
    }

    /// <summary>Any order will do that is the same for all: two transactions that lock the same rows then never wait for each other in a ring.</summary>
    public static int Compare(SpentKey left, SpentKey right) =>
        string.CompareOrdinal(left.Scope, right.Scope) is not 0 and var scope ? scope
        : left.Owner.CompareTo(right.Owner) is not 0 and var owner ? owner
        : string.CompareOrdinal(left.Period, right.Period) is not 0 and var period ? period
        : left.Starts.CompareTo(right.Starts);
}
