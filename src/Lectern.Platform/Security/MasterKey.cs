using System.Security.Cryptography;
using System.Text;

namespace Lectern.Platform.Security;

/// <summary>
/// The key that encrypts secrets at rest. It never enters the database: it comes from the setting <c>Lectern:MasterKey</c> (32 bytes, base64)
/// or from <c>master.key</c> in the data folder, made on the first start. Several nodes need the same key.
/// </summary>
public sealed class MasterKey
{
    internal const string FileName = "master.key";

    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _key;

    private MasterKey(byte[] key) => _key = key;

    /// <exception cref="InvalidOperationException">The setting or the file holds something else than 32 bytes in base64.</exception>
    public static MasterKey Load(string? setting, DataFolder data)
    {
        if (!string.IsNullOrWhiteSpace(setting))
            return Parse(setting, "Lectern:MasterKey");
        var file = data.File(FileName);
        if (!File.Exists(file))
            Write(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        return Parse(File.ReadAllText(file), file);
    }

    /// <summary>As <see cref="Load"/>, but makes none: null when there is neither setting nor file.</summary>
    internal static MasterKey? Find(string? setting, DataFolder data) =>
        string.IsNullOrWhiteSpace(setting) && !File.Exists(data.File(FileName)) ? null : Load(setting, data);

    /// <summary>Where the key comes from, for messages.</summary>
    internal static string Source(string? setting, DataFolder data) => string.IsNullOrWhiteSpace(setting) ? data.File(FileName) : "the one in Lectern:MasterKey";

    /// <summary>The key itself, as it stands in its file.</summary>
    internal string Export() => Convert.ToBase64String(_key);

    /// <summary>A file that only this user can read; there must be none of that name.</summary>
    internal static void Write(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new StreamWriter(file, options);
        stream.Write(text);
    }

    /// <summary>AES-256-GCM with a random nonce: nonce, tag and ciphertext in base64.</summary>
    /// <param name="purpose">Bound to the ciphertext as associated data: what was encrypted for one purpose cannot be read for another.</param>
    public string Encrypt(string text, string purpose)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedBytes = new byte[NonceSize + TagSize + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceSize + TagSize), sealedBytes.AsSpan(NonceSize, TagSize), Encoding.UTF8.GetBytes(purpose));
        return Convert.ToBase64String(sealedBytes);
    }

    /// <exception cref="CryptographicException">The text was not encrypted by this key for this purpose, or was changed.</exception>
    public string Decrypt(string text, string purpose)
    {
        var sealedBytes = Convert.FromBase64String(text);
        if (sealedBytes.Length < NonceSize + TagSize)
            throw new CryptographicException("The encrypted text is too short.");
        var plain = new byte[sealedBytes.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);
        aes.Decrypt(sealedBytes.AsSpan(0, NonceSize), sealedBytes.AsSpan(NonceSize + TagSize), sealedBytes.AsSpan(NonceSize, TagSize), plain, Encoding.UTF8.GetBytes(purpose));
        return Encoding.UTF8.GetString(plain);
    }

    internal static MasterKey Parse(string text, string source)
    {
        var key = new byte[32];
        return Convert.TryFromBase64String(text.Trim(), key, out var written) && written == key.Length
            ? new MasterKey(key)
            : throw new InvalidOperationException($"{source} must hold 32 bytes in base64. Make one with: openssl rand -base64 32");
    }
}
