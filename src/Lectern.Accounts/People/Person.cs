using Lectern.Platform.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lectern.Accounts.People;

/// <summary>Somebody's account in one school. The same e-mail address in two schools is two people.</summary>
internal sealed class Person : IdentityUser<Guid>, ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public string DisplayName { get; private set; } = "";

    /// <summary>BCP 47; null follows the browser, then the school.</summary>
    public string? Locale { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? LastSeenAt { get; private set; }

    /// <summary>When an administrator locked the account. Wrong passwords lock for minutes only, by <see cref="IdentityUser{TKey}.LockoutEnd"/>.</summary>
    public DateTimeOffset? LockedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public bool MaySignIn => LockedAt is null && DeletedAt is null;

    public static Person Create(string email, string displayName, string? locale, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserName = email.Trim(),
        Email = email.Trim(),
        DisplayName = displayName.Trim(),
        Locale = locale,
        CreatedAt = now,
        LockoutEnabled = true,
    };

    public void Describe(string displayName, string? locale) => (DisplayName, Locale) = (displayName.Trim(), string.IsNullOrWhiteSpace(locale) ? null : locale);

    public void Lock(DateTimeOffset now) => LockedAt ??= now;

    public void Unlock()
    {
        LockedAt = null;
        LockoutEnd = null;
        AccessFailedCount = 0;
    }

    /// <summary>Removes what tells who this was. The row stays, so that what refers to it still does.</summary>
    public void Erase(DateTimeOffset now)
    {
        var nobody = $"erased-{Id:n}@invalid";
        (UserName, Email, NormalizedUserName, NormalizedEmail) = (nobody, nobody, nobody.ToUpperInvariant(), nobody.ToUpperInvariant());
        (DisplayName, Locale, PasswordHash, EmailConfirmed, DeletedAt, LastSeenAt) = ("", null, null, false, now, null);
        SecurityStamp = Guid.NewGuid().ToString("n");
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> builder)
        {
            builder.ToTable("person").HasKey(person => person.Id);
            builder.Ignore(person => person.PhoneNumber);
            builder.Ignore(person => person.PhoneNumberConfirmed);
            builder.Ignore(person => person.MaySignIn);
            builder.Property(person => person.ConcurrencyStamp).IsConcurrencyToken();
            foreach (var name in (string[])[nameof(UserName), nameof(NormalizedUserName), nameof(Email), nameof(NormalizedEmail), nameof(SecurityStamp), nameof(ConcurrencyStamp)])
                builder.Property(name).IsRequired();
        }
    }
}
