using System.Buffers;
using Lectern.Costs.Audit.Checks;
using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Listed;

/// <summary>Something with an amount per month and words that describe it, but no unit price of its own: a row, a section, a group of bullets.</summary>
/// <param name="Text">All its words, the name first.</param>
internal sealed record Described(int Line, string Name, string Text, IReadOnlyList<Figure> Figures, Figure Amount)
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(",;|\n0123456789");

    public bool Says(string phrase)
    {
        for (var at = Text.IndexOf(phrase, StringComparison.OrdinalIgnoreCase); at >= 0; at = Text.IndexOf(phrase, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + phrase.Length;
            if ((at == 0 || !char.IsLetterOrDigit(Text[at - 1])) && (end == Text.Length || !char.IsLetterOrDigit(Text[end])))
                return true;
        }
        return false;
    }

    /// <summary>The words between a figure and whatever follows it.</summary>
    public string After(Figure figure)
    {
        var end = Text.AsSpan(Math.Min(figure.End, Text.Length)).IndexOfAny(Ends) is var length and >= 0 ? figure.End + length : Text.Length;
        return Text[Math.Min(figure.End, Text.Length)..end];
    }

    public static IEnumerable<Described> In(AuditScope scope)
    {
        var reader = new FigureReader(scope.Content.Source.Convention);
        return scope.Content.Tables.Where(table => !table.IsList).SelectMany(table => InTable(scope, table, reader))
            .Concat(scope.Content.Sections.Select(section => InSection(section, reader)).OfType<Described>())
            .Concat(scope.Content.Lists.SelectMany(list => InList(list, reader)));
    }

    private static IEnumerable<Described> InTable(AuditScope scope, CostTable table, FigureReader reader)
    {
        if (table.Of(ColumnRole.Amount).FirstOrDefault(column => column.Period != Period.Year) is not { } amounts)
            yield break;
        var prices = table.Of(ColumnRole.UnitPrice).FirstOrDefault();
        foreach (var row in table.Rows.Where(row => row.Role == RowRole.Item && row[amounts] is { Kind: CellKind.Amount, IsOpen: false }))
        {
            // Where a unit price is printed, the row's arithmetic was checked already.
            if (prices is not null && row[prices] is { Kind: CellKind.Amount, IsOpen: false } || scope.HasFindingAt(row.Line, FindingKind.QuantityTimesPrice, FindingKind.OwnPriceList, FindingKind.MissingUnit))
                continue;
            var text = string.Join(" | ", table.Columns.Where(column => column.Role is ColumnRole.Text or ColumnRole.Quantity).Select(column => row[column].Text).Where(text => text.Length > 0));
            if (text.AsSpan().IndexOfAnyInRange('0', '9') >= 0 || KnownServices.HasFixed(text))
                yield return new Described(row.Line, row.Label, text, reader.Read(text), row[amounts].Lead!); // filtered above
        }
    }

    private static Described? InSection(Section section, FigureReader reader)
    {
        var statement = section.Lines.FirstOrDefault(line => line.IsBold && line.Text.Length > 5 && line.Text.StartsWith("Cost:", StringComparison.OrdinalIgnoreCase));
        var items = section.Lists.SelectMany(list => list.Items).Where(item => !item.Text.StartsWith("Alternative", StringComparison.OrdinalIgnoreCase)).ToList();
        var total = items.Find(item => item.IsBold && item.Text.StartsWith("Total:", StringComparison.OrdinalIgnoreCase));
        var (line, stated) = statement is not null ? (statement.Line, statement.Text) : total is not null ? (total.Line, total.Text) : (0, "");
        if (section.Tables > 0 || reader.Read(stated).FirstOrDefault(figure => figure.IsMoney) is not { IsRate: false } amount)
            return null;
        var others = items.FindAll(item => item != total);
        // A section that prints prices or results was calculated by the document itself.
        if (others.Exists(item => reader.Read(item.Text).Any(figure => figure.IsMoney)))
            return null;
        var text = section.Title + "\n" + string.Join('\n', others.Select(item => item.Text));
        return new Described(line, section.Title, text, reader.Read(text), amount);
    }

    // "- API Gateway: REST API" with "- 1,500 calls" and "- Cost: $3.50/month" beneath it.
    private static IEnumerable<Described> InList(CostList list, FigureReader reader)
    {
        for (var at = 0; at < list.Items.Count; at++)
        {
            var children = list.Items.Skip(at + 1).TakeWhile(item => item.Depth > list.Items[at].Depth).ToList();
            if (children.Find(child => child.Text.StartsWith("Cost:", StringComparison.OrdinalIgnoreCase)) is not { } cost || reader.Read(cost.Text).FirstOrDefault(figure => figure.IsMoney) is not { IsRate: false } amount)
                continue;
            var text = string.Join('\n', children.Where(child => child != cost && !child.Text.StartsWith("Alternative", StringComparison.OrdinalIgnoreCase)).Select(child => child.Text).Prepend(list.Items[at].Text));
            yield return new Described(cost.Line, list.Items[at].Text, text, reader.Read(text), amount);
        }
    }
}
