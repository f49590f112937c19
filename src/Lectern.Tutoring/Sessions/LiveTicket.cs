using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Lectern.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lectern.Tutoring.Sessions;

/// <summary>Opens one live connection, once, soon. The database keeps only a hash.</summary>
internal sealed class LiveTicket : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public Guid SessionId { get; private set; }

    public byte[] SecretHash { get; private set; } = [];

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    public static LiveTicket Create(Guid session, string secret, DateTimeOffset now, TimeSpan lifetime) =>
        new() { Id = Guid.CreateVersion7(now), SessionId = session, SecretHash = Hash(secret), ExpiresAt = now + lifetime };

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

/// <param name="Secret">22 characters, base64url of 16 random bytes.</param>
internal sealed record IssuedTicket(string Secret, DateTimeOffset ExpiresAt);

/// <summary>Issues and takes tickets.</summary>
internal sealed class Tickets(LecternDb db, TimeProvider time, IOptions<TutoringOptions> options)
{
    /// <summary>Adds a ticket to the unit of work; the caller saves.</summary>
    public IssuedTicket Add(Guid session)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var ticket = LiveTicket.Create(session, secret, time.GetUtcNow(), TimeSpan.FromSeconds(options.Value.TicketSeconds));
        db.Add(ticket);
        return new IssuedTicket(secret, ticket.ExpiresAt);
    }

    /// <summary>Uses a ticket up; the session it opens, or null if it is unknown, used or too old.</summary>
    public async Task<Guid?> TakeAsync(string secret, CancellationToken ct)
    {
        var (hash, now) = (LiveTicket.Hash(secret), time.GetUtcNow());
        var session = await db.Set<LiveTicket>().AsNoTracking().Frequent().Where(ticket => ticket.SecretHash == hash).Select(ticket => (Guid?)ticket.SessionId).SingleOrDefaultAsync(ct);
        if (session is null)
            return null;
        var taken = await db.Set<LiveTicket>().Frequent().Where(ticket => ticket.SecretHash == hash && ticket.UsedAt == null && ticket.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(ticket => ticket.UsedAt, now), ct);
        return taken == 1 ? session : null;
    }
}
