using Lectern.Platform.Data;
using Lectern.Tutoring.Live;
using Lectern.Tutoring.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Tutoring.Conversations;

/// <param name="Questions">How many were asked.</param>
public sealed record ConversationRow(Guid Id, Guid PersonId, string Title, string CourseSlug, string TeacherName, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, int Questions, int? Rating);

/// <summary>Conversations that are over, or going on, as their pages show them.</summary>
internal sealed class ConversationBook(LecternDb db, LiveSessions live, SessionEndings endings, TimeProvider time)
{
    /// <summary>A person's own, the newest first.</summary>
    /// <param name="query">Part of a title or of something asked; null for all.</param>
    public Task<(IReadOnlyList<ConversationRow> Rows, int Total)> MineAsync(Guid person, string? query, int skip, int take, CancellationToken ct) =>
        ListAsync(db.Set<TutoringSession>().Where(session => session.PersonId == person), query, skip, take, ct);

    /// <summary>Those of a course whose students were told that its teachers may read them.</summary>
    public Task<(IReadOnlyList<ConversationRow> Rows, int Total)> OfCourseAsync(Guid course, string? query, int skip, int take, CancellationToken ct) =>
        ListAsync(db.Set<TutoringSession>().Where(session => session.CourseId == course && session.IsShared), query, skip, take, ct);

    /// <summary>A person's that are not over.</summary>
    public async Task<IReadOnlyList<ConversationRow>> OpenAsync(Guid person, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return (await ListAsync(db.Set<TutoringSession>().Where(session => session.PersonId == person && session.EndedAt == null && session.EndsAt > now), query: null, 0, 100, ct)).Rows;
    }

    public Task<TutoringSession?> FindAsync(Guid id, CancellationToken ct) => db.Set<TutoringSession>().AsNoTracking().SingleOrDefaultAsync(session => session.Id == id, ct);

    public async Task RateAsync(Guid id, int stars, string comment, CancellationToken ct)
    {
        var session = await db.Set<TutoringSession>().SingleAsync(row => row.Id == id, ct);
        session.Rate(stars, comment, time.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Ends a conversation that is going on, here or on another node.</summary>
    public async Task EndAsync(TutoringSession session, CancellationToken ct)
    {
        if (live.Find(session.Id) is { } here)
            await here.EndAsync(ct);
        else
            await endings.EndAsync(db, session.Id, session.Epoch, "student", ct);
    }

    private async Task<(IReadOnlyList<ConversationRow> Rows, int Total)> ListAsync(IQueryable<TutoringSession> sessions, string? query, int skip, int take, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(query))
        {
            var pattern = $"%{query.Trim().Replace("\\", @"\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            sessions = sessions.Where(session => EF.Functions.ILike(session.Title, pattern) || db.Set<TutoringTurn>().Any(turn => turn.SessionId == session.Id && turn.Question != null && EF.Functions.ILike(turn.Question, pattern)));
        }
        var total = await sessions.CountAsync(ct);
        var rows = await sessions.AsNoTracking().OrderByDescending(session => session.StartedAt).ThenBy(session => session.Id).Skip(skip).Take(take)
            .Select(session => new ConversationRow(session.Id, session.PersonId, session.Title, session.CourseSlug, session.TeacherName, session.StartedAt, session.EndedAt,
                db.Set<TutoringTurn>().Count(turn => turn.SessionId == session.Id && turn.Question != null), session.Rating)).ToListAsync(ct);
        return (rows, total);
    }
}
