using System.CommandLine;
using System.Globalization;
using Lectern.Platform.Backups;
using Lectern.Platform.Data;
using Lectern.Server.Hosting;

namespace Lectern.Server.CommandLine;

/// <summary><c>restore FILE</c>: puts a backup in the place of what is there; without <c>--force</c> only where nothing is.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> FileArgument = new("file") { Description = "A file that \"lectern backup\" wrote." };
    private static readonly Option<bool> Check = new("--check") { Description = "Only read the backup to its end and say what it holds." };
    private static readonly Option<bool> Force = new("--force") { Description = "Replace what is there; asks before it does." };
    private static readonly Option<bool> Yes = new("--yes") { Description = "With --force: do not ask." };

    public static Command Create()
    {
        var command = new Command("restore", "Bring back a backup, into an empty data folder or database; no server may run on it.") { FileArgument, Check, Force, Yes, CommonOptions.Data };
        command.SetAction((parsed, ct) => RunAsync(parsed, ct));
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var path = Path.GetFullPath(parsed.GetRequiredValue(FileArgument));
        Console.WriteLine($"Reading {path} …");
        var (manifest, end) = await Restore.CheckAsync(path, ct);
        Console.WriteLine(Describe(manifest, end));
        if (parsed.GetValue(Check))
            return;
        var configuration = CommonOptions.Builder(parsed).Configuration;
        var options = CommonOptions.Read(configuration);
        using var loggers = CommonOptions.Loggers();
        var migrator = new Migrator(Rooms.All, loggers.CreateLogger<Migrator>());
        Restore.RefuseUnfit(manifest, migrator, VersionCommand.Version);
        var data = CommonOptions.OpenData(options);
        await using var database = await DatabaseStart.OpenAsync(configuration, data, loggers.CreateLogger("Lectern.Database"), ct);
        var installation = new Installation(database.Connections, data, options.MasterKey, database.IsOwn, VersionCommand.Version);
        var restore = new Restore(installation, migrator, TimeProvider.System);
        Confirm(await restore.LookAsync(ct), parsed.GetValue(Force), parsed.GetValue(Yes));
        await restore.RunAsync(path, new ConsoleProgress(), ct);
        Console.WriteLine("Restored. Every row was counted, every checksum compared. Start Lectern as usual.");
    }

    private static string Describe(BackupManifest manifest, BackupEnd end) => string.Create(CultureInfo.InvariantCulture,
        $"A whole backup: made {manifest.MadeAt:u} by Lectern {manifest.Lectern} on PostgreSQL {manifest.Postgres}; {end.Rows.Values.Sum():N0} rows of {end.Rows.Count} tables, {end.Files:N0} files.");

    private static void Confirm(RestoreTarget target, bool force, bool yes)
    {
        if (target.IsEmpty)
            return;
        if (!force)
            throw new CommandFailedException($"{target}. Restoring would replace all of it. Choose another data folder with --data or an empty database, or add --force. Nothing was changed.");
        Console.WriteLine($"{target}. ALL OF IT IS REPLACED by the backup.");
        if (yes)
            return;
        if (Console.IsInputRedirected)
            throw new CommandFailedException("Nobody is there to be asked: add --yes. Nothing was changed.");
        Console.Write("Type \"replace\" to go on: ");
        if (Console.ReadLine()?.Trim() != "replace")
            throw new CommandFailedException("Nothing was changed.");
    }
}
