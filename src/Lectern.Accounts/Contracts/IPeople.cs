namespace Lectern.Accounts.Contracts;

/// <summary>A person's id and the name to show. The name of an erased account is empty.</summary>
public sealed record PersonName(Guid Id, string DisplayName);

/// <summary>What other rooms may know about a person.</summary>
/// <param name="Locale">BCP 47, or null where the person has not chosen.</param>
/// <param name="Roles">Of <see cref="Platform.Security.PersonRoles"/>.</param>
public sealed record PersonCard(Guid Id, string DisplayName, string Email, string? Locale, IReadOnlyList<string> Roles);

/// <summary>Somebody to be created by the program itself: the command line, the demo, an import. The address counts as confirmed.</summary>
/// <param name="Password">Null for somebody who will set one by "forgot password".</param>
public sealed record NewPerson(string Email, string DisplayName, string? Password, IReadOnlyList<string> Roles, string? Locale = null);

/// <summary>What came of creating a person or setting a password. <paramref name="Problems"/> are English sentences.</summary>
public sealed record PersonResult(Guid? Id, IReadOnlyList<string> Problems)
{
    public bool Succeeded => Problems.Count == 0;
}

/// <summary>The people of the scope's school.</summary>
public interface IPeople
{
    /// <summary>The names of those that exist, by id, in one query.</summary>
    Task<IReadOnlyDictionary<Guid, PersonName>> NamesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct);

    Task<PersonCard?> FindAsync(Guid id, CancellationToken ct);

    Task<PersonCard?> FindByEmailAsync(string email, CancellationToken ct);

    /// <summary>Everybody who holds the role and may sign in, in the order of their addresses.</summary>
    Task<IReadOnlyList<PersonCard>> WithRoleAsync(string role, CancellationToken ct);

    /// <summary>Creates the person, or says why not (address taken, password refused, role not of this school).</summary>
    Task<PersonResult> CreateAsync(NewPerson person, CancellationToken ct);

    /// <summary>Sets a password for somebody and ends all their sign-ins.</summary>
    Task<PersonResult> ResetPasswordAsync(string email, string password, CancellationToken ct);

    /// <summary>Invites somebody by mail; returns the link, which works once.</summary>
    /// <param name="invitedBy">Null when the program itself invites.</param>
    /// <exception cref="ArgumentException">The role does not exist in this school.</exception>
    Task<string> InviteAsync(string email, string role, Guid? invitedBy, CancellationToken ct);
}
