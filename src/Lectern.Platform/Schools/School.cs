namespace Lectern.Platform.Schools;

/// <summary>One school of the installation: a tenant. Everything a school owns carries its id.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">Short name, used in <c>slug.localhost</c> and on the command line.</param>
/// <param name="TimeZone">IANA name; "a day" in every limit is a day there.</param>
/// <param name="Locale">BCP 47; the language of its pages until a person chooses another.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="IsSystem">The school in which platform administrators live; it has no courses.</param>
public sealed record School(Guid Id, string Slug, string Name, string TimeZone, string Locale, string Currency, bool IsSystem)
{
    /// <summary>The calendar day in the school's time zone.</summary>
    public DateOnly Day(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime);

    /// <summary>The instant at which the school's day after <paramref name="now"/> begins.</summary>
    public DateTimeOffset NextDay(DateTimeOffset now) => StartOf(Day(now).AddDays(1));

    /// <summary>The instant at which the school's day of <paramref name="now"/> began.</summary>
    public DateTimeOffset StartOfDay(DateTimeOffset now) => StartOf(Day(now));

    private TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    private DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        // A zone that springs forward at midnight has no 00:00 on that day; the day then begins when the gap ends.
        while (Zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(15);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
