using System.CommandLine;
using Lectern.Platform.Operations;

namespace Lectern.Server.CommandLine;

/// <summary><c>maintenance on|off</c>: read-only mode for every node that shares the data folder, within a second.</summary>
internal static class MaintenanceCommand
{
    public static Command Create() => new("maintenance", "Read-only mode while you back up, move or mend.") { Switch("on", true), Switch("off", false) };

    private static Command Switch(string name, bool on)
    {
        var command = new Command(name, on ? "Everything can be read, nothing changed." : "Back to normal.") { CommonOptions.Data };
        command.SetAction(parsed =>
        {
            var options = CommonOptions.Read(CommonOptions.Builder(parsed).Configuration);
            new MaintenanceMode(CommonOptions.OpenData(options), isAlwaysOn: false, TimeProvider.System).Switch(on);
            Console.WriteLine(on ? "Lectern is read-only." : "Lectern is back to normal.");
        });
        return command;
    }
}
