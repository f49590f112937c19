using Lectern.Platform.Scheduling;
using Npgsql;

namespace Lectern.Costs.Metering;

/// <summary>Makes the partitions of the months to come, so that the default one stays empty.</summary>
internal sealed class MakeMonths(NpgsqlDataSource database) : IScheduledTask
{
    public async Task RunAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select cost_make_month((now() + n * interval '1 month')::date) from generate_series(0, 3) n");
        await command.ExecuteNonQueryAsync(ct);
    }
}
