using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace Lectern.Platform.Data;

/// <summary>
/// Tells PostgreSQL's row-level security which school a command speaks for. Reads carry the setting in the same round trip and
/// the same implicit transaction, so that it ends with the command and never leaks to whoever gets the connection next, not
/// even through a transaction-mode pooler. Writes always run in a transaction, which is told right after BEGIN. See
/// docs/decisions/0002-the-wall-between-schools.md for the alternatives that were measured.
/// </summary>
internal sealed class SchoolWallCommands : DbCommandInterceptor
{
    private const string Parameter = "school_";

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Ride(command, eventData);
        await FrequentQueries.PrepareAsync(command, cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Ride(command, eventData);
        await FrequentQueries.PrepareAsync(command, cancellationToken);
        return result;
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Ride(command, eventData);
        return result;
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (command.Parameters.Contains(Parameter))
            await result.NextResultAsync(cancellationToken);
        return result;
    }

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        if (command.Parameters.Contains(Parameter))
            result.NextResult();
        return result;
    }

    private static void Ride(DbCommand command, CommandEventData data)
    {
        if (!Rides(data) || data.Context is not LecternDb db || db.Database.CurrentTransaction is not null)
            return;
        command.CommandText = $"select set_config('app.school_id',@{Parameter},true);{command.CommandText}";
        command.Parameters.Add(new NpgsqlParameter(Parameter, NpgsqlDbType.Text) { Value = SchoolSetting.Of(db) });
    }

    // Never SaveChanges: a leading result set would hide a concurrency conflict. It has its transaction instead.
    private static bool Rides(CommandEventData data) => data.CommandSource is CommandSource.LinqQuery or CommandSource.FromSqlQuery
        or CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete or CommandSource.ExecuteSqlRaw;
}

/// <inheritdoc cref="SchoolWallCommands"/>
internal sealed class SchoolWallTransactions : DbTransactionInterceptor
{
    public override async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is LecternDb db)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = result;
            command.CommandText = "select set_config('app.school_id',$1,true)";
            command.Parameters.Add(new NpgsqlParameter { Value = SchoolSetting.Of(db) });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        return result;
    }
}

internal static class SchoolSetting
{
    /// <summary>Empty for no school: the policy then compares with null and shows nothing.</summary>
    public static string Of(LecternDb db) => db.SchoolId == Guid.Empty ? "" : db.SchoolId.ToString();
}
