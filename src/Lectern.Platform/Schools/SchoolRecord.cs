using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lectern.Platform.Schools;

/// <summary>A row of <c>school</c>; the table belongs to no school.</summary>
internal sealed class SchoolRecord
{
    public Guid Id { get; private set; }

    public string Slug { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string TimeZone { get; private set; } = "";

    public string Locale { get; private set; } = "";

    public string Currency { get; private set; } = "";

    public bool IsSystem { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static SchoolRecord Create(School school, DateTimeOffset now) => new()
    {
        Id = school.Id,
        Slug = school.Slug,
        Name = school.Name,
        TimeZone = school.TimeZone,
        Locale = school.Locale,
        Currency = school.Currency,
        IsSystem = school.IsSystem,
        CreatedAt = now,
    };

    public School ToSchool() => new(Id, Slug, Name, TimeZone, Locale, Currency, IsSystem);

    public void Describe(string name, string timeZone, string locale) => (Name, TimeZone, Locale) = (name, timeZone, locale);
}

/// <summary>A host name by which a school is reached.</summary>
internal sealed class SchoolHost
{
    public string Host { get; private set; } = "";

    public Guid SchoolId { get; private set; }

    public static SchoolHost Create(string host, Guid schoolId) => new() { Host = host.ToLowerInvariant(), SchoolId = schoolId };

    internal sealed class Configuration : IEntityTypeConfiguration<SchoolHost>
    {
        public void Configure(EntityTypeBuilder<SchoolHost> builder) => builder.HasKey(host => host.Host);
    }
}
