using Npgsql;

namespace Lectern.Platform.Data;

/// <summary>
/// How the program reaches its database: <paramref name="Owner"/> migrates, backs up and restores; <paramref name="App"/> serves.
/// </summary>
public sealed record DatabaseConnections(string Owner, string App)
{
    // On each connection; a prepared statement takes PostgreSQL some tens of kilobytes.
    private const int PreparedStatements = 64;

    /// <summary>Connections to a PostgreSQL of one's own.</summary>
    /// <param name="lectern"><c>ConnectionStrings:Lectern</c>.</param>
    /// <param name="owner">
    /// <c>ConnectionStrings:LecternOwner</c>. Without it the one string belongs to the owner, and the program serves with that
    /// sign-in as the role <c>lectern_app</c>, which the owner must be a member of.
    /// </param>
    public static DatabaseConnections Own(string lectern, string? owner) =>
        string.IsNullOrWhiteSpace(owner) ? new DatabaseConnections(lectern, ServingAsApp(lectern)) : new DatabaseConnections(owner, lectern);

    /// <summary>
    /// The app role's connection string with what serving needs, unless it sets that itself.
    /// <list type="bullet">
    /// <item>A bound on its connections. Npgsql's own is as many as a PostgreSQL has by default: a rush of requests would then be refused by the
    /// server, where they could have waited a moment for each other.</item>
    /// <item>Statements used again are prepared by themselves: PostgreSQL plans them once per connection.</item>
    /// <item>A connection is not cleaned up when it goes back to the pool, which would cost several statements each time: nothing here sets anything
    /// on a connection beyond its transaction, and a test looks for it.</item>
    /// </list>
    /// </summary>
    internal string AppServing(int connections)
    {
        var given = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = App };
        var serving = new NpgsqlConnectionStringBuilder(App);
        if (!IsGiven("Maximum Pool Size", "MaxPoolSize"))
            serving.MaxPoolSize = connections;
        if (!IsGiven("Max Auto Prepare", "MaxAutoPrepare"))
            serving.MaxAutoPrepare = PreparedStatements;
        if (!IsGiven("No Reset On Close", "NoResetOnClose"))
            serving.NoResetOnClose = true;
        return serving.ConnectionString;

        bool IsGiven(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (given.ContainsKey(name))
                    return true;
            }
            return false;
        }
    }

    private static string ServingAsApp(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        builder.Options = $"{builder.Options} -c role={DatabaseRoles.App}".Trim();
        return builder.ConnectionString;
    }

    /// <summary>
    /// Makes sure the role <c>lectern_app</c> exists and the owner may serve as it.
    /// </summary>
    /// <exception cref="UnsafeRoleException">It is missing and the owner may not create roles.</exception>
    public async Task EnsureAppRoleAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(Owner);
        await connection.OpenAsync(ct);
        try
        {
            await using var create = new NpgsqlCommand($"""
                do $$ begin
                    if not exists (select from pg_roles where rolname = '{DatabaseRoles.App}') then
                        create role {DatabaseRoles.App} nologin nosuperuser nobypassrls;
                        execute format('grant {DatabaseRoles.App} to %I', current_user);
                    end if;
                end $$
                """, connection);
            await create.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException denied) when (denied.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new UnsafeRoleException(
                $"The database has no role {DatabaseRoles.App}, and {new NpgsqlConnectionStringBuilder(Owner).Username} may not create it. " +
                $"Run as an administrator: create role {DatabaseRoles.App} nologin; grant {DatabaseRoles.App} to {new NpgsqlConnectionStringBuilder(Owner).Username};");
        }
    }
}
