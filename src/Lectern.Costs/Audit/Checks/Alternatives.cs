using System.Buffers;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>Finds rows of a table that stand for one another: a reserved price beside the price on demand, a realistic estimate beside the calculated one.</summary>
internal static class Alternatives
{
    /// <summary>A row that is one of several ways to have the same thing, and the row it stands for.</summary>
    internal sealed record Pair(CostRow Normal, CostRow Other, bool IsCommitment);

    private static readonly SearchValues<string> Stems = SearchValues.Create(["reserv", "commit", "spot", "alternativ", "instead", "wahlweise", "realisti", "conservativ", "pessimis", "optimis", "expected"], StringComparison.OrdinalIgnoreCase);

    public static IReadOnlyList<Pair> Of(CostTable table)
    {
        if (!table.Rows.Any(row => row.Cells.Any(cell => cell.Text.AsSpan().ContainsAny(Stems))))
            return [];
        var items = table.Rows.Where(row => row.Role == RowRole.Item).ToList();
        var pairs = new List<Pair>();
        for (var at = 0; at < items.Count; at++)
        {
            var words = Words.Of(items[at].Words);
            if (words.Any(Words.Commitment.Contains) && Counterpart(items, at) is { } replaced)
                pairs.Add(new Pair(replaced, items[at], IsCommitment: true));
            else if (Words.Of(items[at].Label).Any(Words.Chosen.Contains))
                pairs.AddRange(items.Take(at).Where(row => SharesName(row, items[at])).Select(row => new Pair(items[at], row, IsCommitment: false)));
            else if (words.Any(Words.Alternative.Contains) && at > 0 && !pairs.Exists(pair => pair.Other == items[at]))
                pairs.Add(new Pair(items[at - 1], items[at], IsCommitment: false));
        }
        return pairs;
    }

    // The earlier row without the word "reserved" that shares a name, or whose specification is the same.
    private static CostRow? Counterpart(List<CostRow> items, int at) =>
        items.Take(at).LastOrDefault(row => !Words.Of(row.Words).Any(Words.Commitment.Contains) && (SharesName(row, items[at]) || SharesSpecification(row, items[at])) && IsDearer(row, items[at]));

    private static bool IsDearer(CostRow normal, CostRow reserved) =>
        normal.Cells.LastOrDefault(cell => cell.Kind == CellKind.Amount)?.Lead?.Value.Low >= reserved.Cells.LastOrDefault(cell => cell.Kind == CellKind.Amount)?.Lead?.Value.Low;

    private static bool SharesName(CostRow left, CostRow right) => Names(left.Label).Intersect(Names(right.Label)).Any();

    private static IEnumerable<string> Names(string label) => Words.Of(label).Where(word => word.Length > 2 && !Words.Vague.Contains(word) && !Words.Commitment.Contains(word) && !Words.Chosen.Contains(word) && !Words.Alternative.Contains(word) && word is not ("api" or "amazon" or "aws" or "azure" or "google"));

    private static bool SharesSpecification(CostRow left, CostRow right) =>
        left.Cells.Where((cell, index) => cell.Kind == CellKind.Text && index < right.Cells.Count && cell.Text.Any(char.IsAsciiDigit) && cell.Text == right.Cells[index].Text).Any();
}
