using System.Text.Json;

namespace Lectern.Platform.Backups;

/// <summary>The first entry of a backup, <c>manifest.json</c>: what it holds and which program can read it. See docs/operations.md for the format.</summary>
public sealed record BackupManifest(
    string Kind,
    int Format,
    string Lectern,
    DateTimeOffset MadeAt,
    string Postgres,
    IReadOnlyList<BackedUpMigration> Migrations,
    IReadOnlyList<BackedUpTable> Tables,
    IReadOnlyList<BackedUpSequence> Sequences)
{
    internal const string KindName = "lectern-backup";
    internal const int NewestFormat = 1;
}

/// <summary>A migration that the backed-up database had; all of them together are its schema version.</summary>
public sealed record BackedUpMigration(string Room, int Number, string Name, string Checksum)
{
    public override string ToString() => $"{Room}/{Number:0000}-{Name}";
}

/// <summary>A table and the columns its rows have, in their order; generated columns are left out.</summary>
public sealed record BackedUpTable(string Name, IReadOnlyList<string> Columns);

public sealed record BackedUpSequence(string Name, long Value, bool IsCalled);

/// <summary>The last entry, <c>end.json</c>: without it a backup is not whole.</summary>
/// <param name="Entries">How many entries stand before this one.</param>
/// <param name="Digest">SHA-256 over a line "checksum, two spaces, name, line feed" for each of them, in their order.</param>
/// <param name="Rows">Rows of each table.</param>
/// <param name="FileBytes">Bytes of all files together.</param>
public sealed record BackupEnd(int Entries, string Digest, IReadOnlyDictionary<string, long> Rows, int Files, long FileBytes);

/// <summary>The names of entries and how the two that describe the rest are written.</summary>
internal static class BackupEntries
{
    public const string Manifest = "manifest.json";
    public const string MasterKey = "master.key";
    public const string Rows = "rows/";
    public const string Files = "files/";
    public const string End = "end.json";

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static string Part(string table, int number) => $"{Rows}{table}/{number:000000}.copy";
}
