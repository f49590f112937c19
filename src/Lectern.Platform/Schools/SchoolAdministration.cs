using Lectern.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Platform.Schools;

/// <summary>Creates schools and their host names.</summary>
public sealed class SchoolAdministration(LecternDbFactory databases, SchoolDirectory directory, TimeProvider time)
{
    /// <summary>Slug of the school in which platform administrators live.</summary>
    public const string SystemSlug = "system";

    /// <summary>The school with this slug, created if it is missing.</summary>
    public async Task<School> EnsureAsync(NewSchool wanted, CancellationToken ct)
    {
        if (await directory.FindBySlugAsync(wanted.Slug, ct) is { } existing)
            return existing;
        var now = time.GetUtcNow();
        var school = new School(Guid.CreateVersion7(now), wanted.Slug, wanted.Name, wanted.TimeZone, wanted.Locale, wanted.Currency, wanted.Slug == SystemSlug);
        await using var db = databases.CreateWithoutSchool();
        db.Add(SchoolRecord.Create(school, now));
        db.AddRange(wanted.Hosts.Select(host => SchoolHost.Create(host, school.Id)));
        await db.SaveChangesAsync(ct);
        directory.Forget();
        return school;
    }

    /// <summary>Changes what a school is called and where its days begin.</summary>
    public async Task DescribeAsync(Guid schoolId, string name, string timeZone, string locale, CancellationToken ct)
    {
        await using var db = databases.CreateWithoutSchool();
        var school = await db.Set<SchoolRecord>().SingleAsync(record => record.Id == schoolId, ct);
        school.Describe(name, timeZone, locale);
        await db.SaveChangesAsync(ct);
        directory.Forget();
    }
}

/// <summary>A school to be created. <see cref="School"/> tells what each value is.</summary>
public sealed record NewSchool(string Slug, string Name, string TimeZone, string Locale, string Currency, IReadOnlyList<string> Hosts);
