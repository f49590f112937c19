using System.CommandLine;
using System.Net.Sockets;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Lectern.Server.Hosting;
using Microsoft.AspNetCore.Connections;
using Npgsql;

namespace Lectern.Server.CommandLine;

/// <summary><c>serve</c>: the school itself, in the foreground until Ctrl-C or SIGTERM.</summary>
internal static class ServeCommand
{
    private static readonly Option<int?> Port = new("--port") { Description = "Port to listen on (5080)." };
    private static readonly Option<bool> Open = new("--open") { Description = "Open a browser when ready." };
    private static readonly Option<bool> NoDemo = new("--no-demo") { Description = "Do not show the demo school." };
    private static readonly Option<bool> Demo = new("--demo") { Description = "Show the demo school; on this machine only." };

    public static Command Create()
    {
        var command = new Command("serve", "Run Lectern.") { Port, CommonOptions.Data, Open, Demo, NoDemo };
        command.SetAction((parsed, ct) => RunAsync(parsed, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var builder = CommonOptions.Builder(parsed, Flags(parsed));
        var options = CommonOptions.Read(builder.Configuration);
        RefuseUnsafe(options);
        PortCheck.RefuseTaken(options);
        var data = CommonOptions.OpenData(options);
        using var loggers = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
        await using var database = await DatabaseStart.OpenAsync(builder.Configuration, data, loggers.CreateLogger("Lectern.Database"), ct);
        builder.AddLectern(options, data, database.Connections);
        builder.Services.AddHostedService<TidyAfterStart>();
        KestrelAddresses.Listen(builder, options);
        await using var app = builder.Build();
        app.UseLectern(options);
        await FirstStart.PrepareAsync(app.Services, options, ct);
        await StartAsync(app, options, ct);
        await FirstStart.InviteAdministratorAsync(app.Services, options, ct);
        ReadyNotice.Print(app, options, parsed.GetValue(Open));
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    private static Dictionary<string, string?> Flags(ParseResult parsed)
    {
        var flags = new Dictionary<string, string?>();
        if (parsed.GetValue(Port) is { } port)
            flags["Lectern:Port"] = port.ToString();
        if (parsed.GetValue(Demo) && parsed.GetValue(NoDemo))
            throw new CommandFailedException("--demo and --no-demo exclude each other.");
        if (parsed.GetValue(Demo) || parsed.GetValue(NoDemo))
            flags["Lectern:Demo"] = parsed.GetValue(Demo).ToString();
        return flags;
    }

    // Links in mail would otherwise be made from whatever host name a stranger asks with.
    private static void RefuseUnsafe(ServerOptions options)
    {
        if (!options.Demo && options.Address is not ("127.0.0.1" or "::1") && options.PublicUrl is null && options.Hosts.Count == 0)
            throw new CommandFailedException("Lectern listens to others, so set Lectern:PublicUrl (such as https://school.example) or Lectern:Hosts. Nothing was started.");
    }

    private static async Task StartAsync(WebApplication app, ServerOptions options, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException or SocketException)
        {
            throw PortCheck.Taken(options, failure);
        }
    }
}
