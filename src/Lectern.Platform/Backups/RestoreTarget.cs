using Npgsql;

namespace Lectern.Platform.Backups;

/// <summary>What a restore would replace.</summary>
/// <param name="Schools">Names of the schools, without the one of the installation itself.</param>
/// <param name="Tables">Tables that hold rows which no start of the program made by itself.</param>
public sealed record RestoreTarget(string Database, IReadOnlyList<string> Schools, IReadOnlyList<string> Tables, bool HasFiles)
{
    // What a first start writes before anybody used it.
    private static readonly string[] OwnRows = ["migration", "key_ring", "school"];

    public bool IsEmpty => Schools.Count == 0 && Tables.Count == 0 && !HasFiles;

    /// <summary>One sentence for the person who decides.</summary>
    public override string ToString()
    {
        List<string> held = [];
        if (Schools.Count > 0)
            held.Add($"{Counted.Of(Schools.Count, "school")} ({string.Join(", ", Schools.Take(5))}{(Schools.Count > 5 ? ", …" : "")})");
        if (Tables.Count > 0)
            held.Add($"rows in {Counted.Of(Tables.Count, "table")} ({string.Join(", ", Tables.Take(8))}{(Tables.Count > 8 ? ", …" : "")})");
        if (HasFiles)
            held.Add("files in the data folder");
        return held.Count == 0 ? $"{Database} is empty" : $"{Database} holds {string.Join(" and ", held)}";
    }

    /// <exception cref="BackupException">The database belongs to another program.</exception>
    internal static async Task<RestoreTarget> LookAsync(NpgsqlConnection connection, Installation installation, CancellationToken ct)
    {
        var name = $"The database {connection.Database}";
        var tables = await OwnerSession.ListAsync(connection,
            "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relowner = current_user::regrole order by 1",
            row => row.GetString(0), ct);
        if (tables.Count > 0 && !tables.Contains("migration"))
            throw new BackupException($"{name} holds tables of another program ({string.Join(", ", tables.Take(5))}). Restore into an empty database. Nothing was changed.");
        List<string> schools = [];
        if (tables.Contains("school"))
            schools = await OwnerSession.ListAsync(connection, "select name from school where not is_system order by name", row => row.GetString(0), ct);
        var filled = new List<string>();
        foreach (var table in tables.Where(table => !OwnRows.Contains(table) && !table.StartsWith("qrtz_", StringComparison.Ordinal)))
        {
            if (await OwnerSession.AskAsync<bool>(connection, $"select exists (select from public.{OwnerSession.Quote(table)})", ct))
                filled.Add(table);
        }
        var hasFiles = Directory.Exists(installation.Files) && Directory.EnumerateFiles(installation.Files, "*", FileTree.Options).Any();
        return new RestoreTarget(name, schools, filled, hasFiles);
    }
}
