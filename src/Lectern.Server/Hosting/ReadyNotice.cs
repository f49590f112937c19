using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Lectern.Server.Hosting;

/// <summary>The line that says where Lectern is, and the demo's sign-ins.</summary>
internal static class ReadyNotice
{
    public static void Print(WebApplication app, ServerOptions options, bool open)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? $"http://127.0.0.1:{options.Port}";
        Console.WriteLine($"Lectern is ready at {address}");
        if (options.Demo)
        {
            Console.WriteLine("  student@demo.test   a student");
            Console.WriteLine("  teacher@demo.test   a teacher");
            Console.WriteLine("  admin@demo.test     the administrator");
            Console.WriteLine("  password for each:  demo-lectern-1");
        }
        Console.WriteLine("Stop it with Ctrl-C.");
        if (open)
            OpenBrowser(address);
    }

    private static void OpenBrowser(string address)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.WriteLine($"No browser could be opened here; open {address} yourself.");
        }
    }
}
