using Npgsql;

namespace Lectern.Platform.Data;

/// <summary>The two roles of the database: the owner migrates, the app role serves and is held by row-level security.</summary>
public static class DatabaseRoles
{
    public const string Owner = "lectern_owner";
    public const string App = "lectern_app";

    /// <summary>
    /// Makes sure that whoever the program serves as is held by the walls: neither superuser nor BYPASSRLS, and not the owner of the tables.
    /// Such a role would read every school's rows without any error.
    /// </summary>
    /// <exception cref="UnsafeRoleException">The role is not held; the message says what to run.</exception>
    public static async Task RefuseUnsafeAsync(NpgsqlDataSource app, CancellationToken ct)
    {
        await using var command = app.CreateCommand("""
            select current_user::text, r.rolsuper or s.rolsuper, r.rolbypassrls or s.rolbypassrls,
                   exists (select from pg_class c where c.relname = 'school' and c.relnamespace = 'public'::regnamespace and c.relowner = r.oid)
            from pg_roles r, pg_roles s where r.rolname = current_user and s.rolname = session_user
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var role = reader.GetString(0);
        if (reader.GetBoolean(1) || reader.GetBoolean(2))
            throw new UnsafeRoleException($"The database role {role} is a superuser or bypasses row-level security, so every school would see every other school's data. {Advice}");
        if (reader.GetBoolean(3))
            throw new UnsafeRoleException($"The database role {role} owns the tables, and an owner is not held by row-level security. {Advice}");
    }

    private static string Advice =>
        $"Serve as {App}: create role {App} login password '…' nosuperuser nobypassrls; put it in ConnectionStrings__Lectern and the owner of the database in ConnectionStrings__LecternOwner. See docs/configuration.md.";
}

/// <summary>The program was asked to serve as a role that row-level security does not hold.</summary>
public sealed class UnsafeRoleException(string message) : Exception(message);
