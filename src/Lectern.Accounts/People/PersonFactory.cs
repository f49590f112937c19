using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lectern.Accounts.People;

/// <summary>Makes accounts: one place for what every new person has.</summary>
internal sealed class PersonFactory(LecternDb db, SchoolContext school, UserManager<Person> people, TimeProvider time)
{
    // T["This e-mail address already has an account."] T["This is not an e-mail address."] T["This role does not exist in this school."]
    internal const string EmailTaken = "This e-mail address already has an account.";

    public Person Draft(string email, string displayName, string? locale) => Person.Create(email, displayName, locale, time.GetUtcNow());

    /// <summary>Stores the person with roles; returns problems (English texts), and has then stored nothing. Saves whatever else waits in the unit of work.</summary>
    public async Task<IReadOnlyList<string>> StoreAsync(Person person, IReadOnlyList<string> roles, CancellationToken ct)
    {
        if (roles.Except(SchoolRoles.Of(school.Required)).Any())
            return ["This role does not exist in this school."];
        var now = time.GetUtcNow();
        List<PersonRole> held = [.. roles.Distinct().Select(role => PersonRole.Create(person.Id, role, now))];
        try
        {
            db.AddRange(held);
            var result = await people.CreateAsync(person);
            if (result.Succeeded)
                return [];
            held.ForEach(role => db.Entry(role).State = EntityState.Detached);
            return [.. result.Errors.Select(Describe).Distinct()];
        }
        catch (DbUpdateException taken) when (taken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Somebody else took the address between the check and the insert.
            held.ForEach(role => db.Entry(role).State = EntityState.Detached);
            db.Entry(person).State = EntityState.Detached;
            return [EmailTaken];
        }
    }

    private static string Describe(IdentityError error) => error.Code switch
    {
        nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName) => EmailTaken,
        nameof(IdentityErrorDescriber.InvalidEmail) or nameof(IdentityErrorDescriber.InvalidUserName) => "This is not an e-mail address.",
        _ => error.Description,
    };
}
