using System.Text.RegularExpressions;
using Lectern.Platform.Data;
using Lectern.Tests.Fakes;
using Lectern.Tests.Server.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Lectern.Tests.Server.Architecture;

/// <summary>The model and the migrated database agree, and every table stands behind the wall or on the list of those that need none.</summary>
[Collection(ProgramCollection.Name)]
public sealed partial class DatabaseTests(LecternProgram program)
{
    private static readonly string[] WithoutSchool = ["migration", "school", "school_host", "outbox_event", "outbox_delivery", "key_ring", "live_seat", "cost_block", "cost_spent"];

    [Fact]
    public async Task Every_table_of_a_school_is_behind_the_wall()
    {
        var tables = await RowsAsync("""
            select c.relname, c.relrowsecurity, exists (select from pg_policy p where p.polrelid = c.oid),
                   coalesce((select string_agg(a.attname, ',' order by k.n) from pg_index i, unnest(i.indkey) with ordinality k (attnum, n), pg_attribute a
                             where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.attnum), '')
            from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
            """);
        var owned = tables.Where(table => !WithoutSchool.Contains(table[0]) && !((string)table[0]).StartsWith("qrtz_", StringComparison.Ordinal)).ToList();

        Assert.True(owned.Count >= 12);
        Assert.All(owned, table =>
        {
            Assert.True((bool)table[1] && (bool)table[2], $"{table[0]} has no row-level security");
            Assert.True((string)table[3] == KeyOf((string)table[0]), $"the primary key of {table[0]} is {table[3]}");
        });
        Assert.Empty(WithoutSchool.Except(tables.Select(table => (string)table[0])));
    }

    // A key of a partitioned table holds what it is partitioned by.
    private static string KeyOf(string table) => table.StartsWith("cost_usage", StringComparison.Ordinal) ? "school_id,month,key" : "school_id,id";

    [Fact]
    public async Task The_model_has_the_columns_of_the_database()
    {
        var database = (await RowsAsync("select table_name || '.' || column_name, is_nullable = 'YES' from information_schema.columns where table_schema = 'public'"))
            .ToDictionary(row => (string)row[0], row => (bool)row[1]);
        await using var db = program.Factory.CreateWithoutSchool();
        var model = db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.SelectMany(table => table.Columns.Select(column => (Name: $"{table.Name}.{column.Name}", column.IsNullable))).ToList();

        Assert.True(model.Count > 60);
        Assert.Empty(model.Where(column => !database.ContainsKey(column.Name)).Select(column => column.Name));
        Assert.Empty(model.Where(column => database[column.Name] != column.IsNullable).Select(column => $"{column.Name} is nullable on one side only"));
    }

    /// <summary>Connections go back to the pool as they are, so what is set on one for longer than its transaction would meet the next school.</summary>
    [Fact]
    public void Nothing_is_set_on_a_connection_beyond_its_transaction()
    {
        var sources = Directory.EnumerateFiles(Repository.Folder("src"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();
        // The owner's own connections, which are not pooled.
        string[] owners = ["OwnerSession.cs", "DatabaseSnapshot.cs", "Restore.cs", "Migrator.cs"];

        var found = sources.Where(file => !owners.Contains(Path.GetFileName(file)) && SetsSession().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName);

        Assert.Empty(found);
        Assert.Equal(owners.Order(StringComparer.Ordinal), sources.Where(file => owners.Contains(Path.GetFileName(file)) && SetsSession().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains(sources, file => File.ReadAllText(file).Contains("set_config('app.school_id'", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"set_config\([^)]*,\s*false\)|pg_advisory_lock|\bset (session|role|transaction|local|search_path|app\.)\b|\blisten \w+;|create temp", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SetsSession();

    [Fact]
    public void What_an_operator_sets_on_the_connection_stays()
    {
        static NpgsqlConnectionStringBuilder Serving(string app) => new(new DatabaseConnections("Host=x", app).AppServing(60));

        Assert.Equal((60, true), (Serving("Host=x").MaxPoolSize, Serving("Host=x").NoResetOnClose));
        Assert.Equal((7, false), (Serving("Host=x;Maximum Pool Size=7").MaxPoolSize, Serving("Host=x;No Reset On Close=false").NoResetOnClose));
    }

    [Fact]
    public async Task A_search_narrows_to_the_course_before_it_looks_at_words()
    {
        await using var connection = new NpgsqlConnection(program.Connections.App);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, $"select set_config('app.school_id', '{program.Demo.Id}', true), set_config('enable_seqscan', 'off', true)");
        await using var explain = new NpgsqlCommand("explain select * from paragraph p where p.course_id = '0197b2a0-0000-7000-8000-000000000000' and p.search @@ websearch_to_tsquery('english', 'sound')", connection);
        var plan = new List<string>();
        await using (var reader = await explain.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                plan.Add(reader.GetString(0));
        }

        Assert.Contains(plan, line => line.Contains("paragraph_by_course", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_program_does_not_serve_as_a_role_that_sees_every_school()
    {
        await using var owner = NpgsqlDataSource.Create(program.Connections.Owner);

        var failure = await Assert.ThrowsAsync<UnsafeRoleException>(() => DatabaseRoles.RefuseUnsafeAsync(owner, default));

        Assert.Contains("lectern_app", failure.Message, StringComparison.Ordinal);
    }

    private async Task<List<object[]>> RowsAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(program.Connections.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
