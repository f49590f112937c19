using Lectern.Platform.Data;
using Lectern.Platform.Scheduling;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Accounts.SignIns;

/// <summary>Deletes sign-ins a month after they ended: where somebody was is kept no longer than it helps them.</summary>
internal sealed class SweepSignIns(SchoolDirectory schools, SchoolScopes scopes, TimeProvider time) : IScheduledTask
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var school in await schools.AllAsync(ct))
        {
            await using var scope = scopes.Enter(school);
            var before = time.GetUtcNow() - Kept;
            await scope.ServiceProvider.GetRequiredService<LecternDb>().Set<SignIn>()
                .Where(signIn => signIn.ExpiresAt < before || signIn.RevokedAt < before).ExecuteDeleteAsync(ct);
        }
    }
}
