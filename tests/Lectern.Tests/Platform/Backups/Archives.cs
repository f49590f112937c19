using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Lectern.Platform.Backups;

namespace Lectern.Tests.Platform.Backups;

/// <summary>Takes backups apart and puts them together again, wrongly.</summary>
internal static class Archives
{
    public static List<string> Names(string path) => [.. Read(path).Select(entry => entry.Name)];

    public static List<(string Name, string Comment, byte[] Content)> Read(string path)
    {
        using var tar = new TarReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var entries = new List<(string, string, byte[])>();
        while (tar.GetNextEntry() is PaxTarEntry entry)
        {
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            entries.Add((entry.Name, entry.ExtendedAttributes["comment"], content.ToArray()));
        }
        return entries;
    }

    /// <summary>With the checksums as they are given, right or wrong.</summary>
    public static void Write(string path, IEnumerable<(string Name, string Comment, byte[] Content)> entries)
    {
        File.Delete(path);
        using var tar = new TarWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest), TarEntryFormat.Pax);
        foreach (var (name, comment, content) in entries)
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name, [new("comment", comment)]) { DataStream = new MemoryStream(content) });
    }

    /// <summary>Sound in itself: right checksums, right end.</summary>
    public static async Task WriteSoundAsync(string path, IEnumerable<(string Name, byte[] Content)> entries)
    {
        File.Delete(path);
        await using var file = File.Create(path);
        await using var archive = new ArchiveWriter(file, DateTimeOffset.UnixEpoch);
        foreach (var (name, content) in entries.Where(entry => entry.Name != BackupEntries.End))
            await archive.AddAsync(name, content, default);
        var old = JsonSerializer.Deserialize<BackupEnd>(entries.Last().Content, BackupEntries.Json)!; // a backup has an end
        await archive.AddAsync(BackupEntries.End, JsonSerializer.SerializeToUtf8Bytes(old with { Entries = archive.Count, Digest = archive.Digest }, BackupEntries.Json), default);
    }

    /// <summary>A tar.gz of somebody else.</summary>
    public static async Task WriteForeignAsync(string path)
    {
        File.Delete(path);
        await using var tar = new TarWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest), TarEntryFormat.Ustar);
        await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, "manifest.json") { DataStream = new MemoryStream(Text("{}")) });
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
