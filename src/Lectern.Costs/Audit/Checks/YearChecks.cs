using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>A year is twelve months and a quarter three: within a row, a line, a short list, and for rows of years under columns of months.</summary>
internal sealed class YearChecks : IAuditCheck
{
    private const int Months = 12;

    public void Check(AuditScope scope)
    {
        var exact = new List<(decimal Month, decimal Year, int Line)>();
        var whole = new List<(decimal Month, Figure Year, CostRow Row)>();
        foreach (var table in scope.Content.Tables.Where(table => !table.IsList))
        {
            var hasYears = table.Columns.Any(column => column.Period == Period.Year);
            foreach (var row in table.Rows.Where(row => row.Role != RowRole.Heading && row.Role != RowRole.YearTotal && (hasYears || row.Cells.Any(cell => cell.Lead?.Period == Period.Year))))
                CheckRow(scope, table, row, exact, whole);
            foreach (var column in table.Amounts)
                CheckYearRows(scope, table, column, exact);
        }
        var reader = new FigureReader(scope.Content.Source.Convention);
        foreach (var line in scope.Content.Lines.Where(line => line.Text.Contains('(', StringComparison.Ordinal)))
            CheckLine(scope, line, reader.Read(line.Text));
        foreach (var list in scope.Content.Lists)
            CheckList(scope, list, reader);
        CheckRoundedMonths(scope, exact, whole);
    }

    // One table multiplies the exact month, another the rounded one: two years for one thing.
    private static void CheckRoundedMonths(AuditScope scope, List<(decimal Month, decimal Year, int Line)> exact, List<(decimal Month, Figure Year, CostRow Row)> whole)
    {
        foreach (var (month, year, row) in whole)
        {
            var same = exact.Where(pair => Math.Round(pair.Month, MidpointRounding.AwayFromZero) == month).DistinctBy(pair => pair.Month).ToList();
            if (same.Count == 1 && Math.Abs(same[0].Year - year.Value.Low) >= 1)
                scope.Report(row.Line, FindingKind.Rounding, Certainty.Possible, row.Label, year.Value, Extent.Of(same[0].Year), year.Currency, "Twelve times a rounded month; line {line} has the year of the exact one.", ("line", same[0].Line.ToString()));
        }
    }

    private static void CheckRow(AuditScope scope, CostTable table, CostRow row, List<(decimal Month, decimal Year, int Line)> exact, List<(decimal Month, Figure Year, CostRow Row)> whole)
    {
        var months = AmountsOf(table, row, Period.Month).ToList();
        foreach (var (index, year) in AmountsOf(table, row, Period.Year))
        {
            var (at, month) = months.LastOrDefault(month => month.Index < index);
            if (month is null || at == index)
                continue;
            Compare(scope, row.Line, row.Label, month, year);
            if (month.Value is { IsSingle: true, Low: >= 100 } single && Agrees(month, year, Months, scope))
            {
                if (single.Low % 1 != 0)
                    exact.Add((single.Low, year.Value.Low, row.Line));
                else if (year.Value.Low == single.Low * Months)
                    whole.Add((single.Low, year, row));
            }
        }
    }

    // A cell's own "/year" outweighs the head of its column; amounts without any period count as months where a year stands beside them.
    private static IEnumerable<(int Index, Figure Amount)> AmountsOf(CostTable table, CostRow row, Period wanted)
    {
        for (var index = 0; index < row.Cells.Count && index < table.Columns.Count; index++)
        {
            var column = table.Columns[index];
            if (row.Cells[index] is not { Kind: CellKind.Amount, IsOpen: false, Lead: { IsAmbiguous: false } amount } || amount.IsRate || column.Role is ColumnRole.PerHead or ColumnRole.UnitPrice or ColumnRole.Difference)
                continue;
            var period = amount.Period != Period.None ? amount.Period : column.Role is ColumnRole.Amount or ColumnRole.RowTotal ? column.Period : Period.Day;
            if (period == Period.None)
                period = Period.Month;
            if (period == wanted)
                yield return (index, amount);
        }
    }

    private static void CheckYearRows(AuditScope scope, CostTable table, CostColumn column, List<(decimal Month, decimal Year, int Line)> exact)
    {
        var above = new List<Figure>();
        foreach (var row in table.Rows)
        {
            if (row[column] is not { Kind: CellKind.Amount or CellKind.Number, IsOpen: false, Lead: { IsAmbiguous: false } amount })
                continue;
            if (row.Role != RowRole.YearTotal)
            {
                above.Add(amount);
                continue;
            }
            if (above.Find(month => Agrees(month, amount, Months, scope)) is { Value: { IsSingle: true, Low: >= 100 } month } && month.Low % 1 != 0)
                exact.Add((month.Low, amount.Value.Low, row.Line));
            else if (above.Count > 0 && !above.Exists(one => Agrees(one, amount, Months, scope)))
                scope.Report(row.Line, FindingKind.Year, Certainty.Likely, row.Label, amount.Value, above[^1].Value * Months, amount.Currency, "Twelve times the monthly amount is another.");
        }
    }

    private static void CheckLine(AuditScope scope, TextLine line, IReadOnlyList<Figure> figures)
    {
        for (var at = 1; at < figures.Count; at++)
        {
            var (month, year) = (figures[at - 1], figures[at]);
            if (month is { IsMoney: true, Period: Period.Month, Per: null } && year is { IsMoney: true, Period: Period.Year, Per: null } && year.Start > month.End && line.Text.AsSpan(month.End, year.Start - month.End).Trim(" *") is "(" or "or" or "/" or "(or")
                Compare(scope, line.Line, line.Text, month, year);
        }
    }

    private static void CheckList(AuditScope scope, CostList list, FigureReader reader)
    {
        Figure? month = null;
        foreach (var item in list.Items)
        {
            var words = Words.Of(item.Text);
            var amount = reader.Read(item.Text).FirstOrDefault(figure => figure.IsMoney);
            if (amount is null || words.Count == 0)
                continue;
            if (words[0] is "monthly" or "monatlich" or "mensuel")
                month = amount;
            else if (month is not null && (Words.Quarter.Contains(words[0]) || words[0] is "annual" or "annually" or "yearly" or "jährlich" or "annuel"))
                Compare(scope, item.Line, item.Text, month, amount, Words.Quarter.Contains(words[0]) ? 3 : Months);
        }
    }

    private static void Compare(AuditScope scope, int line, string item, Figure month, Figure year, int months = Months)
    {
        if (month.Currency != year.Currency && month.Currency is not null && year.Currency is not null || Agrees(month, year, months, scope))
            return;
        scope.Report(line, FindingKind.Year, Certainty.Certain, item, year.Value, month.Value * months, year.Currency, months == Months ? "Twelve times the monthly amount is another." : "Three times the monthly amount is another.");
    }

    // A month that was rounded to whole amounts may stand for a year that was not, if the document knows cents.
    private static bool Agrees(Figure month, Figure year, int months, AuditScope scope)
    {
        var tolerance = (scope.Content.HasCents || month.IsApproximate || year.IsApproximate ? Agreement.HalfDigit(month) * months * 1.01m : 0.51m) + (year.Decimals == 0 && month.Decimals > 0 ? 1 : 0);
        var ends = LastZeros(year.Value.High);
        return Agreement.Holds(year.Value, month.Value * months, Math.Max(tolerance, year.IsApproximate || ends >= 1000 ? ends * 0.5m : 0));
    }

    // 34,000 is given to the thousand.
    private static decimal LastZeros(decimal value)
    {
        var step = 1m;
        while (value != 0 && value % (step * 10) == 0 && step < 1_000_000)
            step *= 10;
        return step;
    }
}
