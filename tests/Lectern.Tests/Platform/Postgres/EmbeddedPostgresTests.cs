using System.Globalization;
using Lectern.Platform.Postgres;
using Npgsql;

namespace Lectern.Tests.Platform.Postgres;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly ClusterFolder _data = new();

    public static TheoryData<int> Versions => ClusterFolder.Versions;

    public void Dispose() => _data.Dispose();

    [Theory, MemberData(nameof(Versions))]
    public async Task What_was_written_is_there_after_a_restart(int version)
    {
        await using (var first = await _data.StartAsync(version))
        {
            Assert.StartsWith(version.ToString(CultureInfo.InvariantCulture), first.Version, StringComparison.Ordinal);
            await ClusterFolder.AskAsync(first.OwnerConnectionString, "create table note (text text); insert into note values ('kept')");
        }
        Assert.False(File.Exists(Path.Combine(_data.Cluster, "postmaster.pid")));
        await using var second = await _data.StartAsync(version);
        Assert.Equal("kept", await ClusterFolder.AskAsync(second.OwnerConnectionString, "select text from note"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task The_roles_are_neither_superusers_nor_pass_over_row_security(int version)
    {
        await using var server = await _data.StartAsync(version);
        const string powers = "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication from pg_roles where rolname = current_user";
        Assert.Equal(false, await ClusterFolder.AskAsync(server.AppConnectionString, powers));
        Assert.Equal(false, await ClusterFolder.AskAsync(server.OwnerConnectionString, powers));
        Assert.Equal("lectern_owner", await ClusterFolder.AskAsync(server.AppConnectionString, "select datdba::regrole::text from pg_database where datname = 'lectern'"));
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => ClusterFolder.AskAsync(server.AppConnectionString, "create table mine (id int)"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task The_cluster_is_utf8_with_checksums_and_reached_by_its_socket_only(int version)
    {
        await using var server = await _data.StartAsync(version);
        Task<object?> Ask(string query) => ClusterFolder.AskAsync(server.AdminConnectionString, query);
        Assert.Equal("UTF8", await Ask("show server_encoding"));
        Assert.Equal("on", await Ask("show data_checksums"));
        Assert.Equal("", await Ask("show listen_addresses"));
        Assert.Equal("off", await Ask("show ssl"));
        Assert.Equal("off", await Ask("show jit"));
        Assert.Equal(true, await Ask("select bool_and(type = 'local') from pg_hba_file_rules"));
        Assert.Equal(version >= 17 ? "b" : "c", (await Ask("select datlocprovider::text from pg_database where datname = 'lectern'"))?.ToString());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(server.SocketFolder).UnixFileMode);
    }

    [Fact]
    public async Task Outside_of_tests_what_was_committed_is_flushed_to_the_disk()
    {
        await using var server = await ClusterFolder.StartAsync(_data.Options() with { ForTests = false });
        Assert.Equal("on,on,on", await ClusterFolder.AskAsync(server.AdminConnectionString,
            "select concat_ws(',', current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes'))"));
    }

    [Fact]
    public async Task A_second_start_in_the_same_folder_is_refused_and_names_the_holder()
    {
        await using var first = await _data.StartAsync();
        var refusal = await Assert.ThrowsAsync<DataFolderInUseException>(() => _data.StartAsync());
        Assert.Equal(Environment.ProcessId, refusal.ProcessId);
        Assert.Contains(_data.Path, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await ClusterFolder.AskAsync(first.AppConnectionString, "select 1"));
    }

    [FactOnPostgres15]
    public async Task A_cluster_of_another_version_is_refused_and_left_untouched()
    {
        await (await _data.StartAsync(15)).DisposeAsync();
        var before = _data.Describe();
        var refusal = await Assert.ThrowsAsync<ClusterVersionException>(() => _data.StartAsync(18));
        Assert.Equal((15, 18), (refusal.ClusterMajor, refusal.BinariesMajor));
        Assert.Contains("backup", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, _data.Describe());
        await using var again = await _data.StartAsync(15);
        Assert.Equal(1, await ClusterFolder.AskAsync(again.AppConnectionString, "select 1"));
    }

    [Fact]
    public async Task What_a_start_that_was_cut_short_left_behind_is_cleared_away()
    {
        var halfMade = Directory.CreateDirectory(_data.Cluster + ".new-0123");
        File.WriteAllText(Path.Combine(halfMade.FullName, "PG_VERSION"), "18\n");
        await using var server = await _data.StartAsync();
        Assert.False(Directory.Exists(halfMade.FullName));
        Assert.Equal(1, await ClusterFolder.AskAsync(server.AppConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_database_that_was_not_made_before_the_cut_is_made_at_the_next_start()
    {
        await using (var first = await _data.StartAsync())
        {
            await ClusterFolder.AskAsync(first.AdminConnectionString, "drop database lectern");
            await ClusterFolder.AskAsync(first.AdminConnectionString, "drop role lectern_app");
        }
        await using var second = await _data.StartAsync();
        Assert.Equal("lectern", await ClusterFolder.AskAsync(second.AppConnectionString, "select current_database()::text"));
    }

    [Fact]
    public async Task A_folder_that_holds_something_else_is_left_alone()
    {
        Directory.CreateDirectory(_data.Cluster);
        var strange = Path.Combine(_data.Cluster, "thesis.txt");
        File.WriteAllText(strange, "chapter one");
        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => _data.StartAsync());
        Assert.Contains(_data.Cluster, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("chapter one", File.ReadAllText(strange));
    }

    [Fact]
    public async Task A_failed_start_quotes_the_servers_log_and_frees_the_folder()
    {
        await (await _data.StartAsync()).DisposeAsync();
        var settings = Path.Combine(_data.Cluster, "postgresql.conf");
        var before = File.ReadAllText(settings);
        File.AppendAllText(settings, "no_such_setting = 1\n");
        var failure = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => _data.StartAsync());
        Assert.Contains("no_such_setting", failure.Message, StringComparison.Ordinal);
        File.WriteAllText(settings, before);
        await using var repaired = await _data.StartAsync();
        Assert.Equal(1, await ClusterFolder.AskAsync(repaired.AppConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_running_server_can_be_joined_and_a_stopped_one_cannot()
    {
        Assert.Null(await EmbeddedPostgres.JoinAsync(_data.Path, CancellationToken.None));
        await using (var server = await _data.StartAsync())
        {
            var joined = await EmbeddedPostgres.JoinAsync(_data.Path, CancellationToken.None);
            Assert.NotNull(joined);
            Assert.Equal("lectern_owner", await ClusterFolder.AskAsync(joined.OwnerConnectionString, "select current_user::text"));
            Assert.Equal("lectern_app", await ClusterFolder.AskAsync(joined.AppConnectionString, "select current_user::text"));
        }
        Assert.Null(await EmbeddedPostgres.JoinAsync(_data.Path, CancellationToken.None));
    }

    [Fact]
    public async Task A_start_that_is_called_off_leaves_neither_a_server_nor_a_lock()
    {
        using var cut = new CancellationTokenSource();
        await cut.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            EmbeddedPostgres.StartAsync(_data.Options(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, cut.Token));
        await using var server = await _data.StartAsync();
        Assert.Equal(1, await ClusterFolder.AskAsync(server.AppConnectionString, "select 1"));
    }
}
