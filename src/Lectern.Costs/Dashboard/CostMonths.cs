using System.Globalization;

namespace Lectern.Costs.Dashboard;

/// <summary>Months in addresses: <c>2026-11</c>.</summary>
internal static class CostMonths
{
    private const string Format = "yyyy-MM";

    public static string Write(DateOnly month) => month.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The first day of the month; null for what is none, or lies outside of all reason.</summary>
    public static DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year is >= 2000 and <= 2199 ? month : null;
}
