using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Lectern.Tutoring.Sessions;
using Lectern.Tutoring.Settings;
using Lectern.Voice.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lectern.Tutoring.Live;

/// <summary>A session that this node now speaks for.</summary>
/// <param name="Voice">JSON, see <see cref="Characters.TeacherCharacter.Voice"/>.</param>
/// <param name="Unfinished">The answer that was under way; null if none was.</param>
/// <param name="MayRecognise">The school allows the browser's own recognition of speech.</param>
internal sealed record TakenSession(School School, TutoringSession Row, string Manner, string Voice, bool MayRecognise, IReadOnlyList<TurnView> Turns, UnfinishedAnswer? Unfinished, bool WasConnected);

/// <summary>Owner, epoch and lease of sessions. Leases run by the database's clock (<see cref="DateTimeOffset.UtcNow"/> in a query is its <c>now()</c>), which all nodes share.</summary>
internal sealed class SessionStore(LecternDbFactory databases, SchoolDirectory schools, SessionEndings endings, NodeIdentity node, TimeProvider time, IOptions<TutoringOptions> options)
{
    private TimeSpan Lease => TimeSpan.FromSeconds(options.Value.LeaseSeconds);

    /// <summary>
    /// Makes this node the session's owner, whoever was it before: a client that holds a ticket is here and not there. An answer that was under way on
    /// the other node is gone on with.
    /// </summary>
    /// <returns>Null when the session is over, or unknown.</returns>
    public async Task<TakenSession?> TakeAsync(School school, Guid id, CancellationToken ct)
    {
        await using var db = databases.Create(school);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = time.GetUtcNow();
        var taken = await db.Set<TutoringSession>().Frequent().Where(row => row.Id == id && row.EndedAt == null && row.EndsAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Owner, node.Id).SetProperty(row => row.Epoch, row => row.Epoch + 1).SetProperty(row => row.LeaseUntil, _ => DateTimeOffset.UtcNow + Lease), ct);
        if (taken == 0)
            return null;
        var row = await db.Set<TutoringSession>().AsNoTracking().Frequent().SingleAsync(row => row.Id == id, ct);
        var isFirst = row.Epoch == 1;
        if (!isFirst)
        {
            var newest = await db.Set<TutoringTurn>().Frequent().Where(turn => turn.SessionId == id).MaxAsync(turn => (int?)turn.Number, ct);
            await SessionEndings.CloseUnfinishedAsync(db, id, now, ct, but: newest);
        }
        var teacher = await db.Set<Characters.TeacherCharacter>().Frequent().Where(teacher => teacher.Slug == row.TeacherSlug).Select(teacher => new { teacher.Manner, teacher.Voice }).SingleOrDefaultAsync(ct);
        var setting = await new SchoolSettings(db, time).GetAsync<TutoringSetting>(ct);
        var transcript = new Transcript(db);
        var turns = await transcript.ReadAsync(row, ct);
        var unfinished = isFirst ? null : await transcript.FindUnfinishedAsync(id, ct);
        await transaction.CommitAsync(ct);
        await using var all = databases.CreateWithoutSchool();
        await all.Set<LiveSeat>().Frequent().Where(seat => seat.SessionId == id).ExecuteUpdateAsync(set => set.SetProperty(seat => seat.Node, node.Id), ct);
        return new TakenSession(school, row, teacher?.Manner ?? "", teacher?.Voice ?? "{}", setting.BrowserRecognition, turns, unfinished, !isFirst);
    }

    /// <summary>Whether the epoch is still this one and the session not over.</summary>
    public async Task<bool> HoldsAsync(School school, Guid id, int epoch, CancellationToken ct)
    {
        await using var db = databases.Create(school);
        return await db.Set<TutoringSession>().Frequent().AnyAsync(row => row.Id == id && row.Epoch == epoch && row.EndedAt == null, ct);
    }

    /// <summary>Why it ended; null while it goes on, or when it is gone.</summary>
    public async Task<string?> FindEndAsync(School school, Guid id, CancellationToken ct)
    {
        await using var db = databases.Create(school);
        return await db.Set<TutoringSession>().Where(row => row.Id == id && row.EndedAt != null).Select(row => row.EndReason).SingleOrDefaultAsync(ct);
    }

    /// <summary>Ends it in the database; false if it is another's by now.</summary>
    public async Task<bool> EndAsync(School school, Guid id, int epoch, string reason, CancellationToken ct)
    {
        await using var db = databases.Create(school);
        return await endings.EndAsync(db, id, epoch, reason, ct);
    }

    /// <summary>Gives the session back unended, for whichever node its client reaches next. It is left alone from now on, not from the last question.</summary>
    public async Task ReleaseAsync(School school, Guid id, int epoch, CancellationToken ct)
    {
        await using var db = databases.Create(school);
        await db.Set<TutoringSession>().Where(row => row.Id == id && row.Epoch == epoch && row.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Owner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null).SetProperty(row => row.LastActiveAt, time.GetUtcNow()), ct);
    }

    /// <summary>Renews the leases of this node's sessions.</summary>
    /// <returns>Those that are no longer this node's.</returns>
    public async Task<IReadOnlySet<Guid>> RenewAsync(IReadOnlyCollection<(Guid School, Guid Session, int Epoch)> held, CancellationToken ct)
    {
        var lost = held.Select(session => session.Session).ToHashSet();
        foreach (var group in held.GroupBy(session => session.School))
        {
            if (await schools.FindAsync(group.Key, ct) is not { } school)
                continue;
            await using var db = databases.Create(school);
            var (ids, epochs) = (group.Select(session => session.Session).ToArray(), group.Select(session => session.Epoch).ToArray());
            var kept = await db.Database.SqlQuery<Guid>($"""
                update tutoring_session as s set lease_until = now() + {Lease} from unnest({ids}, {epochs}) as held(id, epoch)
                where s.school_id = {school.Id} and s.id = held.id and s.epoch = held.epoch and s.ended_at is null returning s.id as "Value"
                """).ToListAsync(ct);
            lost.ExceptWith(kept);
        }
        return lost;
    }
}
