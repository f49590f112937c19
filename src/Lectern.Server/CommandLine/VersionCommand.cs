using System.CommandLine;
using System.Reflection;

namespace Lectern.Server.CommandLine;

internal static class VersionCommand
{
    public static string Version { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static Command Create()
    {
        var command = new Command("version", "Show the version.");
        command.SetAction(_ => Console.WriteLine($"Lectern {Version}"));
        return command;
    }
}
