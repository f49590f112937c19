using System.CommandLine;
using Lectern.Platform.Data;

namespace Lectern.Server.CommandLine;

/// <summary><c>migrate</c>: brings the database to this version and says so; serving does it too.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database to this version.") { CommonOptions.Data };
        command.SetAction((parsed, ct) => DatabaseCommand.RunAsync(parsed, (services, _) =>
        {
            Console.WriteLine($"The database has all {services.GetRequiredService<Migrator>().Known.Count} migrations.");
            return Task.CompletedTask;
        }, ct));
        return command;
    }
}
