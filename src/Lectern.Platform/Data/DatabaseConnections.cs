using Npgsql;

namespace Lectern.Platform.Data;

/// <summary>
/// How the program reaches its database: <paramref name="Owner"/> migrates, backs up and restores; <paramref name="App"/> serves.
/// </summary>
public sealed record DatabaseConnections(string Owner, string App)
{
    /// <summary>Connections to a PostgreSQL of one's own.</summary>
    /// <param name="lectern"><c>ConnectionStrings:Lectern</c>.</param>
    /// <param name="owner">
    /// <c>ConnectionStrings:LecternOwner</c>. Without it the one string belongs to the owner, and the program serves with that
    /// sign-in as the role <c>lectern_app</c>, which the owner must be a member of.
    /// </param>
    public static DatabaseConnections Own(string lectern, string? owner) =>
        string.IsNullOrWhiteSpace(owner) ? new DatabaseConnections(lectern, ServingAsApp(lectern)) : new DatabaseConnections(owner, lectern);

    /// <summary>
    /// The app role's connection string with a bound on its connections, unless it sets one. Npgsql's own bound is as many as a PostgreSQL has by
    /// default: a rush of requests would then be refused by the server, where they could have waited a moment for each other.
    /// </summary>
    internal string AppWithAtMost(int connections)
    {
        var given = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = App };
        string[] names = ["Maximum Pool Size", "MaxPoolSize", "Max Pool Size"];
        return names.Any(given.ContainsKey) ? App : new NpgsqlConnectionStringBuilder(App) { MaxPoolSize = connections }.ConnectionString;
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
