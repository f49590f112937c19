using System.CommandLine;
using System.Globalization;
using Lectern.Platform.Backups;
using Lectern.Server.Hosting;

namespace Lectern.Server.CommandLine;

/// <summary><c>backup FILE</c>: the whole installation in one file, while it is served or not.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> FileArgument = new("file") { Description = "The file to write, such as lectern.tar.gz. It holds secrets: keep it as safe as the school itself." };

    public static Command Create()
    {
        var command = new Command("backup", "Write the database, the files and the master key into one file; the school may stay open.") { FileArgument, CommonOptions.Data };
        command.SetAction((parsed, ct) => RunAsync(parsed, ct));
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var path = Path.GetFullPath(parsed.GetRequiredValue(FileArgument));
        var configuration = CommonOptions.Builder(parsed).Configuration;
        var options = CommonOptions.Read(configuration);
        var data = CommonOptions.OpenData(options);
        using var loggers = CommonOptions.Loggers();
        await using var database = await DatabaseStart.JoinAsync(configuration, data, loggers.CreateLogger("Lectern.Database"), ct);
        // No migration: a backup is taken before an update, of what is there.
        var installation = new Installation(database.Connections, data, options.MasterKey, database.IsOwn, VersionCommand.Version);
        var end = await new Backup(installation, TimeProvider.System).WriteAsync(path, new ConsoleProgress(), ct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{path}: {end.Rows.Values.Sum():N0} rows of {end.Rows.Count} tables, {end.Files:N0} files, {new FileInfo(path).Length / 1024.0 / 1024.0:N1} MB. It holds the master key: keep it safe."));
    }
}
