using Lectern.Accounts.Contracts;
using Lectern.Accounts.Invitations;
using Lectern.Accounts.Passwords;
using Lectern.Platform.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Accounts.People;

internal sealed class PeopleDirectory(LecternDb db, UserManager<Person> people, PersonFactory factory, PasswordHashing passwords, PasswordChange change, InvitationBook invitations) : IPeople
{
    public async Task<IReadOnlyDictionary<Guid, PersonName>> NamesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Set<Person>().AsNoTracking().Where(person => ids.Contains(person.Id)).Select(person => new PersonName(person.Id, person.DisplayName))
            .ToDictionaryAsync(name => name.Id, ct);

    public Task<PersonCard?> FindAsync(Guid id, CancellationToken ct) => CardAsync(db.Set<Person>().Where(person => person.Id == id), ct);

    public Task<PersonCard?> FindByEmailAsync(string email, CancellationToken ct)
    {
        var normalized = people.NormalizeEmail(email.Trim());
        return CardAsync(db.Set<Person>().Where(person => person.NormalizedEmail == normalized), ct);
    }

    public async Task<PersonResult> CreateAsync(NewPerson wanted, CancellationToken ct)
    {
        var person = factory.Draft(wanted.Email, wanted.DisplayName, wanted.Locale);
        person.EmailConfirmed = true;
        if (wanted.Password is { } password)
        {
            if (await passwords.ProblemsAsync(person, password) is { Count: > 0 } problems)
                return new PersonResult(null, problems);
            person.PasswordHash = await passwords.HashAsync(person, password, ct);
        }
        var refused = await factory.StoreAsync(person, wanted.Roles, ct);
        return new PersonResult(refused.Count == 0 ? person.Id : null, refused);
    }

    public async Task<PersonResult> ResetPasswordAsync(string email, string password, CancellationToken ct)
    {
        var person = await people.FindByEmailAsync(email.Trim());
        if (person is null || person.DeletedAt is not null)
            return new PersonResult(null, ["Nobody has this e-mail address."]);
        person.EmailConfirmed = true;
        return new PersonResult(person.Id, await change.SetAsync(person, password, keep: null, tell: true, ct));
    }

    public Task<string> InviteAsync(string email, string role, Guid? invitedBy, CancellationToken ct) => invitations.CreateAsync(email, role, invitedBy, ct);

    public async Task<IReadOnlyList<PersonCard>> WithRoleAsync(string role, CancellationToken ct) =>
        await Cards(db.Set<Person>().Where(person => person.LockedAt == null && db.Set<PersonRole>().Any(held => held.PersonId == person.Id && held.Role == role)).OrderBy(person => person.NormalizedEmail)).ToListAsync(ct);

    private Task<PersonCard?> CardAsync(IQueryable<Person> people, CancellationToken ct) => Cards(people).SingleOrDefaultAsync(ct);

    private IQueryable<PersonCard> Cards(IQueryable<Person> people) => people.AsNoTracking()
        .Where(person => person.DeletedAt == null)
        .Select(person => new PersonCard(person.Id, person.DisplayName, person.Email!, person.Locale, // an address is required by the model
            db.Set<PersonRole>().Where(role => role.PersonId == person.Id).Select(role => role.Role).ToList()));
}
