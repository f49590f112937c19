using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Reports;

/// <summary>Puts a result into words and tables, in English.</summary>
internal static class PlanReport
{
    public static Report Of(PlanResult result)
    {
        var phase = result.Shown.Phase;
        var isDocumented = phase.Profile == ProfileKind.Documented;
        var sections = new List<ReportSection> { Lines(result, isDocumented) };
        sections.AddRange(isDocumented ? [] : [Units(result), Clouds(result), PurchasesOf(result), Drivers(result)]);
        if (result.Phases.Count > 1)
            sections.Add(PhasesOf(result));
        sections.Add(Quarters(result));
        if (!isDocumented && phase.Documented.Count > 0)
            sections.Add(Beside(result));
        sections.AddRange([Warnings(result), Standing(result)]);
        return new Report(result.Plan.Name, Lead(result, isDocumented), [.. sections.Where(section => section.Rows.Count + section.Sentences.Count > 0)]);
    }

    private static List<string> Lead(PlanResult result, bool isDocumented)
    {
        var phase = result.Shown.Phase;
        var until = phase.From.AddMonths(phase.Months - 1);
        var students = phase.Workload[WorkloadInputs.Students];
        var name = phase.Name == result.Plan.Name ? "" : phase.Name + ", ";
        return
        [
            isDocumented ? $"As the estimate has it: {name}{phase.From:yyyy-MM} to {until:yyyy-MM}"
                : $"{PlanWords.Of(PlanWords.Profiles, phase.Profile)} on {PlanWords.Of(PlanWords.Clouds, result.Cloud)} ({result.Plan.Regions.GetValueOrDefault(result.Cloud) ?? "region of reference"}), {PlanWords.Of(PlanWords.Purchases, phase.Purchase)}: {name}{phase.From:yyyy-MM} to {until:yyyy-MM}",
            .. isDocumented ? Array.Empty<string>() : [$"{Amounts.Quantity(students)} {(students is { IsExact: true, Low: 1 } ? "student" : "students")}, {Amounts.Quantity(phase.Workload.ActiveStudents)} active; {Amounts.Quantity((phase.Workload.PeakSessions + phase.Workload.PeakCalls).RoundedUp)} conversations at the busiest moment; month {result.Shown.Last.Month}"],
        ];
    }

    private static ReportSection Lines(PlanResult result, bool isDocumented)
    {
        var bill = result.Shown.Last;
        var rows = new List<ReportRow>();
        foreach (var subtotal in bill.Subtotals)
        {
            rows.Add(ReportRow.Group(subtotal.Category, Amounts.Money(subtotal.Monthly), Amounts.Money(subtotal.Monthly * 12)));
            foreach (var line in bill.Lines.Where(line => line.Category == subtotal.Category))
                rows.AddRange([ReportRow.Of("  " + Name(line), Amount(line), line.Role is LineRole.Additive or LineRole.Optional ? Amounts.Money(line.Monthly * 12) : ""), ReportRow.Note(Detail(line, result.Day))]);
        }
        rows.Add(ReportRow.Total("Total", Amounts.Money(bill.Total), Amounts.Money(bill.Total * 12)));
        if (isDocumented && result.Shown.Phase.Stated is { } stated)
            rows.Add(ReportRow.Of("Stated by the estimate", Amounts.Money(stated.Monthly), Amounts.Money(stated.Monthly * 12)));
        return new ReportSection(isDocumented ? "The estimate, added up" : "The bill of a month", [], [new("Service"), new("Month", IsNumber: true), new("Year", IsNumber: true)], rows);
    }

    private static string Name(BillLine line) => (line.Meter.Length == 0 ? line.Service : $"{line.Service}, {line.Meter}") + line.Role switch
    {
        LineRole.Optional => " (optional)",
        LineRole.Alternative => " (instead)",
        LineRole.Commitment => " (commitment)",
        LineRole.Saving => " (saving)",
        _ => "",
    };

    // Beneath the name, which a narrow table cuts.
    private static string? Counts(BillLine line) => line.Role switch
    {
        LineRole.Optional => "counted at the high end",
        LineRole.Alternative => $"instead of {line.For ?? "another"}: not counted",
        LineRole.Commitment => $"for {line.For ?? "another"}: not counted",
        LineRole.Saving => $"on {line.For ?? "another"}",
        _ => null,
    };

    private static string Amount(BillLine line) => line.Role switch
    {
        LineRole.Saving => Amounts.Money(line.Shown),
        LineRole.Alternative or LineRole.Commitment => $"({Amounts.Money(line.Monthly)})",
        _ => Amounts.Money(line.Monthly),
    };

    private static string Detail(BillLine line, DateOnly day)
    {
        var quantity = $"{Amounts.Quantity(line.Quantity)} {line.CountedUnit}".Trim();
        var product = line.UnitPrice is { } price ? $"{quantity} × {Amounts.UnitPrice(price)}{(line.IsByMonth ? " a month" : "")}" : line.Quantity is { IsExact: true, Low: 1 } ? null : quantity;
        var evidence = line.Stated is { } stated ? $"stated {Amounts.Money(stated)}" : line.Evidence is { } known ? Age(known, line.Checked, day) : null;
        return string.Join("; ", new[] { Counts(line), product, evidence, line.Specification?.ToString(), line.Note?.ToString(), line.IsEstimate ? "estimate for this region" : null }.OfType<string>());
    }

    private static string Age(Evidence evidence, DateOnly? on, DateOnly day)
    {
        var label = evidence switch { Evidence.Source => "source", Evidence.Secondary => "secondary", Evidence.Unverified => "unverified", _ => "stated" };
        return on is { } checkedOn ? $"price {label}, {Math.Max(0, (day.DayNumber - checkedOn.DayNumber) / 30)} months old" : $"price {label}";
    }

    private static ReportSection Units(PlanResult result)
    {
        var units = result.Units;
        List<(string What, Interval? Cost)> rows = [("A student", units.PerStudent), ("An active student", units.PerActiveStudent), ("A conversation", units.PerSession), ("A call", units.PerCall)];
        var table = rows.Where(row => row.Cost is not null).Select(row => ReportRow.Of(row.What, Amounts.Money(row.Cost ?? Interval.Zero))).ToList();
        if (!units.Staff.IsZero)
            table.Add(ReportRow.Of("Staff, not in the bill above", Amounts.Money(units.Staff)));
        if (units.BreakEven is { } even)
            table.Add(ReportRow.Total($"Break-even: each of {Amounts.Percent(result.Plan.Paying)} of the students pays{(units.Staff.IsZero ? ", staff not counted" : "")}", Amounts.Money(even)));
        return new ReportSection("What one costs, a month", [], [new(""), new("Month", IsNumber: true)], table);
    }

    private static ReportSection Clouds(PlanResult result)
    {
        if (result.Clouds.Count < 2)
            return new ReportSection("", [], [], []);
        var categories = result.Clouds.SelectMany(cloud => cloud.Bill.Subtotals.Select(subtotal => subtotal.Category)).Distinct().OrderBy(BillCategories.Order).ToList();
        var rows = categories.ConvertAll(category => ReportRow.Of([category, .. result.Clouds.Select(cloud => Amounts.Short(cloud.Bill.Subtotals.FirstOrDefault(subtotal => subtotal.Category == category)?.Monthly ?? Interval.Zero))]));
        rows.Add(ReportRow.Total(["Total", .. result.Clouds.Select(cloud => Amounts.Short(cloud.Bill.Total))]));
        rows.Add(ReportRow.Of(["Difference", .. result.Clouds.Select(cloud => cloud.Cloud == result.Cloud ? "" : Amounts.Short(cloud.Difference))]));
        var missing = result.Clouds.SelectMany(cloud => cloud.Bill.Warnings.Where(warning => warning.Kind == "no-price").Select(warning => $"{PlanWords.Of(PlanWords.Clouds, cloud.Cloud)}: {warning.Text}"));
        return new ReportSection("Clouds side by side, a month", [.. missing], [new(""), .. result.Clouds.Select(cloud => new ReportColumn(PlanWords.Of(PlanWords.Clouds, cloud.Cloud) + (cloud.IsCheapest ? " (cheapest)" : ""), IsNumber: true))], rows);
    }

    private static ReportSection PurchasesOf(PlanResult result) => new("Ways to buy, a month", result.Purchases.Skip(1).All(option => option.Saving.IsZero) ? ["For these servers the catalogue knows no commitment."] : [], [new(""), new("Month", IsNumber: true), new("Saved against on demand", IsNumber: true)],
        [.. result.Purchases.Select(option => ReportRow.Of(PlanWords.Purchases.First(word => word.Value == option.Purchase).Key, Amounts.Money(option.Monthly), option.Purchase == Purchase.OnDemand ? "" : Amounts.Money(option.Saving)))]);

    private static ReportSection Drivers(PlanResult result) => new("What the bill depends on most: the month with a fifth less or more of it", [], [new(""), new("20 % less", IsNumber: true), new("20 % more", IsNumber: true)],
        [.. result.Drivers.Take(8).Select(driver => ReportRow.Of(driver.Input.Label, Amounts.Money(Interval.Exactly(driver.Less)), Amounts.Money(Interval.Exactly(driver.More))))]);

    private static ReportSection PhasesOf(PlanResult result) => new("Phases", [], [new("Phase"), new("From"), new("Months", IsNumber: true), new("Students", IsNumber: true), new("Last month", IsNumber: true), new("Over the phase", IsNumber: true)],
        [.. result.Phases.Select(phase => ReportRow.Of(phase.Phase.Name, $"{phase.Phase.From:yyyy-MM}", $"{phase.Phase.Months}", Amounts.Quantity(phase.Phase.Workload[WorkloadInputs.Students]), Amounts.Money(phase.Last.Total), Amounts.Money(phase.Sum))),
            ReportRow.Total("Over all phases", "", $"{result.Phases.Sum(phase => phase.Phase.Months)}", "", "", Amounts.Money(result.Total))]);

    private static ReportSection Quarters(PlanResult result) => new("Budget by quarter", [], [new("Quarter"), new("Amount", IsNumber: true)],
        [.. result.Quarters.Select(quarter => ReportRow.Of($"{quarter.Year} Q{quarter.Quarter}", Amounts.Money(quarter.Sum))), ReportRow.Total("Together", Amounts.Money(result.Total))]);

    private static ReportSection Beside(PlanResult result)
    {
        var documented = new Bill(result.Cloud, 1, [.. Parts.DocumentedLines.Of(result.Shown.Phase.Documented)], []);
        var rows = new List<ReportRow> { ReportRow.Of("Rows of the estimate, added up", Amounts.Money(documented.Total)) };
        if (result.Shown.Phase.Stated is { } stated)
            rows.Insert(0, ReportRow.Of("What the estimate states", Amounts.Money(stated.Monthly)));
        rows.Add(ReportRow.Total("This plan", Amounts.Money(result.Shown.Last.Total)));
        return new ReportSection("Beside the estimate", ["--profile documented shows its rows."], [new(""), new("Month", IsNumber: true)], rows);
    }

    private static ReportSection Warnings(PlanResult result) => new("Warnings", [.. result.Warnings.Select(warning => warning.Text.ToString())], [], []);

    private static ReportSection Standing(PlanResult result)
    {
        var sentences = result.Sources.Select(source => source.ToString()).ToList();
        if (sentences.Count > 0)
            sentences.Add($"Servers keep {Amounts.Percent(result.Plan.HeadRoom)} free at the busiest moment.");
        if (result.Plan.Assumed.Count > 0 && result.Shown.Phase.Profile != ProfileKind.Documented)
            sentences.Add("Assumed, because the plan does not say it: " + string.Join("; ", result.Plan.Assumed.Select(assumed => $"{assumed.Key} = {assumed.Value}")) + ".");
        return new ReportSection("What it stands on", sentences, [], []);
    }
}
