namespace Lectern.Bench.Processes;

/// <summary>A data folder that is gone afterwards.</summary>
internal sealed class OwnFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lectern-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
