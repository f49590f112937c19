using Lectern.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using static Lectern.Platform.Data.FrequentStatement;

namespace Lectern.Tutoring.Sessions;

/// <summary>Ends sessions in the database and gives their seats back. Safe to repeat.</summary>
internal sealed class SessionEndings(TimeProvider time, RecentEndings recent, DatabaseWatch watch, IOptions<TutoringOptions> options)
{
    // $1 school, $2 session, $3 epoch, $4 the moment, $5 the reason. The rest is what EndUnownedAsync does one by one.
    private static readonly FrequentStatement Ending = new("""
        with ended as (update tutoring_session set ended_at = $4, end_reason = $5, lease_until = null where school_id = $1 and id = $2 and epoch = $3 and ended_at is null returning id),
             freed as (delete from live_seat where session_id in (select id from ended)),
             closed as (update tutoring_turn as t set answered_at = $4,
                            outcome = case when exists (select from tutoring_phrase p where p.school_id = $1 and p.session_id = $2 and p.turn = t.number) then 'stopped' else 'failed' end
                        where t.school_id = $1 and t.session_id in (select id from ended) and t.outcome is null)
        select count(*)::int from ended
        """);

    /// <summary>Ends a session that this node speaks for; false if another node has taken it over meanwhile, or it is over already.</summary>
    public async Task<bool> EndAsync(LecternDb db, Guid session, int epoch, string reason, CancellationToken ct)
    {
        if (await Ending.RunAsync(db, [Value(db.SchoolId), Value(session), Value(epoch), Value(time.GetUtcNow()), Value(reason)], ct) == 0)
            return false;
        recent.Add();
        return true;
    }

    /// <summary>
    /// Ends sessions that nobody speaks for any more: out of time, or left alone for longer than they may idle, and without a node whose lease still runs.
    /// Leases go by the database's clock, so that a node whose own has jumped does not end what another holds. For as long as a lease lasts after the
    /// database was away nothing is ended: nodes could not renew them meanwhile, nor store that their students are there.
    /// </summary>
    /// <param name="person">Only this person's, or everybody's in the school of <paramref name="db"/>.</param>
    /// <returns>How many were ended.</returns>
    public async Task<int> EndStaleAsync(LecternDb db, Guid? person, CancellationToken ct)
    {
        if (watch.WasAwayWithin(TimeSpan.FromSeconds(options.Value.LeaseSeconds)))
            return 0;
        var now = time.GetUtcNow();
        var stale = await db.Set<TutoringSession>().AsNoTracking().Frequent()
            .Where(row => row.EndedAt == null && (person == null || row.PersonId == person) && (row.LeaseUntil == null || row.LeaseUntil < DateTimeOffset.UtcNow)
                && (row.EndsAt <= now || row.LastActiveAt.AddMinutes(row.IdleMinutes) <= now))
            .Select(row => new { row.Id, IsOutOfTime = row.EndsAt <= now }).ToListAsync(ct);
        foreach (var row in stale)
            await EndUnownedAsync(db, row.Id, row.IsOutOfTime ? "time" : "idle", now, ct);
        return stale.Count;
    }

    private async Task EndUnownedAsync(LecternDb db, Guid session, string reason, DateTimeOffset now, CancellationToken ct)
    {
        // The epoch rises, so that a node that was only slow cannot write into a session that is over.
        var ended = await db.Set<TutoringSession>().Where(row => row.Id == session && row.EndedAt == null && (row.LeaseUntil == null || row.LeaseUntil < DateTimeOffset.UtcNow))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, now).SetProperty(row => row.EndReason, reason).SetProperty(row => row.Epoch, row => row.Epoch + 1), ct);
        if (ended == 0)
            return;
        recent.Add();
        await db.Set<LiveSeat>().Where(seat => seat.SessionId == session).ExecuteDeleteAsync(ct);
        await CloseUnfinishedAsync(db, session, now, ct);
    }

    /// <summary>Ends an answer that was under way where nobody speaks for the session any more, as far as it was stored.</summary>
    /// <param name="but">The turn that is gone on with; null for none.</param>
    public static async Task CloseUnfinishedAsync(LecternDb db, Guid session, DateTimeOffset now, CancellationToken ct, int? but = null)
    {
        var phrases = db.Set<TutoringPhrase>().Where(phrase => phrase.SessionId == session);
        await db.Set<TutoringTurn>().Frequent().Where(turn => turn.SessionId == session && turn.Outcome == null && (but == null || turn.Number != but))
            .ExecuteUpdateAsync(set => set.SetProperty(turn => turn.Outcome, turn => phrases.Any(phrase => phrase.Turn == turn.Number) ? "stopped" : "failed").SetProperty(turn => turn.AnsweredAt, now), ct);
    }
}
