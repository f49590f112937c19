using System.CommandLine;
using Lectern.Server.Hosting;

namespace Lectern.Server.CommandLine;

/// <summary><c>demo load</c>: adds the demo school, or what is missing of it.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var load = new Command("load", "Add the demo school; what is there already stays.") { CommonOptions.Data };
        load.SetAction((parsed, ct) => DatabaseCommand.RunAsync(parsed, (services, _) => FirstStart.LoadDemoAsync(services, onlyIfMissing: false, ct), ct));
        return new Command("demo", "The demo school.") { load };
    }
}
