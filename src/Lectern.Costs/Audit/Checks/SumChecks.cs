using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>Subtotals and totals against their rows, column by column.</summary>
internal sealed class SumChecks : IAuditCheck
{
    private const int MostUnnamed = 4;

    public void Check(AuditScope scope)
    {
        foreach (var table in scope.Content.Tables)
        {
            var pairs = Alternatives.Of(table);
            foreach (var column in table.Amounts.Where(column => column.Role == ColumnRole.Amount || table.Rows.Any(row => row.IsSum)))
                CheckColumn(scope, table, column, pairs);
        }
    }

    private static void CheckColumn(AuditScope scope, CostTable table, CostColumn column, IReadOnlyList<Alternatives.Pair> pairs)
    {
        var lines = SumLines.Of(table, column).ToList();
        if (!lines.Exists(line => line.IsSum))
            return;
        var currencies = lines.Select(line => line.Figure?.Currency).Where(currency => currency is not null).Distinct().Count();
        if (currencies > 1 || lines.Exists(line => line.Figure?.IsAmbiguous == true))
            return;
        // Rows that stand out without a name: counted as subtotals where that explains more of the totals below.
        var unnamed = lines.FindAll(line => line.Row.StandsOut && line.Role == RowRole.Item).Take(MostUnnamed).Select(line => line.Row.Line).ToList();
        var standing = lines;
        if (unnamed.Count > 0 && LeadingSums.Fold(lines, pairs, scope, out var isSure) is { } folded && (isSure || Walk(scope, folded, pairs, report: null).Count < Walk(scope, lines, pairs, report: null).Count))
            (standing, unnamed) = (folded, []);
        var best = Enumerable.Range(0, 1 << unnamed.Count)
            .Select(mask => standing.ConvertAll(line => unnamed.IndexOf(line.Row.Line) is var index and >= 0 && (mask >> index & 1) == 1 ? line with { Role = RowRole.Subtotal } : line))
            .Select(reading => (Reading: reading, Failed: Walk(scope, reading, pairs, report: null).Count(wrong => !unnamed.Contains(wrong.Row.Line))))
            .MinBy(candidate => candidate.Failed).Reading;
        Walk(scope, best, pairs, column);
    }

    private static List<SumLine> Walk(AuditScope scope, List<SumLine> lines, IReadOnlyList<Alternatives.Pair> pairs, CostColumn? report)
    {
        var readings = new SumReadings(pairs);
        var wrong = new List<SumLine>();
        foreach (var line in lines)
        {
            if (line.IsSum)
            {
                if (readings.HasItems && !readings.IsOpen && line is { Figure: not null, Value: not null })
                {
                    var right = IsRight(scope, readings, line, report);
                    if (!right)
                        wrong.Add(line);
                }
                readings.Close(line);
            }
            else if (line.Role is RowRole.Item or RowRole.Saving)
            {
                readings.AddItem(line);
            }
        }
        return wrong;
    }

    private static bool IsRight(AuditScope scope, SumReadings readings, SumLine line, CostColumn? report)
    {
        var figure = line.Figure!; // the caller looked
        var candidates = readings.For(line).ToList();
        foreach (var (value, onSubtotal) in candidates)
        {
            if (!Agreement.OfSum(figure, value, readings.ShowCents, scope.Content.HasCents))
                continue;
            if (report is not null && onSubtotal && readings.LastSum is { } below && scope.Corrected.TryGetValue((below.Row.Line, report.Index), out var corrected))
                ReportCarried(scope, line, value - below.Value!.Value + corrected, below, report); // a sum that is stood on has its value
            return true;
        }
        if (report is not null)
            Report(scope, readings, line, candidates.ConvertAll(candidate => candidate.Value), report);
        return false;
    }

    private static void Report(AuditScope scope, SumReadings readings, SumLine line, List<Extent> candidates, CostColumn column)
    {
        var figure = line.Figure!; // only lines with a figure come here
        var first = candidates.MinBy(candidate => Math.Abs(candidate.High - figure.Value.High) > Math.Abs(figure.Value.High) * 0.6m ? 1 : 0);
        scope.Corrected[(line.Row.Line, column.Index)] = first;
        var name = line.Row.Label;
        if (readings.WithBoth().Any(both => Agreement.OfSum(figure, both, readings.ShowCents, scope.Content.HasCents)))
            scope.Report(line.Row.Line, FindingKind.CountedTwice, Certainty.Likely, name, figure.Value, first, figure.Currency, "The total counts two rows of which one replaces the other.");
        else if (Agreement.IsRounding(figure, first))
            scope.Report(line.Row.Line, FindingKind.Rounding, Certainty.Possible, name, figure.Value, first, figure.Currency, "The total is rounded further than its digits say.");
        else
            scope.Report(line.Row.Line, FindingKind.Sum, Certainty.Certain, name, figure.Value, first, figure.Currency, "The rows above add up to another sum.");
    }

    private static void ReportCarried(AuditScope scope, SumLine line, Extent right, SumLine below, CostColumn column)
    {
        scope.Corrected[(line.Row.Line, column.Index)] = right;
        scope.Report(line.Row.Line, FindingKind.CarriedOn, Certainty.Likely, line.Row.Label, line.Figure!.Value, right, line.Figure.Currency, "The sum stands on line {line}, which is wrong.", ("line", below.Row.Line.ToString()));
    }
}
