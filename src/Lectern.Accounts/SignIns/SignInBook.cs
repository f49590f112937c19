using Lectern.Accounts.People;
using Lectern.Platform.Data;
using Lectern.Platform.Operations;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lectern.Accounts.SignIns;

/// <summary>The tokens of an API sign-in, as they are handed out.</summary>
internal sealed record ApiTokens(string Access, string Refresh, TimeSpan AccessLifetime);

/// <summary>The sign-ins of the scope's school: issued, recognised, renewed, revoked.</summary>
internal sealed class SignInBook(LecternDb db, SchoolContext school, SignInCache cache, MaintenanceMode maintenance, DatabaseWatch watch, IOptions<AccountsOptions> options, TimeProvider time)
{
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    private readonly AccountsOptions _options = options.Value;

    /// <summary>Issues the value of a browser's cookie.</summary>
    public async Task<string> IssueBrowserAsync(Guid personId, Origin origin, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var token = new SecretToken(Guid.CreateVersion7(now), [SecretToken.NewSecret()]);
        db.Add(SignIn.Browser(token.Id, personId, SecretToken.Hash(token.Secrets[0]), origin, now, now + _options.IdleExpiry));
        await db.SaveChangesAsync(ct);
        return token.ToString();
    }

    public async Task<ApiTokens> IssueApiAsync(Guid personId, Origin origin, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var access = new SecretToken(Guid.CreateVersion7(now), [SecretToken.NewSecret()]);
        var refresh = new SecretToken(access.Id, [SecretToken.NewSecret(), SecretToken.NewSecret()]);
        var hashes = new ApiHashes(SecretToken.Hash(access.Secrets[0]), SecretToken.Hash(refresh.Secrets[0]), SecretToken.Hash(refresh.Secrets[1]));
        db.Add(SignIn.Api(access.Id, personId, hashes, origin, now, now + _options.IdleExpiry, now + _options.AccessTokenLifetime));
        await db.SaveChangesAsync(ct);
        return new ApiTokens(access.ToString(), refresh.ToString(), _options.AccessTokenLifetime);
    }

    /// <summary>The sign-in of a cookie or access token, or null if it is unknown, of another school, expired, revoked, or its person may not sign in.</summary>
    public async Task<KnownSignIn?> FindAsync(string? text, SignInKind kind, CancellationToken ct)
    {
        if (school.Current is not { } current || !SecretToken.TryParse(text, 1, out var token))
            return null;
        var known = cache.Find(current.Id, token.Id) ?? await ReadAsync(current, token.Id, ct);
        var now = time.GetUtcNow();
        if (known is null || known.Kind != kind || !SecretToken.Matches(token.Secrets[0], known.SecretHash) || known.ExpiresAt <= now || known.AccessExpiresAt <= now)
            return null;
        if (now - known.LastSeenAt >= SeenEvery && !maintenance.IsOn && !watch.IsAway)
            await SeenAsync(current, known, now, ct);
        return known;
    }

    /// <summary>
    /// Exchanges a refresh token for new tokens. A token that was used before means that somebody else has it too: the sign-in is revoked
    /// for both (RFC 9700, section 4.14.2).
    /// </summary>
    public async Task<ApiTokens?> RefreshAsync(string? text, CancellationToken ct)
    {
        if (!SecretToken.TryParse(text, 2, out var token))
            return null;
        var now = time.GetUtcNow();
        var row = await Live(now).AsNoTracking().SingleOrDefaultAsync(signIn => signIn.Id == token.Id && signIn.Kind == SignInKind.Api, ct);
        if (row is null || !SecretToken.Matches(token.Secrets[0], row.RefreshFamilyHash) || !await MaySignIn(row.PersonId, ct))
            return null;
        var access = new SecretToken(row.Id, [SecretToken.NewSecret()]);
        var refresh = new SecretToken(row.Id, [token.Secrets[0], SecretToken.NewSecret()]);
        if (!await ReplaceAsync(row, SecretToken.Hash(token.Secrets[1]), access, refresh, now, ct))
        {
            await RevokeAsync(row.PersonId, row.Id, ct);
            return null;
        }
        cache.Forget(row.SchoolId, row.Id);
        return new ApiTokens(access.ToString(), refresh.ToString(), _options.AccessTokenLifetime);
    }

    /// <summary>Ends one sign-in of the person. False when there is no such living one.</summary>
    public async Task<bool> RevokeAsync(Guid personId, Guid signInId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var rows = await db.Set<SignIn>().Where(signIn => signIn.Id == signInId && signIn.PersonId == personId && signIn.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(signIn => signIn.RevokedAt, now), ct);
        cache.Forget(school.Required.Id, signInId);
        return rows > 0;
    }

    /// <summary>Ends the sign-in that a refresh or access token belongs to. Says nothing about tokens it does not know.</summary>
    public async Task RevokeByTokenAsync(string? text, CancellationToken ct)
    {
        var isRefresh = SecretToken.TryParse(text, 2, out var token);
        if (!isRefresh && !SecretToken.TryParse(text, 1, out token))
            return;
        var row = await db.Set<SignIn>().AsNoTracking().SingleOrDefaultAsync(signIn => signIn.Id == token!.Id, ct); // one of the two parses succeeded
        if (row is not null && SecretToken.Matches(token!.Secrets[0], isRefresh ? row.RefreshFamilyHash : row.SecretHash))
            await RevokeAsync(row.PersonId, row.Id, ct);
    }

    /// <summary>Ends every sign-in of the person, cookies and tokens alike, except perhaps the one at hand.</summary>
    public async Task RevokeAllAsync(Guid personId, Guid? except, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await db.Set<SignIn>().Where(signIn => signIn.PersonId == personId && signIn.RevokedAt == null && signIn.Id != (except ?? Guid.Empty))
            .ExecuteUpdateAsync(set => set.SetProperty(signIn => signIn.RevokedAt, now), ct);
        cache.ForgetPerson(school.Required.Id, personId);
    }

    /// <summary>The person's living sign-ins, the last used first.</summary>
    public async Task<IReadOnlyList<SignIn>> ListAsync(Guid personId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return await Live(now).AsNoTracking().Where(signIn => signIn.PersonId == personId).OrderByDescending(signIn => signIn.LastSeenAt).ToListAsync(ct);
    }

    private IQueryable<SignIn> Live(DateTimeOffset now) => db.Set<SignIn>().Where(signIn => signIn.RevokedAt == null && signIn.ExpiresAt > now);

    private Task<bool> MaySignIn(Guid personId, CancellationToken ct) =>
        db.Set<Person>().AnyAsync(person => person.Id == personId && person.LockedAt == null && person.DeletedAt == null, ct);

    // The old hash stands in the condition, so that of two who use one token at the same moment one wins and the other counts as reuse.
    private async Task<bool> ReplaceAsync(SignIn row, byte[] usedHash, SecretToken access, SecretToken refresh, DateTimeOffset now, CancellationToken ct)
    {
        var (accessHash, refreshHash) = (SecretToken.Hash(access.Secrets[0]), SecretToken.Hash(refresh.Secrets[1]));
        var (expiresAt, accessExpiresAt) = (Prolong(row.CreatedAt, now), now + _options.AccessTokenLifetime);
        return await db.Set<SignIn>().Where(signIn => signIn.Id == row.Id && signIn.RefreshHash == usedHash && signIn.RevokedAt == null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(signIn => signIn.SecretHash, accessHash)
                .SetProperty(signIn => signIn.RefreshHash, refreshHash)
                .SetProperty(signIn => signIn.AccessExpiresAt, accessExpiresAt)
                .SetProperty(signIn => signIn.ExpiresAt, expiresAt)
                .SetProperty(signIn => signIn.LastSeenAt, now), ct) == 1;
    }

    private async Task<KnownSignIn?> ReadAsync(School current, Guid id, CancellationToken ct)
    {
        var generation = cache.Generation;
        var known = await (
            from signIn in db.Set<SignIn>()
            join person in db.Set<Person>() on signIn.PersonId equals person.Id
            where signIn.Id == id && signIn.RevokedAt == null && person.LockedAt == null && person.DeletedAt == null
            select new KnownSignIn(signIn.Id, signIn.PersonId, signIn.Kind, signIn.SecretHash, signIn.CreatedAt, signIn.LastSeenAt, signIn.ExpiresAt, signIn.AccessExpiresAt,
                person.DisplayName, person.Locale, db.Set<PersonRole>().Where(role => role.PersonId == person.Id).Select(role => role.Role).ToList()))
            .AsNoTracking().SingleOrDefaultAsync(ct);
        if (known is null)
            return null;
        // Platform administrators live in the system school; the role means nothing elsewhere, however it got there.
        if (!current.IsSystem)
            known = known with { Roles = [.. known.Roles.Where(role => role != PersonRoles.PlatformAdmin)] };
        cache.Keep(current.Id, known, generation);
        return known;
    }

    private async Task SeenAsync(School current, KnownSignIn known, DateTimeOffset now, CancellationToken ct)
    {
        var generation = cache.Generation;
        var expiresAt = Prolong(known.CreatedAt, now);
        try
        {
            await db.Set<SignIn>().Where(signIn => signIn.Id == known.Id && signIn.RevokedAt == null && signIn.LastSeenAt < now)
                .ExecuteUpdateAsync(set => set.SetProperty(signIn => signIn.LastSeenAt, now).SetProperty(signIn => signIn.ExpiresAt, expiresAt), ct);
            await db.Set<Person>().Where(person => person.Id == known.PersonId).ExecuteUpdateAsync(set => set.SetProperty(person => person.LastSeenAt, now), ct);
        }
        catch (Exception e) when (DatabaseTrouble.TakesNothing(e))
        {
            // Reading goes on where nothing can be stored.
            return;
        }
        cache.Keep(current.Id, known with { LastSeenAt = now, ExpiresAt = expiresAt }, generation);
    }

    private DateTimeOffset Prolong(DateTimeOffset createdAt, DateTimeOffset now)
    {
        var (idle, absolute) = (now + _options.IdleExpiry, createdAt + _options.AbsoluteExpiry);
        return idle < absolute ? idle : absolute;
    }
}
