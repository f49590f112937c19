using Lectern.Costs.Audit.Reading;

namespace Lectern.Costs.Audit.Tables;

/// <summary>Makes cost tables of raw ones, and passes over all others.</summary>
internal static class CostTables
{
    public static CostTable? TryRead(RawTable raw, NumberConvention convention)
    {
        var reader = new CellReader(convention);
        var cells = raw.Rows.Select(row => (IReadOnlyList<Cell>)row.Cells.Select(reader.Read).ToList()).ToList();
        if (ColumnRoles.Of(raw.Headers, cells) is not { } columns)
            return null;
        return new CostTable(raw.Line, columns, RowRoles.Of(raw.Rows, cells, columns)) { Headings = raw.Headings };
    }
}
