using System.Security.Cryptography;
using System.Text;
using Lectern.Platform.Backups;
using Lectern.Platform.Postgres;
using Npgsql;

namespace Lectern.Tests.Platform.Backups;

/// <summary>What a restore refuses, and that it then has changed nothing.</summary>
public sealed class RestoreRefusalTests : IAsyncLifetime
{
    private Place _source = null!; // set by InitializeAsync
    private Place _target = null!; // set by InitializeAsync
    private string _before = "";

    public async Task InitializeAsync()
    {
        _source = await Place.FilledAsync();
        await _source.BackUpAsync();
        _target = await Place.FilledAsync();
        await _target.ExecuteAsync("update school set name = 'The target'");
        _before = await _target.PictureAsync();
    }

    public async Task DisposeAsync()
    {
        await _source.DisposeAsync();
        await _target.DisposeAsync();
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.001)]
    [InlineData(0.3)]
    [InlineData(0.7)]
    [InlineData(0.95)]
    [InlineData(0.999)]
    public async Task A_backup_that_was_cut_off(double share)
    {
        var bytes = File.ReadAllBytes(_source.Archive);
        File.WriteAllBytes(_source.Archive, bytes[..(int)(bytes.Length * share)]);

        await RefusedAsync(share < 0.01 ? "not a backup" : "damaged");
    }

    [Fact]
    public async Task A_byte_that_was_changed_anywhere_on_the_disk()
    {
        var bytes = File.ReadAllBytes(_source.Archive);
        for (var at = bytes.Length / 40; at < bytes.Length - bytes.Length / 40; at += bytes.Length / 40)
        {
            var changed = bytes.ToArray();
            changed[at] ^= 0x10;
            File.WriteAllBytes(_source.Archive, changed);
            await Assert.ThrowsAsync<BackupException>(() => Restore.CheckAsync(_source.Archive, default));
        }
        await RefusedAsync("Nothing was changed");
    }

    [Theory]
    [InlineData("rows/odd_serial/000001.copy")]
    [InlineData("rows/odd_value/000001.copy")]
    [InlineData("master.key")]
    public async Task A_changed_entry_is_named(string name)
    {
        Archives.Write(_source.Archive, Archives.Read(_source.Archive).Select(entry => entry.Name == name ? entry with { Content = Changed(entry.Content) } : entry));

        await RefusedAsync($"{name} does not match its checksum");
    }

    [Fact]
    public async Task A_key_that_was_changed_to_no_key()
    {
        var noKey = Archives.Text("no key at all");
        Archives.Write(_source.Archive, Archives.Read(_source.Archive).Select(entry => entry.Name == "master.key" ? entry with { Content = noKey } : entry));

        await RefusedAsync("master.key does not match its checksum");
    }

    [Fact]
    public async Task A_key_that_never_was_one()
    {
        await RewriteAsync("master.key", _ => Archives.Text("no key at all"));

        await RefusedAsync("master.key is no key", isWhole: true);
    }

    [Theory]
    [InlineData("rows/odd_egg/000001.copy")]
    [InlineData("master.key")]
    public async Task A_missing_entry(string name)
    {
        Archives.Write(_source.Archive, Archives.Read(_source.Archive).Where(entry => entry.Name != name));

        await RefusedAsync("entries are missing");
    }

    [Fact]
    public async Task A_backup_whose_end_is_missing()
    {
        Archives.Write(_source.Archive, Archives.Read(_source.Archive).SkipLast(1));

        await RefusedAsync("its end is missing");
    }

    [Fact]
    public async Task A_row_too_few_although_every_checksum_fits()
    {
        await RewriteAsync("rows/odd_serial/000001.copy", content => content[..(content.AsSpan().IndexOf((byte)'\n') + 1)]);

        await RefusedAsync("odd_serial has 1 row after the restore and should have 2");
    }

    [Fact]
    public async Task Rows_that_contradict_each_other()
    {
        await RewriteAsync("rows/odd_hen/000001.copy", _ => Archives.Text("1\t2\n2\t77\n"));

        await RefusedAsync("contradict each other");
    }

    [Fact]
    public async Task Rows_that_PostgreSQL_does_not_take()
    {
        await RewriteAsync("rows/odd_hen/000001.copy", _ => Archives.Text("1\tnot a number\n"));

        await RefusedAsync("refuses the rows of odd_hen");
    }

    [Theory]
    [InlineData("files/../../escaped")]
    [InlineData("files/0197b2a0/../../../escaped")]
    [InlineData("/tmp/lectern-escaped")]
    [InlineData("files/.restoring/x")]
    public async Task A_name_that_leads_out_of_the_folder(string name)
    {
        var entries = Archives.Read(_source.Archive).Select(entry => (entry.Name, entry.Content)).ToList();
        entries.Insert(entries.Count - 1, (name, Archives.Text("escaped")));
        await Archives.WriteSoundAsync(_source.Archive, entries);

        await RefusedAsync("which no backup has");
    }

    [Fact]
    public async Task Files_that_are_something_else()
    {
        File.WriteAllText(_source.Archive, "My holiday diary");
        await RefusedAsync("not a backup made by Lectern");
        await Archives.WriteForeignAsync(_source.Archive);
        await RefusedAsync("not a backup made by Lectern");
        File.WriteAllBytes(_source.Archive, RandomNumberGenerator.GetBytes(100_000));
        await RefusedAsync("not a backup made by Lectern");
        File.Delete(_source.Archive);
        await RefusedAsync("cannot be opened");
    }

    [Fact]
    public async Task A_backup_with_a_newer_schema_names_the_version_that_made_it()
    {
        await using var newer = await Place.FilledAsync(18, AwkwardSchema.Second);
        await newer.BackUpAsync();
        File.Copy(newer.Archive, _source.Archive, overwrite: true);

        await RefusedAsync("newer schema than this program: Lectern 1.2.3 made it with the migration Awkward/0002-louder", isWhole: true);
    }

    [Fact]
    public async Task A_backup_whose_migrations_are_not_the_same()
    {
        await RewriteAsync("manifest.json", content => Archives.Text(Encoding.UTF8.GetString(content).Replace(AwkwardSchema.First.Checksum, new string('0', 64), StringComparison.Ordinal)));

        await RefusedAsync("Awkward/0001-odd of the backup (Lectern 1.2.3) differs", isWhole: true);
    }

    [Fact]
    public async Task Another_key_in_the_settings_than_in_the_backup()
    {
        _target.Use(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

        await RefusedAsync("Lectern:MasterKey is not the key of this backup", isWhole: true);
    }

    [Fact]
    public async Task A_server_that_is_connected_to_the_database()
    {
        await using (var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_target.Installation.Connections.App) { ApplicationName = "Lectern node 7" }.ConnectionString))
        {
            await server.OpenAsync();
            await RefusedAsync("Lectern node 7 as lectern_app", isWhole: true);
        }
        await _target.Restore().RunAsync(_source.Archive, _target, default);
    }

    [Fact]
    public async Task A_server_that_holds_the_data_folder()
    {
        using (DataFolderLock.Take(_target.Data.Path))
            await Assert.ThrowsAsync<DataFolderInUseException>(() => _target.Restore().RunAsync(_source.Archive, _target, default));
        Assert.Equal(_before, await _target.PictureAsync());
    }

    private async Task RefusedAsync(string message, bool isWhole = false)
    {
        if (!isWhole)
        {
            var seen = await Record.ExceptionAsync(() => Restore.CheckAsync(_source.Archive, default));
            Assert.True(seen is null or BackupException, seen?.ToString());
        }
        var failure = await Assert.ThrowsAsync<BackupException>(() => _target.Restore().RunAsync(_source.Archive, _target, default));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Equal(_before, await _target.PictureAsync());
        Assert.Equal(["files", "lectern.lock", "master.key"], Directory.EnumerateFileSystemEntries(_target.Data.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Single(Directory.EnumerateFileSystemEntries(_target.Data.File("files")));
        Assert.False(Path.Exists("/tmp/lectern-escaped"));
    }

    private Task RewriteAsync(string name, Func<byte[], byte[]> change) => Archives.WriteSoundAsync(_source.Archive,
        Archives.Read(_source.Archive).Select(entry => (entry.Name, entry.Name == name ? change(entry.Content) : entry.Content)).ToList());

    private static byte[] Changed(byte[] content)
    {
        var changed = content.ToArray();
        changed[changed.Length / 2] ^= 1;
        return changed;
    }
}
