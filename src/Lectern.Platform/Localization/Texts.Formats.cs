using System.Text.RegularExpressions;

namespace Lectern.Platform.Localization;

/// <summary>Dates, times and numbers as the language writes them; instants are shown in the school's time zone.</summary>
public sealed partial class Texts
{
    /// <summary>Such as "21 November 2026".</summary>
    public string Date(DateTimeOffset instant) => Date(DateOnly.FromDateTime(Local(instant).DateTime));

    public string Date(DateOnly day) => day.ToString(LongDateWithoutWeekday(), Culture);

    /// <summary>Such as "Saturday, 21 November 2026".</summary>
    public string DateWithWeekday(DateOnly day) => day.ToString(Culture.DateTimeFormat.LongDatePattern, Culture);

    /// <summary>Such as "14:05" or "2:05 PM".</summary>
    public string Time(DateTimeOffset instant) => Local(instant).ToString("t", Culture);

    public string DateTime(DateTimeOffset instant) => this["{date}, {time}", ("date", Date(instant)), ("time", Time(instant))];

    /// <summary>The instant in the school's time zone, for those who need its parts.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>Such as "3 minutes ago" or "in 2 days"; from 30 days on, the date.</summary>
    public string Relative(DateTimeOffset instant)
    {
        var ago = _time.GetUtcNow() - instant;
        var distance = ago.Duration();
        if (distance < TimeSpan.FromMinutes(1))
            return this["just now"];
        if (distance >= TimeSpan.FromDays(30))
            return Date(instant);
        return ago > TimeSpan.Zero ? Past(distance) : Future(distance);
    }

    /// <summary>A number with at most <paramref name="decimals"/> decimals, grouped.</summary>
    public string Number(decimal value, int decimals = 2) => value.ToString(decimals == 0 ? "#,0" : "#,0." + new string('#', decimals), Culture);

    public string Number(long value) => value.ToString("#,0", Culture);

    /// <summary>A share between 0 and 1 as percent, such as "62 %" (the culture decides the space).</summary>
    public string Percent(double share) => share.ToString("P0", Culture);

    /// <summary>Such as "1 h 20 min", "45 min" or "30 s"; two days and more in days.</summary>
    public string Duration(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => Plural((long)span.TotalDays, "{count} day", "{count} days"),
        { TotalHours: >= 1, Minutes: 0 } => this["{hours} h", ("hours", (long)span.TotalHours)],
        { TotalHours: >= 1 } => this["{hours} h {minutes} min", ("hours", (long)span.TotalHours), ("minutes", span.Minutes)],
        { TotalMinutes: >= 1 } => this["{minutes} min", ("minutes", span.Minutes)],
        _ => this["{seconds} s", ("seconds", span.Seconds)],
    };

    private TimeZoneInfo Zone => _school is not null && TimeZoneInfo.TryFindSystemTimeZoneById(_school.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    private string Past(TimeSpan distance) => distance switch
    {
        { TotalHours: < 1 } => Plural((long)distance.TotalMinutes, "{count} minute ago", "{count} minutes ago"),
        { TotalDays: < 1 } => Plural((long)distance.TotalHours, "{count} hour ago", "{count} hours ago"),
        _ => Plural((long)distance.TotalDays, "{count} day ago", "{count} days ago"),
    };

    private string Future(TimeSpan distance) => distance switch
    {
        { TotalHours: < 1 } => Plural((long)distance.TotalMinutes, "in {count} minute", "in {count} minutes"),
        { TotalDays: < 1 } => Plural((long)distance.TotalHours, "in {count} hour", "in {count} hours"),
        _ => Plural((long)distance.TotalDays, "in {count} day", "in {count} days"),
    };

    // .NET knows a short and a long pattern; what reads well is the long one without the weekday.
    private string LongDateWithoutWeekday() => Weekday().Replace(Culture.DateTimeFormat.LongDatePattern, "").Trim();

    [GeneratedRegex(@"^dddd[^\p{L}]*|[^\p{L}'.]*dddd$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Weekday();
}
