using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>A larger machine of the same family costs more than a smaller one; where it does not, one of the prices is wrong.</summary>
internal sealed class SizeChecks : IAuditCheck
{
    public void Check(AuditScope scope)
    {
        var machines = scope.Content.Tables.Where(table => !table.IsList).SelectMany(MachinesOf).ToList();
        foreach (var family in machines.GroupBy(machine => machine.Family))
        {
            foreach (var machine in family)
            {
                if (family.FirstOrDefault(other => other.Size > machine.Size && other.Each <= machine.Each * 1.02m || other.Size < machine.Size && other.Each * 1.02m >= machine.Each) is { } odd)
                    Report(scope, machine, odd);
            }
        }
    }

    /// <summary>"15 × Standard_D8s_v3" in a row with one amount: what one machine costs there.</summary>
    internal static IEnumerable<Machine> MachinesOf(CostTable table)
    {
        if (table.Amounts.FirstOrDefault(column => column.Period != Period.Year) is not { } amounts)
            yield break;
        foreach (var row in table.Rows.Where(row => row.Role == RowRole.Item && row[amounts] is { Kind: CellKind.Amount, IsOpen: false, Lead.Value.IsSingle: true }))
        {
            foreach (var cell in table.Columns.Where(column => column.Role == ColumnRole.Text).Select(column => row[column]))
            {
                if (cell.Figures is [{ Value: { IsSingle: true, Low: > 0 } } count, ..] && NameAfter(cell.Text, count.End) is { } name && MachineSizes.Of(name) is { } size)
                    yield return new Machine(row, row[amounts].Lead!, name, size.Family, size.Size, count.Value.Low); // filtered above
            }
        }
    }

    private static string? NameAfter(string text, int at)
    {
        var rest = text.AsSpan(at).TrimStart();
        if (rest.Length < 2 || rest[0] is not ('×' or 'x' or '*'))
            return null;
        rest = rest[1..].TrimStart();
        var end = 0;
        while (end < rest.Length && (char.IsLetterOrDigit(rest[end]) || rest[end] is '.' or '_' or '-'))
            end++;
        return end > 0 ? rest[..end].ToString() : null;
    }

    private static void Report(AuditScope scope, Machine machine, Machine other) =>
        scope.Report(machine.Row.Line, FindingKind.SizeIgnored, Certainty.Likely, $"{machine.Row.Label}: {machine.Name}", Extent.Of(machine.Each), null, machine.Amount.Currency, "{this} at {price} each, and {other} at {otherPrice} each in line {line}: the larger one should cost more.",
            ("this", machine.Name), ("price", Amounts.Plain(Math.Round(machine.Each, 2))), ("other", other.Name), ("otherPrice", Amounts.Plain(Math.Round(other.Each, 2))), ("line", other.Row.Line.ToString()));

    internal sealed record Machine(CostRow Row, Figure Amount, string Name, string Family, decimal Size, decimal Count)
    {
        public decimal Each => Amount.Value.Low / Count;
    }
}
