using Lectern.Platform.Postgres;

namespace Lectern.Tests.Platform.Postgres;

/// <summary>As whom the server runs, and how it is tied to this process. Those for root are run by `./test` as root, the others by `./test` as a user.</summary>
public sealed class ConfinementTests : IDisposable
{
    private readonly ClusterFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task The_server_never_runs_as_root()
    {
        await using var server = await _data.StartAsync();
        var id = PostmasterFile.ReadProcess(_data.Cluster) ?? throw new InvalidOperationException("no server");
        var owner = Posix.OwnerOf($"/proc/{id}") ?? throw new InvalidOperationException("no process");
        Assert.NotEqual(0u, owner.UserId);
        if (!Posix.IsRoot) Assert.Equal(Posix.UserId, owner.UserId);
    }

    [Fact]
    public async Task The_server_has_a_session_of_its_own_so_that_Ctrl_C_reaches_Lectern_alone()
    {
        await using var server = await _data.StartAsync();
        var id = PostmasterFile.ReadProcess(_data.Cluster) ?? throw new InvalidOperationException("no server");
        // proc(5): after the name in brackets come state, parent, group, session.
        var fields = File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ');
        Assert.Equal((id.ToString(), id.ToString()), (fields[2], fields[3]));
    }

    [Fact]
    public async Task A_data_folder_that_is_closed_to_the_servers_user_still_works()
    {
        Posix.SetMode(_data.Path, (UnixFileMode)0b111_000_000);
        await using (var first = await _data.StartAsync())
            await ClusterFolder.AskAsync(first.OwnerConnectionString, "create table note (text text); insert into note values ('kept')");
        Assert.Equal(Posix.IsRoot, File.Exists(Path.Combine(_data.Path, "postgres.location")));
        await using var second = await _data.StartAsync();
        Assert.Equal("kept", await ClusterFolder.AskAsync(second.OwnerConnectionString, "select text from note"));
    }

    [Fact]
    public async Task A_database_that_was_named_and_is_gone_is_never_replaced_by_an_empty_one()
    {
        File.WriteAllText(Path.Combine(_data.Path, "postgres.location"), "/var/lib/lectern/clusters/gone\n");
        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => _data.StartAsync());
        Assert.Contains("/var/lib/lectern/clusters/gone", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data.Cluster));
    }

    [Fact]
    public async Task An_unfinished_copy_of_the_programs_is_replaced()
    {
        var system = ClusterFolder.MakeOpen();
        try
        {
            var found = await PostgresBinaries.FindAsync(null, CancellationToken.None);
            var copy = SharedBinaries.Install(found, system);
            var library = Directory.EnumerateFiles(Path.Combine(copy.Folder, "..", "lib"), "libpq.so.*").First(file => new FileInfo(file).LinkTarget is null);
            File.WriteAllText(library, "cut off");
            var repaired = SharedBinaries.Install(found, system);
            Assert.Equal(copy.Folder, repaired.Folder);
            Assert.NotEqual("cut off".Length, new FileInfo(library).Length);
            Assert.Single(Directory.EnumerateDirectories(Path.Combine(system, "postgresql")));
        }
        finally
        {
            Directory.Delete(system, recursive: true);
        }
    }

    [Fact]
    public async Task Without_setpriv_a_shell_watches_over_the_server()
    {
        await using (var server = await ClusterFolder.StartAsync(_data.Options() with { WatchedByShell = true }))
            Assert.Equal(1, await ClusterFolder.AskAsync(server.AppConnectionString, "select 1"));
        Assert.False(File.Exists(Path.Combine(_data.Cluster, "postmaster.pid")));
    }

    [Fact]
    public async Task A_folder_without_programs_is_named_in_the_error()
    {
        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(() =>
            ClusterFolder.StartAsync(_data.Options() with { BinariesFolder = "/usr/share" }));
        Assert.Contains("/usr/share", refusal.Message, StringComparison.Ordinal);
    }
}
