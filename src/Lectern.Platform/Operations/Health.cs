using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Lectern.Platform.Operations;

/// <summary>
/// <c>/healthz</c>: the process answers (restart it if not). <c>/readyz</c>: it can serve, that is, reaches a migrated database and is
/// not stopping (send it no requests if not).
/// </summary>
internal static class Health
{
    private static readonly TimeSpan DatabasePatience = TimeSpan.FromSeconds(2);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", () => TypedResults.Text("ok")).AllowAnonymous().WithMetadata(WithoutSchool.Instance).ExcludeFromDescription();
        endpoints.MapGet("/readyz", Ready).AllowAnonymous().WithMetadata(WithoutSchool.Instance).ExcludeFromDescription();
    }

    private static async Task<Results<Ok<Readiness>, JsonHttpResult<Readiness>>> Ready(
        NpgsqlDataSource database, MaintenanceMode maintenance, IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        var readiness = new Readiness(await Answers(database, ct), lifetime.ApplicationStopping.IsCancellationRequested, maintenance.IsOn);
        return readiness.Database && !readiness.Stopping
            ? TypedResults.Ok(readiness)
            : TypedResults.Json(readiness, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<bool> Answers(NpgsqlDataSource database, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(DatabasePatience);
        try
        {
            await using var command = database.CreateCommand("select 1 from school limit 1");
            await command.ExecuteScalarAsync(patience.Token);
            return true;
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return false;
        }
    }

    internal sealed record Readiness(bool Database, bool Stopping, bool ReadOnly);
}
