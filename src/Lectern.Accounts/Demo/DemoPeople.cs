using Lectern.Accounts.Contracts;
using Lectern.Platform.Demo;
using Lectern.Platform.Operations;
using Lectern.Platform.Security;

namespace Lectern.Accounts.Demo;

/// <summary>The three people of the demo school. Their password is public, so they exist only in demo mode.</summary>
internal sealed class DemoPeople(IPeople people, DemoMode demo) : IDemoContent
{
    public const string Password = "demo-lectern-1";

    public static IReadOnlyList<NewPerson> All { get; } =
    [
        new("student@demo.test", "Mira Sandoval", Password, [PersonRoles.Student]),
        new("teacher@demo.test", "Jonas Keller", Password, [PersonRoles.Teacher]),
        new("admin@demo.test", "Amara Osei", Password, [PersonRoles.SchoolAdmin]),
    ];

    public async Task LoadAsync(string folder, IProgress<string> progress, CancellationToken ct)
    {
        if (!demo.IsOn)
            return;
        foreach (var person in All)
        {
            if (await people.FindByEmailAsync(person.Email, ct) is not null)
                continue;
            var result = await people.CreateAsync(person, ct);
            if (!result.Succeeded)
                throw new InvalidOperationException($"{person.Email} could not be created: {string.Join(' ', result.Problems)}");
        }
        progress.Report("People: a student, a teacher, an administrator.");
    }
}
