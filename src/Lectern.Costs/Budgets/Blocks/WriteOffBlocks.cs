using Lectern.Costs.Metering;
using Lectern.Platform.Data;
using Lectern.Platform.Scheduling;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lectern.Costs.Budgets.Blocks;

/// <summary>
/// Books what nodes held that were killed, and forgets blocks that were closed long ago. For as long as a lease lasts after the database was away it leaves
/// everything alone: nodes that live could not say so meanwhile. What is written off all the same is corrected when it is reported.
/// </summary>
internal sealed class WriteOffBlocks(UsageWriter writer, NpgsqlDataSource database, DatabaseWatch watch, IOptions<CostsOptions> options) : IScheduledTask
{
    private const int KeepDays = 90;

    public async Task RunAsync(CancellationToken ct)
    {
        if (watch.WasAwayWithin(TimeSpan.FromSeconds(options.Value.LeaseSeconds)))
            return;
        while (await writer.WriteOffAsync(ct) > 0)
            ct.ThrowIfCancellationRequested();
        await using var command = database.CreateCommand("delete from cost_block where closed_at < now() - $1");
        command.Parameters.Add(new NpgsqlParameter { Value = TimeSpan.FromDays(KeepDays) });
        await command.ExecuteNonQueryAsync(ct);
    }
}
