using Lectern.Platform.Data;

namespace Lectern.Accounts.Invitations;

/// <summary>Leave to make one account with one role, by a link that works once.</summary>
internal sealed class Invitation : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>Null where whoever accepts says it.</summary>
    public string? Email { get; private set; }

    public string Role { get; private set; } = "";

    public byte[] TokenHash { get; private set; } = [];

    /// <summary>Null for one made by the program itself.</summary>
    public Guid? CreatedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    public Guid? AcceptedBy { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public static string Normalize(string email) => email.Trim().ToLowerInvariant();

    public static Invitation Create(string? email, string role, byte[] tokenHash, Guid? createdBy, DateTimeOffset now, DateTimeOffset expiresAt) => new()
    {
        Id = Guid.CreateVersion7(now),
        Email = email is null ? null : Normalize(email),
        Role = role,
        TokenHash = tokenHash,
        CreatedBy = createdBy,
        CreatedAt = now,
        ExpiresAt = expiresAt,
    };
}
