using Lectern.Platform.Data;

namespace Lectern.Platform.Backups;

/// <summary>What is backed up, or restored into.</summary>
/// <param name="Connections">The owner's is used: row-level security hides no rows from it.</param>
/// <param name="Data">Holds the files and, unless there is a setting, <c>master.key</c>.</param>
/// <param name="MasterKeySetting"><c>Lectern:MasterKey</c>, if set.</param>
/// <param name="HasOwnDatabase">True for a PostgreSQL that Lectern did not start: the lock on the data folder is then not held by it.</param>
/// <param name="Version">The version of this program, for the manifest and for messages.</param>
public sealed record Installation(DatabaseConnections Connections, DataFolder Data, string? MasterKeySetting, bool HasOwnDatabase, string Version)
{
    internal string Files => Path.Combine(Data.Path, "files");
}
