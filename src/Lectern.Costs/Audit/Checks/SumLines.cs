using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>Reads a column of a table as lines of a sum.</summary>
internal static class SumLines
{
    private static readonly string[] Optional = ["optional", "if needed", "can be avoided", "bei bedarf", "en option", "opcional"];

    public static IEnumerable<SumLine> Of(CostTable table, CostColumn column)
    {
        foreach (var row in table.Rows)
        {
            if (row.Role is RowRole.Heading or RowRole.OtherTotal or RowRole.YearTotal)
                continue;
            var cell = row[column];
            if (row.IsSum)
                cell = SumCell(table, row, column);
            if (cell.Kind is CellKind.None or CellKind.Text && !row.IsSum)
            {
                if (PercentOff(table, row) is { } percent)
                    yield return new SumLine(row, null, Extent.Zero, RowRole.Saving) { PercentOff = percent };
                continue;
            }
            yield return new SumLine(row, cell.Lead, ValueOf(row, cell), row.Role) { IsOptional = Optional.Any(word => row.Words.Contains(word, StringComparison.Ordinal)), Scenario = ScenarioOf(row), PercentOff = PercentOff(table, row) ?? 0 };
        }
    }

    /// <summary>The scenario named by a row, such as "low" in "TOTAL (Low usage)".</summary>
    public static string? ScenarioOf(CostRow row)
    {
        var open = row.Label.IndexOf('(', StringComparison.Ordinal);
        return open < 0 ? null : Words.Of(row.Label[open..]).FirstOrDefault(Words.Scenario.Contains);
    }

    // A total may stand in another column than its rows: "TOTAL (Phase 1) | $520/month | $6,240/year |". Its own period tells.
    private static Cell SumCell(CostTable table, CostRow row, CostColumn column)
    {
        var own = row[column];
        var period = column.Period == Period.None ? Period.Month : column.Period;
        if (own.Lead is { IsMoney: true, Period: var stated } && stated != Period.None && stated != period && column.Period != Period.None | stated == Period.Year)
            own = Cell.Empty;
        if (own.Kind is CellKind.Amount or CellKind.Number or CellKind.Alternatives)
            return own;
        var others = row.Cells.Where((cell, index) => cell.Kind == CellKind.Amount && !table.Amounts.Any(other => other.Index == index && other != column && cell.Lead!.Period == Period.None)).ToList(); // an amount has its figure
        if (others.Find(cell => cell.Lead!.Period == period) is { } samePeriod)
            return samePeriod;
        return table.Amounts.Count() == 1 && others.Count > 0 && others.TrueForAll(cell => cell.Lead!.Value == others[0].Lead!.Value && cell.Lead.Period == Period.None) ? others[0] : Cell.Empty;
    }

    private static Extent? ValueOf(CostRow row, Cell cell)
    {
        if (cell.Kind == CellKind.Free || cell.Kind == CellKind.None)
            return row.IsSum ? null : Extent.Zero;
        if (cell.IsOpen || cell.Kind == CellKind.Alternatives || cell.Lead is not { } figure || figure.IsPercent || figure.IsRate && !row.IsSum)
            return null;
        return row.Role == RowRole.Saving && figure.Value.Low > 0 && Words.Of(row.Label).Any(Words.Saving.Contains) && figure.IsMoney ? -figure.Value : figure.Value;
    }

    // "Combined discount: ~30%", without an amount of its own; in a list the printed amount may be what is saved or what is left.
    private static decimal? PercentOff(CostTable table, CostRow row)
    {
        if (!Words.Of(row.Words).Any(Words.Saving.Contains))
            return null;
        var figures = row.Cells.SelectMany(cell => cell.Figures).ToList();
        return figures is [{ IsPercent: true, Value: { IsSingle: true, Low: > 0 and < 100 } }, ..] && (table.IsList ? row.Role == RowRole.Saving : !figures.Exists(figure => figure.IsMoney)) ? figures[0].Value.Low / 100 : null;
    }
}
