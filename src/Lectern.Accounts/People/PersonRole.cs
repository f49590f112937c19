using Lectern.Platform.Data;

namespace Lectern.Accounts.People;

/// <summary>That a person holds one of <see cref="Platform.Security.PersonRoles"/>.</summary>
internal sealed class PersonRole : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public Guid PersonId { get; private set; }

    public string Role { get; private set; } = "";

    public DateTimeOffset GrantedAt { get; private set; }

    public static PersonRole Create(Guid personId, string role, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), PersonId = personId, Role = role, GrantedAt = now };
}
