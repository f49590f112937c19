using Npgsql;

namespace Lectern.Platform.Data;

/// <summary>What an exception says about the database as a whole, rather than about the statement that met it.</summary>
public static class DatabaseTrouble
{
    // Administrator's shutdown, crash, start or end under way, no connection left, and the class of broken connections (PostgreSQL, appendix A).
    private static readonly string[] AwayStates = [PostgresErrorCodes.AdminShutdown, PostgresErrorCodes.CrashShutdown, PostgresErrorCodes.CannotConnectNow, PostgresErrorCodes.TooManyConnections];
    private const string BrokenConnections = "08";

    /// <summary>It could not be reached, or did not answer in time.</summary>
    public static bool IsAway(Exception exception) => Find(exception) switch
    {
        PostgresException told => AwayStates.Contains(told.SqlState) || told.SqlState.StartsWith(BrokenConnections, StringComparison.Ordinal),
        NpgsqlException broken => broken.IsTransient,
        DatabaseAwayException => true,
        _ => false,
    };

    /// <summary>It answers, but takes nothing new: its disk is full, or it is a copy that can only be read.</summary>
    public static bool TakesNothing(Exception exception) =>
        Find(exception) is PostgresException { SqlState: PostgresErrorCodes.DiskFull or PostgresErrorCodes.ReadOnlySqlTransaction };

    // EF Core wraps what Npgsql throws.
    private static Exception? Find(Exception? exception)
    {
        while (exception is not null and not NpgsqlException and not DatabaseAwayException)
            exception = exception.InnerException;
        return exception;
    }
}

/// <summary>The database is known to be away, and was not asked.</summary>
public sealed class DatabaseAwayException() : Exception("The database is away.");
