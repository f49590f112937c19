using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Server.Hosting;

namespace Lectern.Bench.Live;

/// <summary>A data folder and a PostgreSQL of the bench's own, gone afterwards. Any number of nodes may run on them.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly DatabaseStart _database;

    private Installation(DatabaseStart database, string folder) => (_database, Folder) = (database, folder);

    public string Folder { get; }

    public DatabaseConnections Connections => _database.Connections;

    public static async Task<Installation> OpenAsync(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("lectern-bench-").FullName;
        // Not the database of whoever runs this, should there be one in the environment.
        var nothing = new ConfigurationBuilder().Build();
        return new Installation(await DatabaseStart.OpenAsync(nothing, new DataFolder(folder), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, ct), folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
