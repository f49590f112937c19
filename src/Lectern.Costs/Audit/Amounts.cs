using System.Globalization;
using Lectern.Costs.Audit.Reading;

namespace Lectern.Costs.Audit;

/// <summary>Amounts for people and for machines, the same in every language.</summary>
internal static class Amounts
{
    public static string Plain(decimal value) => value.ToString(Math.Abs(value) is >= 1 or 0 ? "#,##0.##" : "0.########", CultureInfo.InvariantCulture);

    public static string Plain(Extent value) => value.IsSingle ? Plain(value.Low) : $"{Plain(value.Low)}–{Plain(value.High)}";
}
