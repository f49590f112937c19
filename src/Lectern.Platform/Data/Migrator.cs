using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Lectern.Platform.Modules;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Data;

/// <summary>A migration of one room: plain SQL, embedded as <c>Migrations/0001-name.sql</c>.</summary>
public sealed record Migration(string Room, int Number, string Name, string Sql)
{
    /// <summary>SHA-256 of the text with line feeds only, so that a checkout with other line ends compares equal.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));
}

/// <summary>The database does not fit the migrations of this program; the message says which and what to do.</summary>
public sealed class MigrationException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Brings the database to the newest migration of every room, as the owner role and under an advisory lock, so that nodes
/// starting together wait for the first. Each migration is one transaction. A migration that was changed after it ran is refused.
/// </summary>
public sealed partial class Migrator
{
    // Any constant will do; it must only differ from other users of advisory locks in this database.
    internal const long LockKey = 0x4C65_6374_6572_6E01;

    private readonly ILogger<Migrator> _logger;

    public Migrator(IEnumerable<IModule> modules, ILogger<Migrator> logger)
        : this(modules.SelectMany(Of).ToList(), logger)
    {
    }

    internal Migrator(IReadOnlyList<Migration> known, ILogger<Migrator> logger) => (Known, _logger) = (known, logger);

    /// <summary>All migrations in the order they run: rooms in module order, then by number.</summary>
    public IReadOnlyList<Migration> Known { get; }

    /// <summary>Applies what is missing and returns it.</summary>
    /// <param name="ownerConnectionString">A role that owns the database's schema.</param>
    /// <exception cref="MigrationException">A migration failed or was changed; nothing of it was kept.</exception>
    public async Task<IReadOnlyList<Migration>> MigrateAsync(string ownerConnectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ownerConnectionString);
        await connection.OpenAsync(ct);
        await Execute(connection, $"select pg_advisory_lock({LockKey})", ct);
        try
        {
            await EnsureLedger(connection, ct);
            var applied = await Applied(connection, ct);
            var missing = Known.Where(migration => !IsApplied(migration, applied)).ToList();
            foreach (var migration in missing)
                await Apply(connection, migration, ct);
            await GrantToApp(connection, ct);
            return missing;
        }
        finally
        {
            await Execute(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    /// <summary>True when the database has every known migration.</summary>
    public async Task<bool> IsCurrentAsync(string connectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var exists = new NpgsqlCommand("select to_regclass('public.migration') is not null", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(ct))!)
            return false;
        var applied = await Applied(connection, ct);
        return Known.All(migration => IsApplied(migration, applied));
    }

    private static IEnumerable<Migration> Of(IModule module)
    {
        var assembly = module.GetType().Assembly;
        return assembly.GetManifestResourceNames()
            .Select(resource => (resource, match: ResourceName().Match(resource)))
            .Where(found => found.match.Success)
            .Select(found => new Migration(module.Name, int.Parse(found.match.Groups["number"].Value), found.match.Groups["name"].Value, Read(assembly, found.resource)))
            .OrderBy(migration => migration.Number);
    }

    private static bool IsApplied(Migration migration, Dictionary<(string Room, int Number), string> applied)
    {
        if (!applied.TryGetValue((migration.Room, migration.Number), out var checksum))
            return false;
        return checksum == migration.Checksum ? true : throw new MigrationException(
            $"Migration {migration.Room}/{migration.Number:0000}-{migration.Name} was changed after it ran on this database. " +
            "Restore the file of the version that ran and put the change into a new migration. Nothing was changed.");
    }

    /// <summary>Applies migrations to an empty schema, or to one that has those before them, inside the caller's transaction.</summary>
    /// <exception cref="MigrationException">A migration failed; the caller rolls back.</exception>
    internal async Task ApplyWithinAsync(NpgsqlConnection connection, IEnumerable<Migration> migrations, CancellationToken ct)
    {
        await EnsureLedger(connection, ct);
        foreach (var migration in migrations)
            await RunAndRecord(connection, migration, ct);
        await GrantToApp(connection, ct);
    }

    private async Task Apply(NpgsqlConnection connection, Migration migration, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await RunAndRecord(connection, migration, ct);
        await transaction.CommitAsync(ct);
    }

    private async Task RunAndRecord(NpgsqlConnection connection, Migration migration, CancellationToken ct)
    {
        try
        {
            await Execute(connection, migration.Sql, ct);
            await using var record = new NpgsqlCommand("insert into migration (room, number, name, checksum) values ($1, $2, $3, $4)", connection)
            {
                Parameters = { new() { Value = migration.Room }, new() { Value = migration.Number }, new() { Value = migration.Name }, new() { Value = migration.Checksum } },
            };
            await record.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException failure)
        {
            throw new MigrationException($"Migration {migration.Room}/{migration.Number:0000}-{migration.Name} failed and was rolled back: {failure.MessageText} (SQLSTATE {failure.SqlState}, position {failure.Position}).", failure);
        }
        Log.Applied(_logger, migration.Room, migration.Number, migration.Name);
    }

    private static Task EnsureLedger(NpgsqlConnection connection, CancellationToken ct) => Execute(connection, """
        create table if not exists migration (
            room text not null,
            number int not null,
            name text not null,
            checksum text not null,
            applied_at timestamptz not null default now(),
            primary key (room, number))
        """, ct);

    private static async Task<Dictionary<(string Room, int Number), string>> Applied(NpgsqlConnection connection, CancellationToken ct)
    {
        var applied = new Dictionary<(string, int), string>();
        await using var command = new NpgsqlCommand("select room, number, checksum from migration", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            applied[(reader.GetString(0), reader.GetInt32(1))] = reader.GetString(2);
        return applied;
    }

    // Tables made by later migrations are covered too, because this runs after every migration. A table whose comment says "append-only" is only added to.
    private static Task GrantToApp(NpgsqlConnection connection, CancellationToken ct) => Execute(connection, $"""
        grant usage on schema public to {DatabaseRoles.App};
        grant select, insert, update, delete on all tables in schema public to {DatabaseRoles.App};
        grant usage, select on all sequences in schema public to {DatabaseRoles.App};
        revoke insert, update, delete on migration from {DatabaseRoles.App};
        do $$
        declare only_added_to regclass;
        begin
            for only_added_to in select objoid::regclass from pg_description where classoid = 'pg_class'::regclass and objsubid = 0 and description = 'append-only' loop
                execute format('revoke update, delete on %s from {DatabaseRoles.App}', only_added_to);
            end loop;
        end $$;
        """, ct);

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!); // the name came from the same assembly
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\.Migrations\.(?<number>\d{4})-(?<name>[a-z0-9-]+)\.sql$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ResourceName();

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Applied migration {Room}/{Number} {Name}")]
        public static partial void Applied(ILogger logger, string room, int number, string name);
    }
}
