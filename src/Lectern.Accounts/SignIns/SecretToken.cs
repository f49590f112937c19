using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Lectern.Accounts.SignIns;

/// <summary>
/// A token as it is handed out: <c>id.secret</c>, or <c>id.family.secret</c> for a refresh token. The id finds the row, each secret is
/// 256 random bits of which only the SHA-256 is kept.
/// </summary>
internal sealed record SecretToken(Guid Id, IReadOnlyList<string> Secrets)
{
    private const int SecretLength = 43; // 32 bytes in base64url without padding

    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));

    public static bool Matches(string secret, byte[]? hash) => CryptographicOperations.FixedTimeEquals(Hash(secret), hash);

    public static bool TryParse(string? text, int secrets, [NotNullWhen(true)] out SecretToken? token)
    {
        token = null;
        if (text is null || text.Length != 32 + (secrets * (SecretLength + 1)))
            return false;
        var parts = text.Split('.');
        if (parts.Length != secrets + 1 || !Guid.TryParseExact(parts[0], "n", out var id) || parts.Skip(1).Any(part => part.Length != SecretLength))
            return false;
        token = new SecretToken(id, parts[1..]);
        return true;
    }

    public override string ToString() => $"{Id:n}.{string.Join('.', Secrets)}";
}
