using System.ComponentModel.DataAnnotations;
using Lectern.Accounts.Contracts;
using Lectern.Platform.Data;
using Lectern.Platform.Localization;
using Lectern.Platform.Operations;
using Lectern.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lectern.Tutoring.Sessions;

/// <param name="LessonId">Left out: the teacher answers from the whole course.</param>
/// <param name="Teacher">A teacher's slug; left out: the course's own.</param>
public sealed record StartSessionRequest([property: Required] Guid CourseId, Guid? LessonId, [property: MaxLength(40)] string? Teacher);

public sealed record TeacherView(string Slug, string Name);

/// <summary>How to connect; see docs/live-protocol.md.</summary>
public sealed record LiveAddress(string Url, string Subprotocol, string Ticket, DateTime TicketExpiresAt);

public sealed record SessionLimitsView(int MaxMinutes, int IdleMinutes, int MaxMessages, IReadOnlyList<int> WarnAtMinutes);

public sealed record SessionResponse(Guid Id, string Title, TeacherView Teacher, LiveAddress Live, SessionLimitsView Limits);

public sealed record TranscriptResponse(Guid Id, string Title, DateTime StartedAt, DateTime? EndedAt, string? EndReason, IReadOnlyList<TurnView> Turns);

/// <summary><c>/api/v1/tutoring/sessions</c>.</summary>
internal static class SessionEndpoints
{
    public const string Subprotocol = "lectern.live.v1";
    public static readonly int[] WarnAtMinutes = [5, 1];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/tutoring/sessions").WithTags("Tutoring").RequireAntiforgeryForCookies();
        group.MapPost("", StartAsync).WithSummary("Begin a conversation with a teacher.").ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapPost("/{id:guid}/ticket", TicketAsync).WithSummary("A ticket for another connection to the session.").ProducesProblem(StatusCodes.Status410Gone);
        group.MapGet("/{id:guid}/transcript", TranscriptAsync).WithSummary("What was said, during the session and after it.");
    }

    private static async Task<Results<Created<SessionResponse>, ProblemHttpResult>> StartAsync(
        StartSessionRequest request, HttpContext http, StartSession start, Texts t, TimeProvider time, IOptions<TutoringOptions> options, CancellationToken ct)
    {
        var wish = new SessionWish(http.User.RequirePersonId(), request.CourseId, request.LessonId, request.Teacher);
        return await start.StartAsync(wish, ct) switch
        {
            StartOutcome.Started started => TypedResults.Created($"/api/v1/tutoring/sessions/{started.Session.Id}", Response(http, started)),
            StartOutcome.Refused refused => TutoringProblems.Of(http, refused, t, time.GetUtcNow()),
            _ => NotFound(t["There is no such course, lesson or teacher."]),
        };
    }

    private static async Task<Results<Ok<LiveAddress>, ProblemHttpResult>> TicketAsync(Guid id, HttpContext http, LecternDb db, Tickets tickets, Texts t, TimeProvider time, CancellationToken ct)
    {
        var (person, now) = (http.User.RequirePersonId(), time.GetUtcNow());
        var session = await db.Set<TutoringSession>().AsNoTracking().Where(row => row.Id == id && row.PersonId == person)
            .Select(row => new { IsOver = row.EndedAt != null || row.EndsAt <= now }).SingleOrDefaultAsync(ct);
        if (session is null)
            return NotFound(t["There is no such conversation."]);
        if (session.IsOver)
            return TypedResults.Problem(statusCode: StatusCodes.Status410Gone, type: TutoringProblems.Prefix + "session-ended", title: t["The conversation has ended"]);
        var ticket = tickets.Add(id);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(Address(http, ticket));
    }

    private static async Task<Results<Ok<TranscriptResponse>, ProblemHttpResult>> TranscriptAsync(Guid id, HttpContext http, LecternDb db, Transcript transcript, Texts t, CancellationToken ct)
    {
        var person = http.User.RequirePersonId();
        var session = await db.Set<TutoringSession>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.PersonId == person, ct);
        return session is null ? NotFound(t["There is no such conversation."]) : TypedResults.Ok(new TranscriptResponse(
            session.Id, session.Title, session.StartedAt.UtcDateTime, session.EndedAt?.UtcDateTime, session.EndReason, await transcript.ReadAsync(session, ct)));
    }

    private static SessionResponse Response(HttpContext http, StartOutcome.Started started)
    {
        var session = started.Session;
        return new SessionResponse(session.Id, session.Title, new TeacherView(session.TeacherSlug, session.TeacherName), Address(http, started.Ticket),
            new SessionLimitsView((int)(session.EndsAt - session.StartedAt).TotalMinutes, session.IdleMinutes, session.MaxMessages, WarnAtMinutes));
    }

    // The socket is opened at the host that was asked, so that the page's own origin is allowed and the school is the same.
    private static LiveAddress Address(HttpContext http, IssuedTicket ticket) =>
        new($"{(http.Request.IsHttps ? "wss" : "ws")}://{http.Request.Host}/live/v1", Subprotocol, ticket.Secret, ticket.ExpiresAt.UtcDateTime);

    private static ProblemHttpResult NotFound(string title) => TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: title);
}
