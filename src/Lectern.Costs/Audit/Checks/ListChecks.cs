using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>Makes tables of lists that have a total, so that they are checked as tables are.</summary>
internal sealed class ListChecks : IAuditCheck
{
    private static readonly string[] Estimates = ["estimated", "geschätzt", "estimate"];
    private static readonly string[] CostWords = ["cost", "costs", "monthly cost", "estimated cost", "total cost", "kosten", "price"];

    public void Check(AuditScope scope)
    {
        var reader = new CellReader(scope.Content.Source.Convention);
        foreach (var list in scope.Content.Lists)
        {
            if (TableOf(list, reader) is { } table)
                scope.Content.Tables.Add(table);
        }
    }

    internal static CostTable? TableOf(CostList list, CellReader reader)
    {
        var rows = list.Items.Select(item => RowOf(item, reader)).ToList();
        if (!rows.Exists(row => row.IsSum))
        {
            if (TotalAbove(list, reader) is not { } total || !list.Items.Any(item => IsCalculated(item.Text)))
                return null;
            rows.Add(total);
        }
        var items = rows.FindAll(row => row.Role == RowRole.Item && row.Cells[1].Kind == CellKind.Amount);
        var isEnough = items.Count > 1 || items.Count == 1 && (list.Items.Any(item => IsCalculated(item.Text)) || list.Intro is { } intro && Words.Of(intro.Text).Any(Words.Cost.Contains));
        if (!isEnough || !rows.Exists(row => row.Cells[1].Figures.Any(figure => figure.IsMoney)) || MixesPeriods(rows))
            return null;
        return new CostTable(list.Line, [new CostColumn(0, "", ColumnRole.Text, Period.None, Bound.Both, null), new CostColumn(1, "", ColumnRole.Amount, Period.None, Bound.Both, null)], rows) { IsList = true };
    }

    private static CostRow RowOf(ListLine item, CellReader reader)
    {
        var (label, amount) = Parts(item.Text, reader);
        var role = RoleOf(item, label, amount);
        return new CostRow(item.Line, [new Cell(label, item.IsBold, CellKind.Text, reader.Read(item.Text).Figures.Where(figure => !figure.IsMoney).ToList()), amount], label, role) { Words = item.Text.ToLowerInvariant() };
    }

    private static RowRole RoleOf(ListLine item, string label, Cell amount)
    {
        if (amount.Kind is not (CellKind.Amount or CellKind.Free or CellKind.Alternatives))
            return Words.Of(item.Text).Any(Words.Saving.Contains) && item.Text.Contains('%', StringComparison.Ordinal) ? RowRole.Saving : RowRole.Heading;
        if (amount.Figures.Any(figure => figure.IsRate && figure == amount.Lead) || Words.Of(label) is [var first, ..] && Words.Alternative.Contains(first))
            return RowRole.Heading;
        if (RowRoles.SumRole(label) is { } sum)
            return sum;
        if (item.IsBold && Estimates.Contains(label.ToLowerInvariant()))
            return RowRole.Total;
        return Words.Of(label).Any(Words.Saving.Contains) && Words.Of(label).Count <= 4 ? RowRole.Saving : RowRole.Item;
    }

    // "Storage: 250 GB × $0.02 = $5", "Render - $25/month", "Lambda + Function URLs: $0".
    private static (string Label, Cell Amount) Parts(string text, CellReader reader)
    {
        var whole = reader.Read(text);
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        var label = colon > 0 ? text[..colon] : text;
        if (PrintedEquation.In(text, whole.Figures) is { } equation)
            return (label, reader.Read(text[equation.Result.Start..]));
        if (text.Contains('=', StringComparison.Ordinal))
            return (label, Cell.Empty);
        foreach (var separator in new[] { ": ", " – ", " — ", " - " })
        {
            var at = text.IndexOf(separator, StringComparison.Ordinal);
            if (at > 0 && reader.Read(text[(at + separator.Length)..]) is { Kind: CellKind.Amount or CellKind.Free or CellKind.Alternatives } amount)
                return (text[..at], amount);
        }
        return (label, Cell.Empty);
    }

    // "**Cost: ~$5/month**" right above the list.
    private static CostRow? TotalAbove(CostList list, CellReader reader)
    {
        if (list.Intro is not { IsBold: true } intro)
            return null;
        var (label, amount) = Parts(intro.Text, reader);
        return amount is { Kind: CellKind.Amount, IsOpen: false } && CostWords.Contains(label.ToLowerInvariant())
            ? new CostRow(intro.Line, [new Cell(label, true, CellKind.Text, []), amount], label, RowRole.Total) { Words = intro.Text.ToLowerInvariant() }
            : null;
    }

    private static bool IsCalculated(string text) => text.Contains("= ", StringComparison.Ordinal) || text.StartsWith("Cost:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("Kosten:", StringComparison.OrdinalIgnoreCase);

    // "Monthly / Quarterly / Annual" is one amount in three periods and no sum.
    private static bool MixesPeriods(List<CostRow> rows) =>
        rows.Where(row => row.Role is RowRole.Item or RowRole.Total && row.Cells[1].Lead is not null).Select(row => row.Cells[1].Lead!.Period).Where(period => period != Period.None).Distinct().Count() > 1; // filtered the line before
}
