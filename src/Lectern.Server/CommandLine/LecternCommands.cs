using System.CommandLine;
using Lectern.Costs.Yaml;
using Lectern.Platform.Backups;
using Lectern.Platform.Data;
using Lectern.Platform.Postgres;
using Lectern.Platform.Security;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lectern.Server.CommandLine;

/// <summary>The command line: what can be done, and one plain sentence for whatever goes wrong.</summary>
internal static class LecternCommands
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Lectern: a school with an AI teacher, from one program.")
        {
            ServeCommand.Create(),
            MigrateCommand.Create(),
            DemoCommand.Create(),
            UserCommands.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
            MaintenanceCommand.Create(),
            new Command("plan", "What Lectern, or somebody else's plan, will cost.") { PlanAuditCommand.Create() },
            PricesCommands.Create(),
            VersionCommand.Create(),
        };
        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception failure) when (IsForPeople(failure))
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 130; // as a shell says it of a program that Ctrl-C ended
        }
    }

    // Failures whose message says what is wrong and what to do. Anything else is a defect and shows its stack.
    private static bool IsForPeople(Exception failure) =>
        failure is CommandFailedException or MigrationException or UnsafeRoleException or EmbeddedPostgresException or BackupException or WrongMasterKeyException
            or NpgsqlException or OptionsValidationException or YamlProblemsException;
}

/// <summary>A command could not do what was asked; the message is for the person who asked.</summary>
internal sealed class CommandFailedException(string message, Exception? inner = null) : Exception(message, inner);
