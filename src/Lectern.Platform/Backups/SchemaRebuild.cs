using System.Globalization;
using Lectern.Platform.Data;
using Npgsql;

namespace Lectern.Platform.Backups;

/// <summary>
/// The schema of a backup, made anew in the transaction of the restore. Rows of an older version go into tables of that version, and the migrations since then
/// bring both up to this program; so a backup can be restored by any later version, over any state of the target.
/// </summary>
internal sealed class SchemaRebuild(NpgsqlConnection connection, Migrator migrator, BackupManifest manifest)
{
    // Names are made before anything is dropped, as a cascade may reach what is next in the list.
    private const string DropEverything = """
        do $$ declare statement text; begin
            for statement in
                select statement_ from (
                    select 1 as turn, format('drop %s if exists public.%I cascade', case relkind when 'v' then 'view' when 'm' then 'materialized view' else 'table' end, relname) as statement_
                    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') and not relispartition
                        and relowner = current_user::regrole and not exists (select from pg_depend d where d.objid = pg_class.oid and d.deptype = 'e')
                    union all
                    select 2, format('drop routine if exists public.%I(%s) cascade', proname, pg_get_function_identity_arguments(oid))
                    from pg_proc where pronamespace = 'public'::regnamespace
                        and proowner = current_user::regrole and not exists (select from pg_depend d where d.objid = pg_proc.oid and d.deptype = 'e')
                    union all
                    select 3, format('drop sequence if exists public.%I cascade', relname)
                    from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'
                        and relowner = current_user::regrole and not exists (select from pg_depend d where d.objid = pg_class.oid and d.deptype = 'e')
                    union all
                    select 4, format('drop type if exists public.%I cascade', typname)
                    from pg_type where typnamespace = 'public'::regnamespace and typtype in ('c', 'd', 'e') and (typrelid = 0 or exists (select from pg_class c where c.oid = typrelid and c.relkind = 'c'))
                        and typowner = current_user::regrole and not exists (select from pg_depend d where d.objid = pg_type.oid and d.deptype = 'e')
                ) drops order by turn
            loop
                execute statement;
            end loop;
        end $$
        """;

    private const string ForeignKeys = """
        select format('alter table %s drop constraint %I', conrelid::regclass, conname), format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0 order by conrelid::regclass::text, conname
        """;

    private const string Triggers = """
        select format('alter table %s disable trigger %I', tgrelid::regclass, tgname), format('alter table %s enable trigger %I', tgrelid::regclass, tgname)
        from pg_trigger t join pg_class c on c.oid = t.tgrelid where not tgisinternal and c.relnamespace = 'public'::regnamespace and tgenabled = 'O' and tgparentid = 0
        """;

    private readonly List<string> _putBack = [];

    /// <exception cref="BackupException">The backup has a migration that this program lacks or that was changed since.</exception>
    public static void RefuseUnfit(BackupManifest manifest, Migrator migrator, string version)
    {
        var known = migrator.Known.ToDictionary(migration => (migration.Room, migration.Number));
        foreach (var migration in manifest.Migrations)
        {
            if (!known.TryGetValue((migration.Room, migration.Number), out var own))
                throw new BackupException(
                    $"The backup has a newer schema than this program: Lectern {manifest.Lectern} made it with the migration {migration}, which Lectern {version} does not have. " +
                    $"Restore it with Lectern {manifest.Lectern} or later. Nothing was changed.");
            if (own.Checksum != migration.Checksum)
                throw new BackupException(
                    $"The migration {migration} of the backup (Lectern {manifest.Lectern}) differs from the one of this program (Lectern {version}). " +
                    $"Restore it with Lectern {manifest.Lectern}. Nothing was changed.");
        }
    }

    /// <summary>Drops what the owner has in the schema and makes the backup's, ready for rows in any order.</summary>
    public async Task BeginAsync(CancellationToken ct)
    {
        await OwnerSession.ExecuteAsync(connection, DropEverything, ct);
        var had = manifest.Migrations.Select(migration => (migration.Room, migration.Number)).ToHashSet();
        await migrator.ApplyWithinAsync(connection, migrator.Known.Where(migration => had.Contains((migration.Room, migration.Number))), ct);
        await SetAsideAsync(Triggers, ct);
        // Checked all at once at the end: quicker than row by row, and tables that refer to each other need no order.
        await SetAsideAsync(ForeignKeys, ct);
    }

    /// <summary>After the rows: sequences, what was set aside, and the migrations since the backup.</summary>
    /// <exception cref="BackupException">The rows contradict each other.</exception>
    public async Task CompleteAsync(CancellationToken ct)
    {
        foreach (var sequence in manifest.Sequences)
            await OwnerSession.ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture,
                $"select setval('public.{OwnerSession.Quote(sequence.Name).Replace("'", "''", StringComparison.Ordinal)}', {sequence.Value}, {sequence.IsCalled})"), ct);
        if (TransientRows.Release(manifest) is { } release)
            await OwnerSession.ExecuteAsync(connection, release, ct);
        try
        {
            foreach (var statement in Enumerable.Reverse(_putBack))
                await OwnerSession.ExecuteAsync(connection, statement, ct);
        }
        catch (PostgresException broken) when (broken.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new BackupException($"The rows of the backup contradict each other: {broken.MessageText} ({broken.Detail}). Nothing was changed.", broken);
        }
        var had = manifest.Migrations.Select(migration => (migration.Room, migration.Number)).ToHashSet();
        await migrator.ApplyWithinAsync(connection, migrator.Known.Where(migration => !had.Contains((migration.Room, migration.Number))), ct);
    }

    private async Task SetAsideAsync(string query, CancellationToken ct)
    {
        foreach (var (aside, back) in await OwnerSession.ListAsync(connection, query, row => (row.GetString(0), row.GetString(1)), ct))
        {
            await OwnerSession.ExecuteAsync(connection, aside, ct);
            _putBack.Add(back);
        }
    }
}
