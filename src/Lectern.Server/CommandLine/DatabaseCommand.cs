using System.CommandLine;
using Lectern.Platform.Data;
using Lectern.Server.Hosting;

namespace Lectern.Server.CommandLine;

/// <summary>Runs a command against the database: the running server's if there is one, else the embedded one started for the moment.</summary>
internal static class DatabaseCommand
{
    /// <summary>Builds the services of the program, without serving, on a migrated database.</summary>
    public static async Task RunAsync(ParseResult parsed, Func<IServiceProvider, ServerOptions, Task> work, CancellationToken ct)
    {
        var builder = CommonOptions.Builder(parsed);
        var options = CommonOptions.Read(builder.Configuration);
        var data = CommonOptions.OpenData(options);
        using var loggers = CommonOptions.Loggers();
        await using var database = await DatabaseStart.JoinAsync(builder.Configuration, data, loggers.CreateLogger("Lectern.Database"), ct);
        builder.AddLectern(options, data, database.Connections);
        await using var app = builder.Build();
        await FirstStart.MigrateAsync(app.Services, ct);
        await work(app.Services, options);
    }
}
