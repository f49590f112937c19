using Lectern.Platform.Backups;

namespace Lectern.Tests.Platform.Backups;

/// <summary>Over what a restore goes, and what it leaves.</summary>
public sealed class RestoreTests
{
    [Fact]
    public async Task A_target_that_nobody_used_is_empty_whether_it_was_started_or_not()
    {
        await using var target = await Place.EmptyAsync();
        Assert.True((await target.Restore().LookAsync(default)).IsEmpty);

        await AwkwardSchema.Migrator().MigrateAsync(target.Installation.Connections.Owner, default);
        await target.ExecuteAsync("""
            insert into school (id, slug, name, time_zone, locale, currency, is_system) values (gen_random_uuid(), 'system', 'Lectern', 'UTC', 'en', 'EUR', true);
            insert into key_ring (id, name, xml) values (gen_random_uuid(), 'k', 'x');
            insert into qrtz_locks values ('lectern', 'TRIGGER_ACCESS');
            """);

        Assert.True((await target.Restore().LookAsync(default)).IsEmpty);
    }

    [Theory]
    [InlineData("insert into school (id, slug, name, time_zone, locale, currency) values (gen_random_uuid(), 's', 'St. Mary', 'UTC', 'en', 'EUR')", "1 school (St. Mary)")]
    [InlineData("insert into odd_serial (note) values ('a row')", "rows in 1 table (odd_serial)")]
    public async Task A_target_that_holds_something_says_what(string sql, string said)
    {
        await using var target = await Place.EmptyAsync();
        await AwkwardSchema.Migrator().MigrateAsync(target.Installation.Connections.Owner, default);
        await target.ExecuteAsync(sql);

        var held = await target.Restore().LookAsync(default);

        Assert.False(held.IsEmpty);
        Assert.Contains(said, held.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_with_files_is_not_empty()
    {
        await using var target = await Place.EmptyAsync();
        target.AddFile("cover.svg", [1]);

        Assert.Contains("files in the data folder", (await target.Restore().LookAsync(default)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_of_another_program_is_never_touched()
    {
        await using var target = await Place.EmptyAsync();
        await target.ExecuteAsync("create table wordpress (id int)");

        var failure = await Assert.ThrowsAsync<BackupException>(() => target.Restore().LookAsync(default));

        Assert.Contains("wordpress", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_there_is_replaced_and_an_earlier_key_is_kept_beside_the_new_one()
    {
        await using var source = await Place.FilledAsync();
        await using var target = await Place.FilledAsync();
        await target.ExecuteAsync("update odd_owned set text = 'of the target'; insert into odd_empty values (1); create table odd_leftover (id int); create view odd_view as select 1 as one");
        var gone = target.AddFile("only-here", [1]);
        var earlier = File.ReadAllText(target.Data.File("master.key"));
        await source.BackUpAsync();

        await target.Restore().RunAsync(source.Archive, target, default);

        Assert.Equal(await source.RowsAsync(), await target.RowsAsync());
        Assert.Equal(source.Files(), target.Files());
        Assert.False(File.Exists(gone));
        Assert.Equal(earlier, File.ReadAllText(Assert.Single(Directory.EnumerateFiles(target.Data.Path, "master.key.before-*"))));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(target.Data.File("master.key")).UnixFileMode);
    }

    [Fact]
    public async Task A_key_that_comes_from_the_settings_is_not_written_down()
    {
        await using var source = await Place.FilledAsync();
        await using var target = await Place.EmptyAsync(18, File.ReadAllText(source.Data.File("master.key")));
        await source.BackUpAsync();

        await target.Restore().RunAsync(source.Archive, target, default);

        Assert.False(File.Exists(target.Data.File("master.key")));
    }

    [Fact]
    public async Task A_backup_of_a_backup_holds_the_same()
    {
        await using var first = await Place.FilledAsync();
        await using var second = await Place.EmptyAsync();
        await first.BackUpAsync();
        await second.Restore().RunAsync(first.Archive, second, default);
        await second.BackUpAsync();

        // Rows may lie in another order in the table, so the counts and the files are compared; the rows themselves elsewhere.
        var (before, after) = (await Restore.CheckAsync(first.Archive, default), await Restore.CheckAsync(second.Archive, default));
        Assert.Equal(before.End.Rows, after.End.Rows);
        Assert.Equal((before.End.Files, before.End.FileBytes), (after.End.Files, after.End.FileBytes));
        Assert.Equal(before.Manifest.Migrations, after.Manifest.Migrations);
    }
}
