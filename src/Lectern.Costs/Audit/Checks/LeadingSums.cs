using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>Headings within a table that hold the sum of the rows beneath them: "**Servers** | **$26.93**" above its three servers.</summary>
internal static class LeadingSums
{
    /// <summary>The lines with such groups folded into their headings; null where there is none.</summary>
    /// <param name="isSure">Two groups at least, one of several rows: nobody writes that by chance.</param>
    public static List<SumLine>? Fold(List<SumLine> lines, IReadOnlyList<Alternatives.Pair> pairs, AuditScope scope, out bool isSure)
    {
        var (groups, largest) = (0, 0);
        var kept = new List<SumLine>();
        for (var at = 0; at < lines.Count; at++)
        {
            kept.Add(lines[at]);
            if (lines[at].Row.StandsOut && lines[at].Role == RowRole.Item && EndOfGroup(lines, at) is var end && end > at + 1 && IsSumOf(lines[at], lines[(at + 1)..end], pairs, scope))
                (groups, largest, at) = (groups + 1, Math.Max(largest, end - at - 1), end - 1);
        }
        isSure = groups > 1 && largest > 1;
        return kept.Count < lines.Count ? kept : null;
    }

    private static int EndOfGroup(List<SumLine> lines, int heading)
    {
        var end = heading + 1;
        while (end < lines.Count && lines[end] is { Role: RowRole.Item or RowRole.Saving, Row.StandsOut: false })
            end++;
        return end;
    }

    private static bool IsSumOf(SumLine heading, List<SumLine> rows, IReadOnlyList<Alternatives.Pair> pairs, AuditScope scope)
    {
        if (heading.Figure is not { } figure || rows.Exists(row => row.Value is null))
            return false;
        var readings = new SumReadings(pairs);
        rows.ForEach(readings.AddItem);
        return readings.For(heading).Any(reading => Agreement.OfSum(figure, reading.Value, readings.ShowCents, scope.Content.HasCents));
    }
}
