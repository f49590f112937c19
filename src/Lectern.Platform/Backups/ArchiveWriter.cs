using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Lectern.Platform.Backups;

/// <summary>Writes the entries of a backup, each with its SHA-256 in the pax record <c>comment</c>, which every tar passes over in silence.</summary>
internal sealed class ArchiveWriter : IAsyncDisposable
{
    public const string Comment = "comment";
    public const string Checksum = "sha256:";

    private readonly DateTimeOffset _madeAt;
    private readonly GZipStream _zip;
    private readonly TarWriter _tar;
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public ArchiveWriter(Stream target, DateTimeOffset madeAt)
    {
        _madeAt = madeAt;
        _zip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true);
        _tar = new TarWriter(_zip, TarEntryFormat.Pax, leaveOpen: true);
    }

    /// <summary>Entries so far.</summary>
    public int Count { get; private set; }

    /// <summary>SHA-256 over the checksums and names of the entries so far.</summary>
    public string Digest => Convert.ToHexStringLower(_digest.GetCurrentHash());

    /// <param name="content">Read twice: for the checksum, which stands before the content, and for the content.</param>
    public async Task AddAsync(string name, Stream content, CancellationToken ct)
    {
        var checksum = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
        content.Position = 0;
        var entry = new PaxTarEntry(TarEntryType.RegularFile, name, [new(Comment, Checksum + checksum)])
        {
            Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            ModificationTime = _madeAt,
            DataStream = content,
        };
        await _tar.WriteEntryAsync(entry, ct);
        _digest.AppendData(Line(checksum, name));
        Count++;
    }

    public async Task AddAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        await AddAsync(name, stream, ct);
    }

    public static byte[] Line(string checksum, string name) => Encoding.UTF8.GetBytes($"{checksum}  {name}\n");

    public async ValueTask DisposeAsync()
    {
        await _tar.DisposeAsync();
        await _zip.DisposeAsync();
        _digest.Dispose();
    }
}
