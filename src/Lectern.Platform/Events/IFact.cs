namespace Lectern.Platform.Events;

/// <summary>
/// Something that happened in a room and that others may care about. A record of ids and plain values, stored as JSON; its
/// shape is a contract, so fields are added, never renamed. Nothing a student said or wrote belongs in it.
/// </summary>
public interface IFact
{
    /// <summary>Stable name, such as <c>tutoring.session-ended</c>.</summary>
    static abstract string FactName { get; }

    /// <summary>What the fact is about; facts of one aggregate reach a handler in order.</summary>
    Guid AggregateId { get; }
}

/// <summary>Handles one kind of fact. Called at least once per fact, so it must be idempotent; it runs in a scope of the fact's school.</summary>
public interface IFactHandler<in TFact>
    where TFact : IFact
{
    Task HandleAsync(TFact fact, CancellationToken ct);
}
