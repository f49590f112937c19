namespace Lectern.Platform;

/// <summary>The folder in which this installation keeps what is not in the database: files, unsent mail, keys, logs, and its own PostgreSQL.</summary>
public sealed class DataFolder
{
    public DataFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(Path);
        if (!OperatingSystem.IsWindows() && new DirectoryInfo(Path).EnumerateFileSystemInfos().FirstOrDefault() is null)
            System.IO.File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>A sub-folder, created if it is missing, readable by this user only.</summary>
    public string Folder(string name)
    {
        var folder = System.IO.Path.Combine(Path, name);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);
}
