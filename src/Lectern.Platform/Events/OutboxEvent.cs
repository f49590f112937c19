using System.Text.Json;
using Lectern.Platform.Data;

namespace Lectern.Platform.Events;

/// <summary>A fact waiting in the outbox, stored by the transaction of the change that it tells of.</summary>
internal sealed class OutboxEvent
{
    public Guid Id { get; private set; }

    /// <summary>Order of storing; assigned by the database.</summary>
    public long Sequence { get; private set; }

    public Guid? SchoolId { get; private set; }

    public string Name { get; private set; } = "";

    public Guid AggregateId { get; private set; }

    public string Payload { get; private set; } = "";

    public DateTimeOffset OccurredAt { get; private set; }

    public static OutboxEvent Of<TFact>(TFact fact, Guid? schoolId)
        where TFact : IFact => new()
        {
            Id = Guid.CreateVersion7(),
            SchoolId = schoolId,
            Name = TFact.FactName,
            AggregateId = fact.AggregateId,
            Payload = JsonSerializer.Serialize(fact, FactJson.Options),
        };
}

/// <summary>How facts are written as JSON.</summary>
internal static class FactJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web);
}
