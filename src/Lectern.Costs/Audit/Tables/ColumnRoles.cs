using Lectern.Costs.Audit.Reading;

namespace Lectern.Costs.Audit.Tables;

/// <summary>Tells by header and content what each column of a table is for.</summary>
internal static class ColumnRoles
{
    /// <summary>The columns, or null when the table is not about money.</summary>
    public static IReadOnlyList<CostColumn>? Of(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<Cell>> rows)
    {
        var facts = headers.Select((header, index) => Facts.Of(index, Markup.Plain(header).Text, rows)).ToList();
        var hasQuantity = facts.Exists(fact => fact.LooksLikeQuantity);
        var columns = facts.Select(fact => new CostColumn(fact.Index, fact.Header, RoleOf(fact), PeriodOf(fact.Words), BoundOf(fact.Words), fact.Currency)).ToList();
        if (!columns.Exists(column => column.Role == ColumnRole.Amount && IsMoney(facts[column.Index])) && !facts.Exists(fact => fact.Money > 0 && RoleOf(fact) == ColumnRole.UnitPrice))
            return null;
        PriceBecomesUnitPrice(columns, facts, hasQuantity);
        TotalBecomesRowTotal(columns, facts);
        return columns;
    }

    public static Period PeriodOf(IReadOnlyList<string> words) =>
        words.Any(Words.Year.Contains) ? Period.Year : words.Any(Words.Quarter.Contains) ? Period.Quarter : words.Any(Words.Month.Contains) ? Period.Month : Period.None;

    private static ColumnRole RoleOf(Facts fact)
    {
        if (fact.Header.Length > 0 && fact.Words.Any(Words.Difference.Contains))
            return ColumnRole.Difference;
        if (fact.Words.Contains("free") && !fact.Words.Any(Words.Cost.Contains) || fact.Words.Any(Words.Allowance.Contains))
            return ColumnRole.Allowance;
        if (IsPerHead(fact))
            return ColumnRole.PerHead;
        var saysUnitPrice = fact.Words.Any(Words.UnitPrice.Contains) || fact.Words.Contains("unit") && fact.Words.Any(Words.Cost.Contains) || fact.Words.Contains("per") && fact.Words[0] is "price" or "cost" && PeriodOf(fact.Words) == Period.None && fact.Words.Count <= 4;
        if (saysUnitPrice && (fact.Money > 0 || fact.Numbers > 0) || fact.Rates > fact.Money - fact.Rates)
            return ColumnRole.UnitPrice;
        if (fact.Money > 0 && fact.Money * 2 >= fact.Filled)
            return ColumnRole.Amount;
        if (fact.LooksLikeQuantity)
            return ColumnRole.Quantity;
        return fact.Numbers > 0 && fact.Numbers * 2 >= fact.Filled && fact.Words.Any(word => Words.Cost.Contains(word) || Words.Total.Contains(word) || Words.Subtotal.Contains(word)) ? ColumnRole.Amount : ColumnRole.Text;
    }

    // Numbers without a currency are money only where the header says so; "Total" alone counts anything.
    private static bool IsMoney(Facts fact) => fact.Money > 0 || fact.Words.Any(Words.Cost.Contains);

    private static bool IsPerHead(Facts fact) => fact.Words.Contains("per") && fact.Words.Any(Words.Head.Contains) && fact.Words.Any(Words.Cost.Contains) || fact.Header.Contains("/user", StringComparison.OrdinalIgnoreCase);

    // "Anzahl | Preis | Betrag": beside a quantity, the first of two money columns is the price of one.
    private static void PriceBecomesUnitPrice(List<CostColumn> columns, List<Facts> facts, bool hasQuantity)
    {
        if (!hasQuantity || columns.Exists(column => column.Role == ColumnRole.UnitPrice))
            return;
        var quantity = columns.FindIndex(column => column.Role == ColumnRole.Quantity);
        var at = columns.FindIndex(column => column.Index > quantity && column.Role == ColumnRole.Amount && facts[column.Index].Words.Any(word => word is "price" or "preis" or "prix" or "precio"));
        if (at >= 0 && columns.Exists(column => column.Index > at && column.Role == ColumnRole.Amount))
            columns[at] = columns[at] with { Role = ColumnRole.UnitPrice };
    }

    private static void TotalBecomesRowTotal(List<CostColumn> columns, List<Facts> facts)
    {
        for (var at = 0; at < columns.Count; at++)
        {
            var words = facts[at].Words;
            var isTotal = words.Any(word => Words.Total.Contains(word) || Words.Subtotal.Contains(word)) && !words.Any(Words.Year.Contains);
            if (isTotal && columns[at].Role == ColumnRole.Amount && columns.Take(at).Count(column => column.Role == ColumnRole.Amount && column.Period != Period.Year) > 1)
                columns[at] = columns[at] with { Role = ColumnRole.RowTotal };
        }
    }

    private static Bound BoundOf(IReadOnlyList<string> words) => words.Any(Words.Low.Contains) ? Bound.Low : words.Any(Words.High.Contains) ? Bound.High : Bound.Both;

    private sealed record Facts(int Index, string Header, IReadOnlyList<string> Words, int Filled, int Money, int Rates, int Numbers, string? Currency)
    {
        public bool LooksLikeQuantity => Money == 0 && Numbers > 0 && Words.Any(Tables.Words.Quantity.Contains);

        public static Facts Of(int index, string header, IReadOnlyList<IReadOnlyList<Cell>> rows)
        {
            var cells = rows.Where(row => index < row.Count).Select(row => row[index]).Where(cell => cell.Kind is not (CellKind.None or CellKind.Free)).ToList();
            var amounts = cells.Where(cell => cell.Kind is CellKind.Amount or CellKind.Alternatives).ToList();
            var words = Tables.Words.Of(header);
            return new Facts(index, header, words, cells.Count, amounts.Count, amounts.Count(cell => cell.Figures.Any(figure => figure.IsRate)), cells.Count(cell => cell.Kind == CellKind.Number), CurrencyOf(header, words));
        }

        private static string? CurrencyOf(string header, IReadOnlyList<string> words) =>
            header.Select(Currencies.OfSymbol).FirstOrDefault(symbol => symbol is not null) ?? words.Select(word => word.Length == 3 ? Currencies.OfWord(word.ToUpperInvariant()) : null).FirstOrDefault(code => code is not null);
    }
}
