using System.Text.Encodings.Web;
using System.Text.Json;
using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Reports;

/// <summary>The whole result as JSON. Amounts are US dollars a month, rounded to cents.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(PlanResult result) => JsonSerializer.Serialize(new
    {
        plan = result.Plan.Name,
        file = result.Plan.File,
        day = result.Day,
        cloud = PlanWords.Of(PlanWords.Clouds, result.Cloud),
        region = result.Plan.Regions.GetValueOrDefault(result.Cloud),
        currency = "USD",
        shown = Phase(result.Shown),
        lines = result.Shown.Last.Lines.Select(Line),
        subtotals = result.Shown.Last.Subtotals.Select(subtotal => new { subtotal.Category, monthly = Money(subtotal.Monthly), yearly = Money(subtotal.Monthly * 12), explanation = $"{BillCategories.Explain(subtotal.Category)}" }),
        total = new { monthly = Money(result.Shown.Last.Total), yearly = Money(result.Shown.Last.Total * 12) },
        units = new { perStudent = Money(result.Units.PerStudent), perActiveStudent = Money(result.Units.PerActiveStudent), perSession = Money(result.Units.PerSession), perCall = Money(result.Units.PerCall), staff = Money(result.Units.Staff), breakEven = Money(result.Units.BreakEven) },
        clouds = result.Clouds.Select(cloud => new { cloud = PlanWords.Of(PlanWords.Clouds, cloud.Cloud), monthly = Money(cloud.Bill.Total), difference = Money(cloud.Difference), cloud.IsCheapest, subtotals = cloud.Bill.Subtotals.ToDictionary(subtotal => subtotal.Category, subtotal => Money(subtotal.Monthly)), warnings = cloud.Bill.Warnings.Select(Warning) }),
        purchases = result.Purchases.Select(option => new { purchase = PlanWords.Of(PlanWords.Purchases, option.Purchase), monthly = Money(option.Monthly), saving = Money(option.Saving) }),
        drivers = result.Drivers.Select(driver => new { input = driver.Input.Key, less = Math.Round(driver.Less, 2), more = Math.Round(driver.More, 2) }),
        phases = result.Phases.Select(Phase),
        quarters = result.Quarters.Select(quarter => new { quarter.Year, quarter.Quarter, sum = Money(quarter.Sum) }),
        sum = Money(result.Total),
        warnings = result.Warnings.Select(Warning),
        standsOn = result.Sources.Select(source => source.ToString()),
        assumed = result.Plan.Assumed.Select(assumed => new { assumed.Key, assumed.Value }),
    }, Json) + "\n";

    private static object Phase(PhaseCost phase) => new { phase.Phase.Name, from = phase.Phase.From, phase.Phase.Months, profile = PlanWords.Of(PlanWords.Profiles, phase.Phase.Profile), students = new { phase.Phase.Workload[WorkloadInputs.Students].Low, phase.Phase.Workload[WorkloadInputs.Students].High }, lastMonth = Money(phase.Last.Total), sum = Money(phase.Sum), stated = Money(phase.Phase.Stated?.Monthly) };

    private static object Line(BillLine line) => new
    {
        line.Category,
        line.Service,
        line.Meter,
        specification = line.Specification?.ToString(),
        role = PlanWords.Of(PlanWords.Roles, line.Role),
        line.For,
        quantity = new { line.Quantity.Low, line.Quantity.High },
        line.Unit,
        line.UnitPrice,
        monthly = Money(line.Monthly),
        yearly = Money(line.Monthly * 12),
        stated = Money(line.Stated),
        line.PriceId,
        evidence = line.Evidence?.ToString(),
        line.Checked,
        line.IsEstimate,
        note = line.Note?.ToString(),
    };

    private static object Warning(PlanWarning warning) => new { warning.Kind, text = warning.Text.ToString() };

    private static Amount? Money(Interval? amount) => amount is { } known ? new Amount(Math.Round(known.Low, 2, MidpointRounding.AwayFromZero), Math.Round(known.High, 2, MidpointRounding.AwayFromZero)) : null;

    private sealed record Amount(decimal Low, decimal High);
}
