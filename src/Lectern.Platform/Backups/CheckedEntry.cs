namespace Lectern.Platform.Backups;

/// <summary>An entry whose content is hashed while it is read.</summary>
internal sealed class CheckedEntry(string name, string checksum, Stream content, Func<string, Exception?, BackupException> damaged) : IDisposable
{
    private readonly HashedStream _content = new(content, failure => damaged($"{name} cannot be read to its end", failure));

    public string Name => name;

    public string Checksum => checksum;

    public Stream Content => _content;

    /// <summary>Reads what nobody read, then compares.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        await _content.CopyToAsync(Stream.Null, ct);
        if (_content.Hash() != checksum)
            throw damaged($"{name} does not match its checksum", null);
    }

    public void Dispose() => _content.Dispose();

    // What the readers of tar and gzip throw for bytes that make no sense to them.
    public static bool IsDamage(Exception failure) =>
        failure is InvalidDataException or EndOfStreamException or FormatException or OverflowException or ArgumentException or IndexOutOfRangeException;
}
