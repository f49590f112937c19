using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Reports;

/// <summary>The lines of the shown month as CSV; a cell that a spreadsheet would take for a formula is written so that it does not.</summary>
internal static class CsvReport
{
    public static string Write(PlanResult result)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\n" });
        Row(csv, "category", "service", "meter", "specification", "role", "for", "quantity_low", "quantity_high", "unit", "unit_price_usd", "monthly_low_usd", "monthly_high_usd", "yearly_low_usd", "yearly_high_usd", "evidence", "checked", "estimate", "price_id", "note");
        foreach (var line in result.Shown.Last.Lines)
        {
            Row(csv, line.Category, line.Service, line.Meter, $"{line.Specification}", PlanWords.Of(PlanWords.Roles, line.Role), line.For ?? "", Number(line.Quantity.Low), Number(line.Quantity.High), line.Unit, line.UnitPrice is { } price ? Number(price) : "",
                Cents(line.Monthly.Low), Cents(line.Monthly.High), Cents(line.Monthly.Low * 12), Cents(line.Monthly.High * 12), $"{line.Evidence}", $"{line.Checked:yyyy-MM-dd}", line.IsEstimate ? "yes" : "no", line.PriceId ?? "", $"{line.Note}");
        }
        var total = result.Shown.Last.Total;
        Row(csv, "Total", "", "", "", "", "", "", "", "", "", Cents(total.Low), Cents(total.High), Cents(total.Low * 12), Cents(total.High * 12), "", "", "", "", "");
        csv.Flush();
        return text.ToString();
    }

    private static void Row(CsvWriter csv, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
            csv.WriteField(cell);
        csv.NextRecord();
    }

    private static string Number(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    private static string Cents(decimal value) => Math.Round(value, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture);
}
