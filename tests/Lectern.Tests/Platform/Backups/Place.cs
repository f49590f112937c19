using System.Security.Cryptography;
using System.Text;
using Lectern.Platform;
using Lectern.Platform.Backups;
using Lectern.Platform.Data;
using Lectern.Platform.Security;
using Lectern.Tests.Fakes;
using Npgsql;

namespace Lectern.Tests.Platform.Backups;

/// <summary>An installation of one test: a database of its own, a data folder, and what can be asked of both.</summary>
internal sealed class Place : IAsyncDisposable, IProgress<string>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lectern-backup-").FullName;

    private Place(DatabaseConnections connections, string? masterKey)
    {
        Data = new DataFolder(Path.Combine(_folder, "data"));
        Installation = new Installation(connections, Data, masterKey, HasOwnDatabase: true, "1.2.3");
    }

    public DataFolder Data { get; }

    public Installation Installation { get; private set; }

    public string Archive => Path.Combine(_folder, "backup.tar.gz");

    public Action<string> OnProgress { get; set; } = _ => { };

    /// <summary>An empty database and an empty folder.</summary>
    public static async Task<Place> EmptyAsync(int version = 18, string? masterKey = null)
    {
        var database = await PostgresServers.CreateDatabaseAsync(version);
        return new Place(new DatabaseConnections(Unpooled(database.OwnerConnectionString), Unpooled(database.AppConnectionString)), masterKey);
    }

    /// <summary>A school with rows that are hard to carry, some files and a key ring.</summary>
    public static async Task<Place> FilledAsync(int version = 18, params Migration[] more)
    {
        var place = await EmptyAsync(version);
        await AwkwardSchema.Migrator(more).MigrateAsync(place.Installation.Connections.Owner, default);
        await place.ExecuteAsync(AwkwardSchema.Rows);
        var key = MasterKey.Load(null, place.Data);
        await place.ExecuteAsync($"insert into key_ring (id, name, xml) values (gen_random_uuid(), 'key', '{key.Encrypt("<key/>", KeyRing.Purpose)}')");
        place.AddFile("courses/cover.svg", "<svg/>"u8.ToArray());
        place.AddFile("a/b/c/d/_e-f.g.bin", RandomNumberGenerator.GetBytes(300_000));
        place.AddFile("empty", []);
        return place;
    }

    public string AddFile(string name, byte[] content)
    {
        var path = Path.Combine(Data.Folder("files"), AwkwardSchema.School.ToString("n"), name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // has a folder
        File.WriteAllBytes(path, content);
        return path;
    }

    public Task<BackupEnd> BackUpAsync() => new Backup(Installation, TimeProvider.System).WriteAsync(Archive, this, default);

    public Restore Restore(params Migration[] more) => new(Installation, AwkwardSchema.Migrator(more), TimeProvider.System);

    public void Use(string? masterKey) => Installation = Installation with { MasterKeySetting = masterKey };

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OwnerSession.OpenAsync(Installation.Connections, default);
        await OwnerSession.ExecuteAsync(connection, sql, default);
    }

    public async Task<List<string>> AskAsync(string sql)
    {
        await using var connection = await OwnerSession.OpenAsync(Installation.Connections, default);
        return await OwnerSession.ListAsync(connection, sql, row => row.IsDBNull(0) ? "null" : row.GetValue(0).ToString()!, default); // not null
    }

    /// <summary>Every row of every table as one text each, generated columns too; not what is left out on purpose.</summary>
    public async Task<Dictionary<string, List<string>>> RowsAsync()
    {
        var rows = new Dictionary<string, List<string>>();
        foreach (var table in await AskAsync("select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"))
        {
            if (!TransientRows.LeftOut.Contains(table) && table != "qrtz_triggers")
                rows[table] = [.. (await AskAsync($"select t::text from public.{OwnerSession.Quote(table)} t")).Order(StringComparer.Ordinal)];
        }
        return rows;
    }

    /// <summary>Constraints, triggers, policies, rights, columns and where each sequence stands.</summary>
    public async Task<List<string>> SchemaAsync() =>
    [
        .. await AskAsync("select concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n' order by 1"),
        .. await AskAsync("select concat_ws(' ', tgrelid::regclass, tgname, tgenabled) from pg_trigger where not tgisinternal order by 1"),
        .. await AskAsync("select concat_ws(' ', tablename, policyname, qual) from pg_policies order by 1"),
        .. await AskAsync("select concat_ws(' ', relname, replace(relacl::text, 'arwdDxtm/', 'arwdDxt/'), relrowsecurity) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'S') order by 1"),
        .. await AskAsync("select concat_ws(' ', sequencename, last_value) from pg_sequences order by 1"),
        .. await AskAsync("select concat_ws(' ', table_name, ordinal_position, column_name, data_type, is_nullable) from information_schema.columns where table_schema = 'public' order by 1"),
    ];

    /// <summary>Every file of the store with a hash of its content, and the master key.</summary>
    public Dictionary<string, string> Files() => Directory.EnumerateFiles(Data.Path, "*", SearchOption.AllDirectories)
        .Where(path => path.StartsWith(Path.Combine(Data.Path, "files"), StringComparison.Ordinal) || Path.GetFileName(path) == "master.key")
        .ToDictionary(path => Path.GetRelativePath(Data.Path, path), path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));

    /// <summary>Everything, to see that nothing was changed.</summary>
    public async Task<string> PictureAsync()
    {
        var text = new StringBuilder();
        foreach (var (table, rows) in (await RowsAsync()).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            text.Append(table).Append(": ").AppendJoin('\n', rows).Append('\n');
        text.AppendJoin('\n', await SchemaAsync()).AppendJoin('\n', await AskAsync("select applied_at::text from migration where true order by 1"));
        return text.AppendJoin('\n', Files().Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal)).ToString();
    }

    public void Report(string value) => OnProgress(value);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string Unpooled(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
}
