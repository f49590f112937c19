using Lectern.Platform;
using Lectern.Platform.Backups;
using Lectern.Platform.Data;
using Lectern.Server;
using Lectern.Tests.Fakes;
using Lectern.Tests.Server.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lectern.Tests.Server.Operations;

/// <summary>The demo school, with the tables of every room, on its way to another PostgreSQL while it is served.</summary>
[Collection(ProgramCollection.Name)]
public sealed class BackupTests(LecternProgram program)
{
    // Quartz goes on scheduling, and the outbox delivering, while the two are compared.
    private static readonly string[] InMotion = ["migration", "outbox_event", "outbox_delivery"];

    public static TheoryData<int> Versions => PostgresServers.IsMissing15 ? new(18) : new(18, 15);

    [Theory, MemberData(nameof(Versions))]
    public async Task Every_row_of_every_room_comes_back(int version)
    {
        var folder = Directory.CreateTempSubdirectory("lectern-backup-").FullName;
        try
        {
            var archive = Path.Combine(folder, "demo.tar.gz");
            var source = new Installation(program.Connections, program.Services.GetRequiredService<DataFolder>(), null, HasOwnDatabase: true, "0.1.0");
            var database = await PostgresServers.CreateDatabaseAsync(version);
            var target = new Installation(new DatabaseConnections(database.OwnerConnectionString, database.AppConnectionString), new DataFolder(Path.Combine(folder, "data")), null, HasOwnDatabase: true, "0.1.0");

            await new Backup(source, TimeProvider.System).WriteAsync(archive, new Silence(), default);
            await new Restore(target, new Migrator(Rooms.All, NullLogger<Migrator>.Instance), TimeProvider.System).RunAsync(archive, new Silence(), default);

            var (before, after) = (await RowsAsync(source, version), await RowsAsync(target, version));
            Assert.True(before.Count >= 16 && before["paragraph"].Count > 200 && before["person"].Count >= 4, "there is too little to compare");
            Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
            foreach (var (table, rows) in before)
                Assert.True(rows.SequenceEqual(after[table], StringComparer.Ordinal), $"{table} differs: {rows.Except(after[table]).FirstOrDefault()} / {after[table].Except(rows).FirstOrDefault()}");
            Assert.Equal(File.ReadAllText(source.Data.File("master.key")), File.ReadAllText(target.Data.File("master.key")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Search words are computed anew by the target, and PostgreSQL 15 sees other words in a formula than 18 does.
    private static async Task<Dictionary<string, List<string>>> RowsAsync(Installation installation, int comparedWith)
    {
        await using var connection = await OwnerSession.OpenAsync(installation.Connections, default);
        var tables = await OwnerSession.ListAsync(connection, $"""
            select c.relname::text, string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname not like 'qrtz%' and ({comparedWith} = 18 or a.attgenerated = '') group by 1
            """, row => (Name: row.GetString(0), Columns: row.GetString(1)), default);
        var rows = new Dictionary<string, List<string>>();
        foreach (var table in tables.Where(table => !InMotion.Contains(table.Name)))
            rows[table.Name] = [.. (await OwnerSession.ListAsync(connection, $"select row({table.Columns})::text from public.{OwnerSession.Quote(table.Name)}", row => row.GetString(0), default)).Order(StringComparer.Ordinal)];
        return rows;
    }

    private sealed class Silence : IProgress<string>
    {
        public void Report(string value)
        {
        }
    }
}
