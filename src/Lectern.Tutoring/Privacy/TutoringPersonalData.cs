using Lectern.Platform.Data;
using Lectern.Platform.Privacy;
using Lectern.Tutoring.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Tutoring.Privacy;

internal sealed class TutoringPersonalData(LecternDb db, Transcript transcript) : IPersonalData
{
    public string Room => "Tutoring";

    public async Task<object> ExportAsync(Guid personId, CancellationToken ct)
    {
        var sessions = await db.Set<TutoringSession>().AsNoTracking().Where(session => session.PersonId == personId).OrderBy(session => session.StartedAt).ToListAsync(ct);
        var conversations = new List<object>(sessions.Count);
        foreach (var session in sessions)
        {
            conversations.Add(new
            {
                session.Title, Teacher = session.TeacherName, session.StartedAt, session.EndedAt, session.EndReason, TeachersMayRead = session.IsShared, session.Rating, session.RatingComment,
                Turns = await transcript.ReadAsync(session, ct),
            });
        }
        return new { Conversations = conversations };
    }

    // Turns, phrases, citations and tickets go with their session; a conversation that is going on notices at its next word.
    public async Task EraseAsync(Guid personId, CancellationToken ct)
    {
        var sessions = db.Set<TutoringSession>().Where(session => session.PersonId == personId);
        await db.Set<LiveSeat>().Where(seat => sessions.Any(session => session.Id == seat.SessionId)).ExecuteDeleteAsync(ct);
        await sessions.ExecuteDeleteAsync(ct);
    }
}
