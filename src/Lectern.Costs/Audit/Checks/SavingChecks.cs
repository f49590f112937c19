using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>Savings against what they reduce: a reservation saves the difference of two lines, and nothing saves more than it costs.</summary>
internal sealed class SavingChecks : IAuditCheck
{
    private static readonly string[] SaveWords = ["save ", "saves ", "saving ", "savings ", "spart ", "ersparnis "];
    private static readonly string[] Comparing = ["compared", " vs", "versus", " than ", "cheaper"];

    public void Check(AuditScope scope)
    {
        var pairs = scope.Content.Tables.SelectMany(Alternatives.Of).Where(pair => pair.IsCommitment).Select(SavingOf).OfType<Commitment>().ToList();
        foreach (var table in scope.Content.Tables.Where(table => !table.IsList))
        {
            if (pairs.Count > 0)
                CheckClaims(scope, table, pairs);
            foreach (var row in table.Rows.Where(row => row.Role == RowRole.Saving))
                CheckAgainstLines(scope, table, row);
            CheckBaseline(scope, table);
        }
        if (pairs.Count > 0)
            CheckLists(scope, pairs);
    }

    private static Commitment? SavingOf(Alternatives.Pair pair) =>
        AmountOf(pair.Normal) is { } normal && AmountOf(pair.Other) is { } other ? new Commitment(pair.Other.Line, normal.Low - other.Low) : null;

    private static Extent? AmountOf(CostRow row) => row.Cells.LastOrDefault(cell => cell is { Kind: CellKind.Amount, IsOpen: false })?.Lead?.Value;

    private static void CheckClaims(AuditScope scope, CostTable table, List<Commitment> pairs)
    {
        var before = new List<Figure>();
        foreach (var row in table.Rows)
        {
            var claims = ClaimsOf(table, row).ToList();
            var isAboutCommitment = Words.Of(row.Label).Any(Words.Commitment.Contains) && row.Role is RowRole.OtherTotal or RowRole.Saving;
            foreach (var (claim, months) in claims)
            {
                // The same saving beside the row above it is not the reservation's.
                if (isAboutCommitment && !before.Exists(known => known.Value == claim.Value))
                    Compare(scope, row.Line, row.Label, claim, months, pairs);
            }
            before = claims.ConvertAll(claim => claim.Claim);
        }
    }

    private static IEnumerable<(Figure Claim, int Months)> ClaimsOf(CostTable table, CostRow row)
    {
        foreach (var column in table.Columns.Where(column => column.Role != ColumnRole.Difference))
        {
            var cell = row[column];
            if (row.Role == RowRole.Saving && column.Role == ColumnRole.Amount && cell is { Kind: CellKind.Amount, Lead: { Value.Low: < 0 } reduction })
                yield return (reduction with { Value = reduction.Value.Abs() }, column.Period == Period.Year ? 12 : 1);
            foreach (var figure in cell.Figures.Where(figure => figure.IsMoney && IsClaimed(cell.Text, figure)))
                yield return (figure, figure.Period == Period.Year || cell.Lead is { Period: Period.Year } lead && lead != figure && figure.Period == Period.None ? 12 : 1);
        }
    }

    // "saves $163 compared to Azure" is about something else.
    private static bool IsClaimed(string text, Figure figure) => !Comparing.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) && SaveWords.Any(word => text.AsSpan(0, figure.Start).TrimEnd("~ ").ToString().EndsWith(word.Trim(), StringComparison.OrdinalIgnoreCase));

    private static void CheckLists(AuditScope scope, List<Commitment> pairs)
    {
        var reader = new FigureReader(scope.Content.Source.Convention);
        foreach (var list in scope.Content.Lists.Where(list => list.Intro is { } intro && Words.Of(intro.Text).Any(Words.Commitment.Contains)))
        {
            foreach (var item in list.Items)
            {
                foreach (var figure in reader.Read(item.Text).Where(figure => figure.IsMoney && !figure.IsRate && IsClaimed(item.Text, figure)))
                    Compare(scope, item.Line, item.Text, figure, figure.Period == Period.Year ? 12 : 1, pairs);
            }
        }
    }

    private static void Compare(AuditScope scope, int line, string item, Figure claim, int months, List<Commitment> pairs)
    {
        var possible = pairs.Select(pair => pair.Saving * months).Append(pairs.Sum(pair => pair.Saving) * months).ToList();
        if (possible.Exists(saving => Math.Abs(saving - claim.Value.High) <= Math.Max(1m, saving * 0.05m)))
            return;
        var nearest = pairs.LastOrDefault(pair => pair.Line < line) ?? pairs[0];
        scope.Report(line, FindingKind.Saving, Certainty.Likely, item, claim.Value, Extent.Of(nearest.Saving * months), claim.Currency, "The reservation of line {line} saves another amount.", ("line", nearest.Line.ToString()));
    }

    // A saving that names what it reduces is at most as large as that.
    private static void CheckAgainstLines(AuditScope scope, CostTable table, CostRow row)
    {
        var words = Words.Of(row.Words).Where(word => word.Length > 3 && !Words.Vague.Contains(word) && !Words.Saving.Contains(word) && !Words.Commitment.Contains(word)).ToHashSet();
        foreach (var column in table.Of(ColumnRole.Amount))
        {
            if (row[column] is not { Kind: CellKind.Amount, Lead: { } saving })
                continue;
            var lines = table.Rows.Where(other => other.Role == RowRole.Item && other.Line < row.Line && other[column] is { Kind: CellKind.Amount } && Words.Of(other.Label).Any(words.Contains)).ToList();
            var most = lines.Sum(other => other[column].Lead!.Value.High); // amounts have figures
            if (lines.Count > 0 && saving.Value.Abs().High > most + 0.01m)
                scope.Report(row.Line, FindingKind.Saving, Certainty.Likely, row.Label, saving.Value.Abs(), Extent.Of(most), saving.Currency, "The saving is larger than what it reduces.");
        }
    }

    // "Savings vs X": the row that is the baseline, less this one.
    private static void CheckBaseline(AuditScope scope, CostTable table)
    {
        foreach (var column in table.Of(ColumnRole.Difference))
        {
            if (table.Rows.FirstOrDefault(row => row[column].Text.Contains("baseline", StringComparison.OrdinalIgnoreCase)) is not { } baseline)
                continue;
            foreach (var row in table.Rows.Where(row => row != baseline && row.Role != RowRole.Heading))
            {
                if (row[column].Figures is not [{ IsMoney: true, Period: Period.Month or Period.Year } claim, ..])
                    continue;
                var amounts = table.Amounts.LastOrDefault(other => claim.Period == Period.Year ? other.Period == Period.Year : other.Period is Period.Month or Period.None);
                if (amounts is null || row[amounts].Lead is not { } own || baseline[amounts].Lead is not { } from)
                    continue;
                var computed = from.Value - own.Value;
                if (Math.Abs(computed.Low - claim.Value.Low) > 1)
                    scope.Report(row.Line, FindingKind.Saving, Certainty.Likely, row.Label, claim.Value, computed, claim.Currency, "The difference from the baseline of line {line} is another.", ("line", baseline.Line.ToString()));
            }
        }
    }

    private sealed record Commitment(int Line, decimal Saving);
}
