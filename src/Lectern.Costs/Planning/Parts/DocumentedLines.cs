using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Parts;

/// <summary>Somebody's estimate as lines: quantity times unit price where both are given, else the amount that it states.</summary>
internal static class DocumentedLines
{
    public static IEnumerable<BillLine> Of(IReadOnlyList<DocumentedRow> rows) => rows.Select(row => new BillLine
    {
        Category = row.Category.Length == 0 ? BillCategories.Kept : row.Category,
        Service = row.Service,
        Meter = row.Specification,
        Quantity = row.Quantity,
        UnitPrice = row.UnitPrice is { IsExact: true } exact ? exact.Low : null,
        Monthly = row.UnitPrice is { } price ? row.Quantity * price : row.Stated ?? Interval.Zero,
        Stated = row.Stated,
        Role = row.Role,
        For = row.For,
    });
}
