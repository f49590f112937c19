namespace Lectern.Platform.Privacy;

/// <summary>
/// What a room keeps about a person. Every room that has a table with a person in it registers one, scoped; a person's export and erasure
/// ask all of them, in the scope of the person's school.
/// </summary>
public interface IPersonalData
{
    /// <summary>The room's name; it names its part of the export.</summary>
    string Room { get; }

    /// <summary>Everything the room keeps about the person, as values that serialise to JSON people can read. Never a secret or its hash.</summary>
    Task<object> ExportAsync(Guid personId, CancellationToken ct);

    /// <summary>Deletes it, or takes out what tells who it was where the rest must stay. Idempotent.</summary>
    Task EraseAsync(Guid personId, CancellationToken ct);
}
