using System.CommandLine;
using System.Text;
using Lectern.Accounts.Contracts;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;

namespace Lectern.Server.CommandLine;

/// <summary><c>user add</c> and <c>user reset-password</c>: for the moment when nobody can sign in. Passwords come from the terminal or standard input, never from a flag.</summary>
internal static class UserCommands
{
    private static readonly Argument<string> Email = new("email") { Description = "The person's e-mail address." };
    private static readonly Option<string> Name = new("--name") { Description = "The name to show (the address without its host)." };
    private static readonly Option<string> SchoolSlug = new("--school") { Description = "The school's short name; not needed when there is one school." };
    private static readonly Option<string> Role = new("--role") { Description = "student, teacher, school-admin; platform-admin in the school \"system\".", DefaultValueFactory = _ => PersonRoles.Student };

    public static Command Create()
    {
        Role.AcceptOnlyFromAmong([.. PersonRoles.All]);
        var add = new Command("add", "Add a person; asks for a password.") { Email, Name, Role, SchoolSlug, CommonOptions.Data };
        add.SetAction((parsed, ct) => DatabaseCommand.RunAsync(parsed, (services, _) => AddAsync(parsed, services, ct), ct));
        var reset = new Command("reset-password", "Give a person a new password and end every sign-in.") { Email, SchoolSlug, CommonOptions.Data };
        reset.SetAction((parsed, ct) => DatabaseCommand.RunAsync(parsed, (services, _) => ResetAsync(parsed, services, ct), ct));
        return new Command("user", "People who can sign in.") { add, reset };
    }

    private static async Task AddAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        var email = parsed.GetRequiredValue(Email);
        await using var scope = await EnterAsync(parsed, services, ct);
        var person = new NewPerson(email, parsed.GetValue(Name) ?? email.Split('@')[0], ReadPassword(), [parsed.GetRequiredValue(Role)]);
        Report(await scope.ServiceProvider.GetRequiredService<IPeople>().CreateAsync(person, ct), $"{email} can sign in.");
    }

    private static async Task ResetAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        var email = parsed.GetRequiredValue(Email);
        await using var scope = await EnterAsync(parsed, services, ct);
        Report(await scope.ServiceProvider.GetRequiredService<IPeople>().ResetPasswordAsync(email, ReadPassword(), ct), $"{email} has a new password, and every sign-in was ended.");
    }

    private static async Task<AsyncServiceScope> EnterAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        var schools = (await services.GetRequiredService<SchoolDirectory>().AllAsync(ct)).ToList();
        var wanted = parsed.GetValue(SchoolSlug);
        var school = wanted is not null ? schools.Find(known => known.Slug == wanted) : schools.Where(known => !known.IsSystem).Take(2).ToList() is [var only] ? only : null;
        return school is not null
            ? services.GetRequiredService<SchoolScopes>().Enter(school)
            : throw new CommandFailedException($"Which school? Name it with --school: {string.Join(", ", schools.Select(known => known.Slug))}.");
    }

    private static void Report(PersonResult result, string done)
    {
        if (result.Problems.Count > 0)
            throw new CommandFailedException(string.Join(Environment.NewLine, result.Problems) + Environment.NewLine + "Nothing was changed.");
        Console.WriteLine(done);
    }

    private static string ReadPassword()
    {
        if (Console.IsInputRedirected)
            return Console.In.ReadLine() ?? throw new CommandFailedException("No password came from standard input. Nothing was changed.");
        Console.Write("Password: ");
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key != ConsoleKey.Backspace)
                typed.Append(key.KeyChar);
            else if (typed.Length > 0)
                typed.Length--;
        }
        Console.WriteLine();
        return typed.ToString();
    }
}
