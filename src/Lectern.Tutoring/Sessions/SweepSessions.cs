using Lectern.Platform.Data;
using Lectern.Platform.Scheduling;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Tutoring.Sessions;

/// <summary>Ends what nobody speaks for, frees seats that were left behind, forgets old tickets.</summary>
internal sealed class SweepSessions(SchoolDirectory schools, LecternDbFactory databases, SessionEndings endings, TimeProvider time) : IScheduledTask
{
    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var school in await schools.AllAsync(ct))
        {
            await using var db = databases.Create(school);
            await endings.EndStaleAsync(db, person: null, ct);
            var before = time.GetUtcNow().AddHours(-1);
            await db.Set<LiveTicket>().Where(ticket => ticket.ExpiresAt < before).ExecuteDeleteAsync(ct);
        }
        await using var all = databases.CreateWithoutSchool();
        var now = time.GetUtcNow();
        await all.Set<LiveSeat>().Where(seat => seat.Until < now).ExecuteDeleteAsync(ct);
    }
}
