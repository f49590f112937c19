using System.Text;

namespace Lectern.Courses.Reading;

/// <summary>Opens a package's own files and nothing else: names come from the folder's listing, and links out of it are refused.</summary>
internal sealed class PackageFiles(string directory, List<ReadingProblem> problems)
{
    /// <summary>Paths relative to the package, with forward slashes, in the order of their names.</summary>
    public IReadOnlyList<string> In(string folder, string pattern)
    {
        var info = new DirectoryInfo(Path.Combine(directory, folder));
        if (!info.Exists) return [];
        if (info.LinkTarget is not null) { problems.Add(new ReadingProblem(folder, 0, "A folder of a course can't be a link.")); return []; }
        return [.. info.EnumerateFiles(pattern).Select(f => $"{folder}/{f.Name}").Order(StringComparer.Ordinal)];
    }

    /// <summary>The text, or null after reporting why not.</summary>
    public async Task<string?> ReadAsync(string file, int maximumBytes, CancellationToken ct)
    {
        var info = new FileInfo(Path.Combine(directory, file));
        if (!info.Exists) return Refuse(file, "The file is missing.");
        if (info.LinkTarget is not null) return Refuse(file, "A file of a course can't be a link.");
        if (info.Length > maximumBytes) return Refuse(file, $"The file is larger than {maximumBytes / 1024} KB.");
        try
        {
            return await File.ReadAllTextAsync(info.FullName, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), ct);
        }
        catch (DecoderFallbackException)
        {
            return Refuse(file, "The file is not UTF-8 text.");
        }
        catch (UnauthorizedAccessException)
        {
            return Refuse(file, "The file can't be opened: no permission.");
        }
    }

    private string? Refuse(string file, string message)
    {
        problems.Add(new ReadingProblem(file, 0, message));
        return null;
    }
}
