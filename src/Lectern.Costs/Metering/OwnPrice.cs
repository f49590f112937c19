using Lectern.Platform.Data;

namespace Lectern.Costs.Metering;

/// <summary>A price that the school has agreed itself, instead of the catalogue's.</summary>
internal sealed class OwnPrice : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>The catalogue's item.</summary>
    public string PriceId { get; private set; } = "";

    /// <summary>For one unit of what is metered: a token, a character, a second, a mail.</summary>
    public decimal Rate { get; private set; }

    public string Currency { get; private set; } = "";

    /// <summary>Who says so, such as "contract of March 2026".</summary>
    public string Note { get; private set; } = "";

    public DateTimeOffset ChangedAt { get; private set; }

    public void Change(decimal rate, string currency, string note, DateTimeOffset now) => (Rate, Currency, Note, ChangedAt) = (rate, currency, note, now);

    public static OwnPrice Create(string priceId, decimal rate, string currency, string note, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), PriceId = priceId, Rate = rate, Currency = currency, Note = note, ChangedAt = now };
}
