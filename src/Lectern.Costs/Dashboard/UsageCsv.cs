using CsvHelper;
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
    private static readonly string[] Columns = ["day", "course", "course_id", "kind", "provider", "price_id", "pricing", "quantity", "amount", "currency", "records"];

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
        using (var csv = CsvWriter.Create(stream, CsvWriterOptions.Default with { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true))
        {
            foreach (var name in Columns)
                csv.WriteField(name);
            csv.EndRecord();
            foreach (var sum in sums)
                Write(csv, sum, courses);
        }
        return stream.ToArray();
    }

    private static void Write(CsvWriter csv, DaySum sum, IReadOnlyDictionary<Guid, string> courses)
    {
        csv.WriteField(sum.Day, "yyyy-MM-dd");
        csv.WriteField(sum.CourseId is { } id ? courses.GetValueOrDefault(id, "") : "");
        csv.WriteField(sum.CourseId?.ToString() ?? "");
        csv.WriteField(sum.Kind);
        csv.WriteField(sum.Provider);
        csv.WriteField(sum.PriceId ?? "");
        csv.WriteField(sum.Pricing);
        csv.WriteField(sum.Quantity, "0.######");
        csv.WriteField(Micros.ToUnits(sum.Amount), "0.000000");
        csv.WriteField(sum.Currency);
        csv.WriteField(sum.Records, "0");
        csv.EndRecord();
    }
}
