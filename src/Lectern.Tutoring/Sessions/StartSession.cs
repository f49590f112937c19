using Lectern.Costs.Contracts;
using Lectern.Courses.Contracts;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Lectern.Tutoring.Characters;
using Lectern.Tutoring.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lectern.Tutoring.Sessions;

/// <param name="Teacher">Slug; null or empty for the course's own.</param>
internal sealed record SessionWish(Guid PersonId, Guid CourseId, Guid? LessonId, string? Teacher);

/// <summary>What came of wanting to talk.</summary>
internal abstract record StartOutcome
{
    internal sealed record Started(TutoringSession Session, IssuedTicket Ticket) : StartOutcome;

    /// <summary>The course, lesson or teacher does not exist for this student.</summary>
    internal sealed record NotFound : StartOutcome;

    /// <param name="RetryAt">When it is possible again: at the latest, or about then (<see cref="IsEstimate"/>). Null when nobody can say.</param>
    internal sealed record Refused(Refusal Why, int Limit, DateTimeOffset? RetryAt) : StartOutcome
    {
        /// <summary>A place is free by then if conversations end as they did of late, and nobody else is quicker.</summary>
        public bool IsEstimate => Why is Refusal.NodeFull or Refusal.InstallationFull;
    }
}

internal enum Refusal
{
    SessionsAtOnce,
    SessionsPerDay,
    NodeFull,
    InstallationFull,
    OverBudget,
}

/// <summary>
/// Begins a conversation if the limits allow it. Two advisory locks make the counts exact on any number of nodes: one per student, then one for
/// the installation's seats, always in this order; the second is held for two short statements only.
/// </summary>
internal sealed class StartSession(
    LecternDb db, SchoolContext school, CourseReading courses, Cast cast, SchoolSettings settings, SessionServices services)
{
    private const string SeatLock = "lectern.tutoring.seats";

    public async Task<StartOutcome> StartAsync(SessionWish wish, CancellationToken ct)
    {
        if (await courses.FindCourseAsync(wish.CourseId, ct) is not { } course)
            return new StartOutcome.NotFound();
        var lesson = wish.LessonId is { } id ? await courses.FindLessonAsync(id, ct) : null;
        if (wish.LessonId is not null && lesson?.CourseId != course.Id)
            return new StartOutcome.NotFound();
        var teacher = string.IsNullOrEmpty(wish.Teacher) ? await cast.ForCourseAsync(course.Teacher, course.Language, ct) : await cast.FindAsync(wish.Teacher, ct);
        if (teacher is null)
            return new StartOutcome.NotFound();
        if (await services.Spending.FindStateAsync(school.Required.Id, course.Id, ct) is { AllowsNew: false } spending)
            return new StartOutcome.Refused(Refusal.OverBudget, 0, spending.Until);
        var setting = await settings.GetAsync<TutoringSetting>(ct);
        var limits = SessionLimits.Of(services.Options.Value, setting);
        var session = TutoringSession.Start(wish.PersonId, course, lesson, teacher, limits, setting.TeachersMayRead, services.Time.GetUtcNow());
        return await BeginAsync(session, teacher, limits, ct);
    }

    private async Task<StartOutcome> BeginAsync(TutoringSession session, Character teacher, SessionLimits limits, CancellationToken ct)
    {
        // Whatever fails here ends all of it, so that nothing is to be saved halfway.
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await LockAsync($"lectern.tutoring.person.{session.PersonId}", ct);
        if (await RefusalOfPersonAsync(session, limits, ct) is { } refused)
        {
            await transaction.CommitAsync(ct);
            return refused;
        }
        Add(session, teacher);
        var ticket = services.Tickets(db).Add(session.Id);
        await db.SaveChangesAsync(ct);
        if (await TakeSeatAsync(session, ct) is { } full)
            return full;
        await transaction.CommitAsync(ct);
        return new StartOutcome.Started(session, ticket);
    }

    private void Add(TutoringSession session, Character teacher)
    {
        db.Add(session);
        db.Add(TutoringTurn.Greeting(session.Id, session.StartedAt));
        db.Add(TutoringPhrase.Of(session.Id, 0, 0, teacher.Greeting, session.StartedAt));
    }

    private async Task<StartOutcome.Refused?> RefusalOfPersonAsync(TutoringSession wanted, SessionLimits limits, CancellationToken ct)
    {
        var since = school.Required.StartOfDay(wanted.StartedAt);
        var mine = await MineAsync(wanted.PersonId, since, ct);
        if (mine.Exists(row => row.IsUnowned) && await services.Endings.EndStaleAsync(db, wanted.PersonId, ct) > 0)
            mine = await MineAsync(wanted.PersonId, since, ct);
        var open = mine.Where(row => row.IsOpen).ToList();
        if (open.Count >= limits.AtOnce)
            return new StartOutcome.Refused(Refusal.SessionsAtOnce, limits.AtOnce, open.Min(row => row.EndsAt));
        return mine.Count(row => row.StartedAt >= since) >= limits.PerDay ? new StartOutcome.Refused(Refusal.SessionsPerDay, limits.PerDay, school.Required.NextDay(wanted.StartedAt)) : null;
    }

    // What counts against the limits: what was begun today, and what still goes on. Leases go by the database's clock.
    private Task<List<OwnSession>> MineAsync(Guid person, DateTimeOffset since, CancellationToken ct) => db.Set<TutoringSession>().AsNoTracking().Frequent()
        .Where(row => row.PersonId == person && (row.EndedAt == null || row.StartedAt >= since))
        .Select(row => new OwnSession(row.StartedAt, row.EndsAt, row.EndedAt == null, row.EndedAt == null && (row.LeaseUntil == null || row.LeaseUntil < DateTimeOffset.UtcNow))).ToListAsync(ct);

    private async Task<StartOutcome.Refused?> TakeSeatAsync(TutoringSession session, CancellationToken ct)
    {
        await LockAsync(SeatLock, ct);
        var (node, now, options) = (services.Node.Id, services.Time.GetUtcNow(), services.Options.Value);
        var seats = await db.Set<LiveSeat>().Frequent().Where(seat => seat.Until > now).GroupBy(_ => 1)
            .Select(all => new
            {
                All = all.Count(),
                Here = all.Count(seat => seat.Node == node),
                Next = all.Min(seat => seat.Until),
                NextHere = all.Where(seat => seat.Node == node).Min(seat => (DateTimeOffset?)seat.Until),
            }).SingleOrDefaultAsync(ct);
        if (seats?.All >= options.InstallationSessions)
            return new StartOutcome.Refused(Refusal.InstallationFull, options.InstallationSessions, FreeAt(now, seats.Next));
        if (seats?.Here >= options.NodeSessions)
            return new StartOutcome.Refused(Refusal.NodeFull, options.NodeSessions, FreeAt(now, seats.NextHere));
        db.Add(LiveSeat.Take(session.Id, school.Required.Id, node, session.EndsAt));
        await db.SaveChangesAsync(ct);
        return null;
    }

    // The first that must end gives the latest moment; mostly one of them ends long before.
    private DateTimeOffset? FreeAt(DateTimeOffset now, DateTimeOffset? mustEnd) =>
        services.Recent.UsualWait is { } wait && (mustEnd is null || now + wait < mustEnd) ? now + wait : mustEnd;

    private sealed record OwnSession(DateTimeOffset StartedAt, DateTimeOffset EndsAt, bool IsOpen, bool IsUnowned);

    private Task<int> LockAsync(string name, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({name}, 0))", ct);
}

/// <summary>What beginning and ending sessions need besides the database.</summary>
internal sealed record SessionServices(IOptions<TutoringOptions> Options, TimeProvider Time, NodeIdentity Node, SessionEndings Endings, RecentEndings Recent, ISpending Spending)
{
    public Tickets Tickets(LecternDb db) => new(db, Time, Options);
}
