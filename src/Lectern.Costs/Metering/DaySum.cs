using Lectern.Platform.Data;

namespace Lectern.Costs.Metering;

/// <summary>The sum of a school's lines of one day, course, kind, provider and price.</summary>
internal sealed class DaySum : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public DateOnly Day { get; private set; }

    public Guid? CourseId { get; private set; }

    /// <summary>See <see cref="UsageKinds"/>.</summary>
    public string Kind { get; private set; } = "";

    public string Provider { get; private set; } = "";

    public string? PriceId { get; private set; }

    /// <summary>priced, free, unpriced or correction.</summary>
    public string Pricing { get; private set; } = "";

    public string Currency { get; private set; } = "";

    public decimal Quantity { get; private set; }

    /// <summary>Millionths of <see cref="Currency"/>.</summary>
    public long Amount { get; private set; }

    public long Records { get; private set; }
}
