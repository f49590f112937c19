using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Lectern.Costs.Budgets;
using Lectern.Costs.Contracts;
using Lectern.Costs.Metering;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Costs.Dashboard;

/// <summary><c>/admin/costs/usage.csv?month=2026-11</c>: a school's month by day, course, kind and price. Column names and numbers are the same in every language.</summary>
internal static class UsageCsv
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/admin/costs/usage.csv", DownloadAsync).RequireAuthorization(Policies.SchoolAdministration).ExcludeFromDescription();

    private static async Task<Results<FileContentHttpResult, NotFound>> DownloadAsync(
        string? month, LecternDb db, SchoolContext school, IEnumerable<ICourseTitles> titles, TimeProvider time, CancellationToken ct)
    {
        var wanted = month is null ? SpentKey.FirstOf(school.Required.Day(time.GetUtcNow())) : CostMonths.Read(month);
        if (wanted is not { } first)
            return TypedResults.NotFound();
        var next = first.AddMonths(1);
        var sums = await db.Set<DaySum>().AsNoTracking().Where(sum => sum.Day >= first && sum.Day < next).OrderBy(sum => sum.Day).ThenBy(sum => sum.Kind).ThenBy(sum => sum.Provider).ToListAsync(ct);
        var bytes = Write(sums, await CourseNames.ReadAsync(titles, ct));
        return TypedResults.File(bytes, "text/csv; charset=utf-8", $"lectern-costs-{CostMonths.Write(first)}.csv");
    }

    /// <summary>A spreadsheet must not take a course's title for a formula.</summary>
    internal static byte[] Write(IEnumerable<DaySum> sums, IReadOnlyDictionary<Guid, string> courses)
    {
        using var stream = new MemoryStream();
        // With a mark, or Excel reads it in the machine's own code page.
        using (var text = new StreamWriter(stream, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\r\n" }))
        {
            foreach (var name in (string[])["day", "course", "course_id", "kind", "provider", "price_id", "pricing", "quantity", "amount", "currency", "records"])
                csv.WriteField(name);
            csv.NextRecord();
            foreach (var sum in sums)
            {
                csv.WriteField(sum.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                csv.WriteField(sum.CourseId is { } id ? courses.GetValueOrDefault(id, "") : "");
                csv.WriteField(sum.CourseId?.ToString() ?? "");
                csv.WriteField(sum.Kind);
                csv.WriteField(sum.Provider);
                csv.WriteField(sum.PriceId ?? "");
                csv.WriteField(sum.Pricing);
                // Numbers may begin with a minus, which is no formula.
                csv.WriteField(sum.Quantity.ToString("0.######", CultureInfo.InvariantCulture), shouldQuote: false);
                csv.WriteField(Micros.ToUnits(sum.Amount).ToString("0.000000", CultureInfo.InvariantCulture), shouldQuote: false);
                csv.WriteField(sum.Currency);
                csv.WriteField(sum.Records);
                csv.NextRecord();
            }
        }
        return stream.ToArray();
    }
}
