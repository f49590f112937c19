using System.Globalization;
using System.Text;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Reports;

/// <summary>The lines of the shown month as CSV; a cell that a spreadsheet would take for a formula is written so that it does not.</summary>
internal static class CsvReport
{
    public static string Write(PlanResult result)
    {
        var csv = new StringBuilder();
        Row(csv, "category", "service", "meter", "specification", "role", "for", "quantity_low", "quantity_high", "unit", "unit_price_usd", "monthly_low_usd", "monthly_high_usd", "yearly_low_usd", "yearly_high_usd", "evidence", "checked", "estimate", "price_id", "note");
        foreach (var line in result.Shown.Last.Lines)
        {
            Row(csv, line.Category, line.Service, line.Meter, $"{line.Specification}", PlanWords.Of(PlanWords.Roles, line.Role), line.For ?? "", Number(line.Quantity.Low), Number(line.Quantity.High), line.Unit, line.UnitPrice is { } price ? Number(price) : "",
                Cents(line.Shown.Low), Cents(line.Shown.High), Cents(line.Shown.Low * 12), Cents(line.Shown.High * 12), $"{line.Evidence}", $"{line.Checked:yyyy-MM-dd}", line.IsEstimate ? "yes" : "no", line.PriceId ?? "", $"{line.Note}");
        }
        var total = result.Shown.Last.Total;
        Row(csv, "Total", "", "", "", "", "", "", "", "", "", Cents(total.Low), Cents(total.High), Cents(total.Low * 12), Cents(total.High * 12), "", "", "", "", "");
        return csv.ToString();
    }

    // RFC 4180, with line feeds alone.
    private static void Row(StringBuilder csv, params string[] cells) => csv.AppendJoin(',', cells.Select(cell => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? Harmless(cell) : $"\"{Harmless(cell).Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append('\n');

    private static string Harmless(string cell) => cell is ['=' or '@' or '\t' or '\r', ..] or ['+' or '-', not (>= '0' and <= '9'), ..] ? "'" + cell : cell;

    private static string Number(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    private static string Cents(decimal value) => Math.Round(value, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture);
}
