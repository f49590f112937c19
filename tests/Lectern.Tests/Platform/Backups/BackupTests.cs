using System.Security.Cryptography;
using Lectern.Platform.Backups;
using Lectern.Platform.Security;
using Lectern.Tests.Fakes;
using Npgsql;

namespace Lectern.Tests.Platform.Backups;

/// <summary>What a backup holds, and that it comes back as it was, on another PostgreSQL too.</summary>
public sealed class BackupTests
{
    public static TheoryData<int, int> Ways => PostgresServers.IsMissing15 ? new() { { 18, 18 } } : new() { { 18, 18 }, { 18, 15 }, { 15, 18 } };

    [Theory, MemberData(nameof(Ways))]
    public async Task Every_row_every_file_and_the_key_come_back_on_another_PostgreSQL(int from, int to)
    {
        await using var source = await Place.FilledAsync(from);
        await using var target = await Place.EmptyAsync(to);
        await source.ExecuteAsync(AwkwardSchema.Volume);
        var end = await source.BackUpAsync();

        await target.Restore().RunAsync(source.Archive, target, default);

        var (before, after) = (await source.RowsAsync(), await target.RowsAsync());
        Assert.True(before.Values.Sum(rows => rows.Count) > 20_000);
        Assert.True(before["odd_value"].Count > 20_000 && before["odd_owned"].Count == 1 && before["odd_day"].Count == 2);
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        foreach (var (table, rows) in before)
            Assert.True(rows.SequenceEqual(after[table], StringComparer.Ordinal), $"{table} differs:\n{string.Join('\n', rows.Except(after[table]).Concat(after[table].Except(rows)).Select(row => row[..Math.Min(row.Length, 300)]))}");
        Assert.Equal(await source.SchemaAsync(), await target.SchemaAsync());
        Assert.Equal(4, source.Files().Count);
        Assert.Equal(source.Files(), target.Files());
        Assert.Equal((3, 300_006L), (end.Files, end.FileBytes));
    }

    [Fact]
    public async Task New_rows_after_a_restore_go_on_counting_where_the_backup_was()
    {
        await using var source = await Place.FilledAsync();
        await using var target = await Place.EmptyAsync();
        await source.BackUpAsync();
        await target.Restore().RunAsync(source.Archive, target, default);

        const string next = "insert into odd_serial (note) values ('next') returning id";
        Assert.Equal(["4"], await target.AskAsync(next));
        Assert.Equal(await source.AskAsync("insert into odd_value (note) values ('next') returning id"), await target.AskAsync("insert into odd_value (note) values ('next') returning id"));
    }

    [Fact]
    public async Task A_row_that_is_written_during_a_backup_is_in_it_wholly_or_not_at_all()
    {
        await using var source = await Place.FilledAsync();
        await using var target = await Place.EmptyAsync();
        var wrote = false;
        source.OnProgress = line =>
        {
            if (!line.StartsWith("aa_first:", StringComparison.Ordinal))
                return;
            using var connection = new NpgsqlConnection(source.Installation.Connections.Owner);
            connection.Open();
            // The first table was read, the last was not: without a snapshot this row would refer to one that is not there.
            using var command = new NpgsqlCommand("insert into aa_first values (2); insert into zz_last values (2)", connection);
            command.ExecuteNonQuery();
            wrote = true;
        };
        await source.BackUpAsync();
        await target.Restore().RunAsync(source.Archive, target, default);

        Assert.True(wrote);
        Assert.Equal(["1"], await target.AskAsync("select id from aa_first"));
        Assert.Empty(await target.AskAsync("select id from zz_last"));
    }

    [Fact]
    public async Task What_the_running_nodes_kept_for_themselves_stays_behind()
    {
        await using var source = await Place.FilledAsync();
        await using var target = await Place.EmptyAsync();
        await source.BackUpAsync();
        await target.Restore().RunAsync(source.Archive, target, default);

        Assert.Equal(["0"], await target.AskAsync("select (select count(*) from qrtz_locks) + (select count(*) from qrtz_scheduler_state)"));
        Assert.Equal(["ACQUIRED WAITING", "BLOCKED WAITING", "COMPLETE COMPLETE", "ERROR ERROR", "PAUSED PAUSED", "PAUSED_BLOCKED PAUSED", "WAITING WAITING"],
            await target.AskAsync("select trigger_name || ' ' || trigger_state from qrtz_triggers order by 1"));
        Assert.Equal(["1"], await target.AskAsync("select count(*) from key_ring"));
    }

    [Fact]
    public async Task A_backup_of_an_older_version_is_brought_up_to_this_one_even_over_a_newer_schema()
    {
        await using var source = await Place.FilledAsync();
        await using var target = await Place.FilledAsync(18, AwkwardSchema.Second);
        await source.BackUpAsync();
        await target.Restore(AwkwardSchema.Second).RunAsync(source.Archive, target, default);

        Assert.Equal(["ONE", "TWO"], await target.AskAsync("select loud from odd_serial order by id"));
        Assert.Equal(["odd_void"], await target.AskAsync("select relname from pg_class where relname in ('odd_empty', 'odd_void')"));
        Assert.Equal(["4"], await target.AskAsync("select count(*) from migration"));
        Assert.True(await AwkwardSchema.Migrator(AwkwardSchema.Second).IsCurrentAsync(target.Installation.Connections.Owner, default));
    }

    [Fact]
    public async Task The_file_is_for_its_owner_only_and_nothing_half_made_lies_beside_it()
    {
        await using var source = await Place.FilledAsync();
        File.WriteAllText(source.AddFile("half", []) + ".0123456789abcdef0123456789abcdef.part", "half");
        await source.ExecuteAsync(AwkwardSchema.Volume);
        await source.BackUpAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(source.Archive).UnixFileMode);
        Assert.Equal(["backup.tar.gz"], Directory.EnumerateFiles(Path.GetDirectoryName(source.Archive)!).Select(Path.GetFileName)); // has a folder
        var names = Archives.Names(source.Archive);
        Assert.Equal(("manifest.json", "master.key", "end.json"), (names[0], names[1], names[^1]));
        Assert.DoesNotContain(names, name => name.EndsWith(".part", StringComparison.Ordinal));
        Assert.Contains("rows/odd_value/000002.copy", names);
    }

    [Fact]
    public async Task An_existing_file_is_not_overwritten()
    {
        await using var source = await Place.FilledAsync();
        File.WriteAllText(source.Archive, "last year");

        var failure = await Assert.ThrowsAsync<BackupException>(source.BackUpAsync);

        Assert.Contains(source.Archive, failure.Message, StringComparison.Ordinal);
        Assert.Equal("last year", File.ReadAllText(source.Archive));
    }

    [Fact]
    public async Task A_backup_that_fails_leaves_no_file()
    {
        await using var empty = await Place.EmptyAsync();

        var failure = await Assert.ThrowsAsync<BackupException>(empty.BackUpAsync);

        Assert.Contains("holds no Lectern", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(empty.Archive)!)); // has a folder
    }

    [Fact]
    public async Task Rows_that_row_level_security_would_hide_fail_the_backup_instead_of_missing_in_it()
    {
        await using var source = await Place.FilledAsync();
        var asApp = source.Installation with { Connections = source.Installation.Connections with { Owner = source.Installation.Connections.App } };

        await Assert.ThrowsAsync<PostgresException>(() => new Backup(asApp, TimeProvider.System).WriteAsync(source.Archive, source, default));

        Assert.False(File.Exists(source.Archive));
    }

    [Fact]
    public async Task A_backup_with_the_wrong_master_key_is_refused()
    {
        await using var source = await Place.FilledAsync();
        source.Use(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

        var failure = await Assert.ThrowsAsync<BackupException>(source.BackUpAsync);

        Assert.Contains("--data", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_with_the_wrong_master_key_says_where_the_right_one_is()
    {
        await using var source = await Place.FilledAsync();
        await using var app = NpgsqlDataSource.Create(source.Installation.Connections.App);
        await KeyRingCheck.RefuseUnreadableAsync(app, MasterKey.Load(null, source.Data), null, source.Data, default);
        File.Delete(source.Data.File("master.key"));

        var failure = await Assert.ThrowsAsync<WrongMasterKeyException>(() => KeyRingCheck.RefuseUnreadableAsync(app, MasterKey.Load(null, source.Data), null, source.Data, default));

        Assert.Contains("tar -xzOf BACKUP master.key", failure.Message, StringComparison.Ordinal);
    }
}
