using System.Text.RegularExpressions;
using Lectern.Platform.Schools;

namespace Lectern.Platform.Files;

/// <summary>A school's files, by names such as <c>courses/019…/cover.svg</c>.</summary>
public interface IFileStore
{
    /// <summary>Writes the whole file or nothing of it; an existing one is replaced.</summary>
    /// <exception cref="ArgumentException">The name is not a relative path of plain segments.</exception>
    Task WriteAsync(string name, Stream content, CancellationToken ct);

    /// <summary>The file, or null when there is none.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken ct);

    Task DeleteAsync(string name, CancellationToken ct);
}

/// <summary>Files on disk, one folder per school. A file is written beside its place and moved there, so that no reader sees half of it.</summary>
internal sealed partial class DiskFileStore(DataFolder data, SchoolContext school) : IFileStore
{
    public async Task WriteAsync(string name, Stream content, CancellationToken ct)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // a name has at least one segment below the school's folder
        var half = $"{path}.{Guid.NewGuid():n}.part";
        try
        {
            await using (var file = new FileStream(half, FileMode.CreateNew, FileAccess.Write, FileShare.None, 65536, useAsync: true))
            {
                await content.CopyToAsync(file, ct);
                await file.FlushAsync(ct);
            }
            File.Move(half, path, overwrite: true);
        }
        finally
        {
            File.Delete(half);
        }
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var path = PathOf(name);
        return Task.FromResult<Stream?>(File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 65536, useAsync: true) : null);
    }

    public Task DeleteAsync(string name, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var path = PathOf(name);
        if (File.Exists(path))
            File.Delete(path);
        return Task.CompletedTask;
    }

    private string PathOf(string name)
    {
        if (!PlainName().IsMatch(name))
            throw new ArgumentException($"\"{name}\" is not a file name: segments of letters, digits, dots, dashes and underscores, none starting with a dot.", nameof(name));
        return Path.Combine(data.Folder("files"), school.Required.Id.ToString("n"), name);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}){0,8}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainName();
}
