using System.Buffers;

namespace Lectern.Costs.Audit.Tables;

/// <summary>Tells items from subtotals, totals, savings and headings.</summary>
internal static class RowRoles
{
    private const int LongestLabel = 120;
    private static readonly SearchValues<string> SumStems = SearchValues.Create(["total", "sum", "gesamt"], StringComparison.OrdinalIgnoreCase);

    public static IReadOnlyList<CostRow> Of(IReadOnlyList<RawRow> raw, IReadOnlyList<IReadOnlyList<Cell>> cells, IReadOnlyList<CostColumn> columns)
    {
        var rows = new List<CostRow>(raw.Count);
        var hasPlain = cells.Any(row => HasAmount(row, columns) && !IsBold(row, columns));
        RowRole? before = null;
        for (var at = 0; at < raw.Count; at++)
        {
            var texts = cells[at].Where((cell, index) => cell.Kind == CellKind.Text || cell.Kind == CellKind.Number && IsText(columns, index)).ToList();
            var label = LabelOf(cells[at], columns);
            var role = RoleOf(cells[at], columns, texts, label, before);
            rows.Add(new CostRow(raw[at].Line, cells[at], label, role)
            {
                StandsOut = role == RowRole.Item && hasPlain && IsBold(cells[at], columns) && HasAmount(cells[at], columns),
            });
            before = role == RowRole.Heading ? before : role;
        }
        return rows;
    }

    /// <summary>"Total", "Compute subtotal", "TOTAL (Phase 3)": the word stands first or last; null where it does not.</summary>
    public static RowRole? SumRole(string text)
    {
        if (text.Length > LongestLabel || !text.AsSpan().ContainsAny(SumStems))
            return null;
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var words = Words.Of((open > 0 ? text[..open] : text).Replace("sub-total", "subtotal", StringComparison.OrdinalIgnoreCase).Replace("sous-total", "subtotal", StringComparison.OrdinalIgnoreCase));
        if (words.Count is 0 or > 8)
            return null;
        if (words.Any(Words.Subtotal.Contains))
            return RowRole.Subtotal;
        var isTotal = Words.Total.Contains(words[0]) || Words.Total.Contains(words[^1]) || words.Count > 1 && words[0] == "grand" && words[1] == "total" || words.Count > 1 && Words.Total.Contains(words[^2]) && words.Count <= 4;
        return isTotal ? RowRole.Total : null;
    }

    private static RowRole RoleOf(IReadOnlyList<Cell> cells, IReadOnlyList<CostColumn> columns, List<Cell> texts, string label, RowRole? before)
    {
        if (!cells.Any(cell => cell.Kind is CellKind.Amount or CellKind.Alternatives or CellKind.Free || cell.Kind == CellKind.Number) || !HasAnyAmount(cells, columns))
            return RowRole.Heading;
        var sum = texts.Select(cell => SumRole(cell.Text)).FirstOrDefault(role => role is not null);
        var words = Words.Of(label);
        if (words.Any(Words.Year.Contains) && !columns.Any(column => column.Role == ColumnRole.Amount && column.Period == Reading.Period.Year) && sum is null && (words[0] == "year" ? words.Count == 1 : Words.Year.Contains(words[0])))
            return RowRole.YearTotal;
        if (sum is not null)
            return sum.Value;
        if (before is RowRole.Total or RowRole.Subtotal or RowRole.OtherTotal or RowRole.YearTotal && IsOtherTotal(words))
            return RowRole.OtherTotal;
        var isReduced = cells.Any(cell => cell.Lead is { IsMoney: true, Value.Low: < 0 });
        return isReduced || words.Any(Words.Saving.Contains) && !words.Contains("plan") && words.Count <= 4 && !words.Any(word => word is "reserved") ? RowRole.Saving : RowRole.Item;
    }

    private static bool IsOtherTotal(IReadOnlyList<string> words) =>
        words.Count > 0 && (words[0] is "with" or "mit" or "including" or "incl" or "optimized" or "optimised" or "optimiert" or "after" or "without" or "ohne" || words.Any(word => word is "reserved" or "commitment"));

    private static bool HasAnyAmount(IReadOnlyList<Cell> cells, IReadOnlyList<CostColumn> columns) =>
        HasAmount(cells, columns) || cells.Any(cell => cell.Kind is CellKind.Amount or CellKind.Alternatives);

    private static bool HasAmount(IReadOnlyList<Cell> cells, IReadOnlyList<CostColumn> columns) =>
        columns.Any(column => column.Role is ColumnRole.Amount or ColumnRole.RowTotal && column.Index < cells.Count && cells[column.Index].Kind is CellKind.Amount or CellKind.Number or CellKind.Free or CellKind.Alternatives);

    private static bool IsBold(IReadOnlyList<Cell> cells, IReadOnlyList<CostColumn> columns) =>
        columns.Any(column => column.Role == ColumnRole.Amount && column.Index < cells.Count && cells[column.Index].IsBold);

    private static bool IsText(IReadOnlyList<CostColumn> columns, int index) => index < columns.Count && columns[index].Role == ColumnRole.Text;

    private static string LabelOf(IReadOnlyList<Cell> cells, IReadOnlyList<CostColumn> columns)
    {
        // "40–50 | … | Starting phase": a count in the first column is part of the name.
        var count = columns.Count > 1 && columns[0].Role == ColumnRole.Quantity && cells.Count > 0 && cells[0].Text.Length > 0 ? cells[0].Text + ", " : "";
        foreach (var column in columns)
        {
            if (column.Role == ColumnRole.Text && column.Index < cells.Count && cells[column.Index].Text is { Length: > 1 } text && cells[column.Index].Kind is CellKind.Text or CellKind.Free or CellKind.Number)
                return count + text;
        }
        return cells.FirstOrDefault(cell => cell.Kind == CellKind.Text)?.Text ?? cells.FirstOrDefault(cell => cell.Text.Length > 0)?.Text ?? "";
    }
}
