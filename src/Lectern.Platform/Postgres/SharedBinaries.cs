using System.Security.Cryptography;
using System.Text;

namespace Lectern.Platform.Postgres;

/// <summary>A copy of the npm package's programs that the server's user can read. Root's clone may lie in a closed home
/// folder, and `npm ci` would replace the files under a running server.</summary>
internal static class SharedBinaries
{
    private const UnixFileMode OpenFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public static bool AreNeededFor(PostgresBinaries binaries) => !binaries.Folder.StartsWith("/usr/", StringComparison.Ordinal);

    public static PostgresBinaries Install(PostgresBinaries binaries, string systemFolder)
    {
        var source = Path.GetDirectoryName(binaries.Folder)
            ?? throw new ArgumentException("The folder of the programs has no parent.", nameof(binaries));
        var files = Describe(source);
        var shelf = Path.Combine(systemFolder, "postgresql");
        MakeOpenFolder(systemFolder);
        MakeOpenFolder(shelf);
        // Two builds of one version differ in some file's size: the hash keeps them apart.
        var target = Path.Combine(shelf, $"{binaries.Version}-{Hash(files)}");
        if (!Directory.Exists(target) || !Describe(target).SequenceEqual(files)) Replace(source, target, files);
        return binaries with { Folder = Path.Combine(target, Path.GetFileName(binaries.Folder)) };
    }

    public static void MakeOpenFolder(string path)
    {
        if (Directory.Exists(path)) return;
        Directory.CreateDirectory(path);
        Posix.SetMode(path, OpenFolder);
    }

    private static void Replace(string source, string target, List<string> files)
    {
        var fresh = $"{target}.new-{Guid.NewGuid():N}";
        try
        {
            Copy(new DirectoryInfo(source), fresh);
            if (!Describe(fresh).SequenceEqual(files))
                throw new EmbeddedPostgresException($"The copy of PostgreSQL's programs in {fresh} is not complete; the folder {source} changed meanwhile. Start again.");
            if (Directory.Exists(target)) Directory.Move(target, $"{fresh}.broken");
            Directory.Move(fresh, target);
        }
        catch (IOException) when (Directory.Exists(target) && Describe(target).SequenceEqual(files))
        {
            // Another Lectern was faster with the same copy.
        }
        finally
        {
            foreach (var rest in new[] { fresh, $"{fresh}.broken" }.Where(Directory.Exists)) Directory.Delete(rest, recursive: true);
        }
    }

    private static void Copy(DirectoryInfo source, string target)
    {
        MakeOpenFolder(target);
        foreach (var entry in source.EnumerateFileSystemInfos())
        {
            var place = Path.Combine(target, entry.Name);
            if (entry.LinkTarget is not null) File.CreateSymbolicLink(place, entry.LinkTarget);
            else if (entry is DirectoryInfo folder) Copy(folder, place);
            else CopyFile((FileInfo)entry, place);
        }
    }

    private static void CopyFile(FileInfo file, string place)
    {
        file.CopyTo(place);
        var readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        var runs = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        Posix.SetMode(place, file.UnixFileMode.HasFlag(UnixFileMode.UserExecute) ? readable | runs : readable);
    }

    /// <summary>One line per file: its path and its size, or where it links to.</summary>
    private static List<string> Describe(string folder) => new DirectoryInfo(folder)
        .EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        .Where(entry => entry.LinkTarget is not null || entry is FileInfo)
        .Select(entry => Path.GetRelativePath(folder, entry.FullName) + (entry.LinkTarget is { } link ? $" -> {link}" : $" {((FileInfo)entry).Length}"))
        .Order(StringComparer.Ordinal)
        .ToList();

    private static string Hash(List<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))))[..8];
}
