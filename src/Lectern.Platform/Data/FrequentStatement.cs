using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Lectern.Platform.Data;

/// <summary>
/// A statement that is always the same, for paths where even building a query would cost more than what it does. It goes past the model, but not past the
/// wall between schools: the school travels with it, in one round trip and one transaction. Each connection prepares it once.
/// </summary>
/// <param name="sql">Returns one row with one number. Parameters are <c>$1</c>, <c>$2</c> and so on.</param>
public sealed class FrequentStatement(string sql)
{
    private const string Wall = "select set_config('app.school_id',$1,true)";

    /// <summary>Runs it, in the transaction of <paramref name="db"/> if there is one.</summary>
    /// <param name="values">In the parameters' order, see <see cref="Value"/>.</param>
    /// <returns>The number.</returns>
    public async Task<int> RunAsync(LecternDb db, NpgsqlParameter[] values, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection());
            if (db.Database.CurrentTransaction is { } transaction)
                batch.Transaction = (NpgsqlTransaction)transaction.GetDbTransaction();
            else
                batch.BatchCommands.Add(Command(Wall, Value(SchoolSetting.Of(db))));
            batch.BatchCommands.Add(Command(sql, values));
            await batch.PrepareAsync(ct);
            await using var reader = await batch.ExecuteReaderAsync(CommandBehavior.SequentialAccess, ct);
            if (batch.BatchCommands.Count > 1)
                await reader.NextResultAsync(ct);
            return await reader.ReadAsync(ct) ? reader.GetInt32(0) : throw new InvalidOperationException($"No row came back: {sql}");
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>A value whose type is known even where it is null: what is prepared is prepared for types.</summary>
    public static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    private static NpgsqlBatchCommand Command(string text, params ReadOnlySpan<NpgsqlParameter> values)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var value in values)
            command.Parameters.Add(value);
        return command;
    }
}
