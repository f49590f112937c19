using Lectern.Platform.Data;

namespace Lectern.Accounts.SignIns;

internal enum SignInKind
{
    Browser,
    Api,
}

/// <summary>One sign-in of a person: what stands behind a browser's cookie or behind a pair of API tokens.</summary>
internal sealed class SignIn : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public Guid PersonId { get; private set; }

    public SignInKind Kind { get; private set; }

    /// <summary>Of the cookie or of the access token.</summary>
    public byte[] SecretHash { get; private set; } = [];

    public byte[]? RefreshFamilyHash { get; private set; }

    public byte[]? RefreshHash { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset LastSeenAt { get; private set; }

    /// <summary>Moves ahead with use, up to a fixed age.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? AccessExpiresAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Such as "Firefox, Linux".</summary>
    public string Device { get; private set; } = "";

    public string Ip { get; private set; } = "";

    public static SignIn Browser(Guid id, Guid personId, byte[] secretHash, Origin origin, DateTimeOffset now, DateTimeOffset expiresAt) => new()
    {
        Id = id,
        PersonId = personId,
        Kind = SignInKind.Browser,
        SecretHash = secretHash,
        CreatedAt = now,
        LastSeenAt = now,
        ExpiresAt = expiresAt,
        Device = origin.Device,
        Ip = origin.Ip,
    };

    public static SignIn Api(Guid id, Guid personId, ApiHashes hashes, Origin origin, DateTimeOffset now, DateTimeOffset expiresAt, DateTimeOffset accessExpiresAt)
    {
        var signIn = Browser(id, personId, hashes.Access, origin, now, expiresAt);
        signIn.Kind = SignInKind.Api;
        (signIn.RefreshFamilyHash, signIn.RefreshHash, signIn.AccessExpiresAt) = (hashes.Family, hashes.Refresh, accessExpiresAt);
        return signIn;
    }
}

/// <summary>Hashes of an access token's secret and of the two parts of a refresh token.</summary>
internal sealed record ApiHashes(byte[] Access, byte[] Family, byte[] Refresh);
