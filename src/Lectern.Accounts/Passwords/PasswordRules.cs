using Lectern.Accounts.People;
using Microsoft.AspNetCore.Identity;

namespace Lectern.Accounts.Passwords;

/// <summary>
/// Length counts, composition does not: see docs/decisions/0003-passwords.md. Refused are the commonest passwords, the person's own name and
/// address, and repetitions. The descriptions are English texts, translated where they are shown.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<Person>
{
    public const int MinLength = 10;
    public const int MaxLength = 200;

    // T["This password is one of the first that would be tried. Please choose another, such as four words that do not belong together."]
    internal const string TooCommon = "This password is one of the first that would be tried. Please choose another, such as four words that do not belong together.";
    // T["Please choose a password that is not your name or e-mail address."]
    internal const string TooPersonal = "Please choose a password that is not your name or e-mail address.";

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) =>
        Task.FromResult(Check(password ?? "", user.Email, user.DisplayName) is { } problem ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = problem }) : IdentityResult.Success);

    /// <summary>What is wrong with it (an English text), or null. The length is checked by the form's annotations and by Identity.</summary>
    internal static string? Check(string password, string? email, string? name)
    {
        var plain = password.ToLowerInvariant();
        if (CommonPasswords.Contains(plain) || plain.Distinct().Count() < 5)
            return TooCommon;
        return IsAbout(plain, email) || IsAbout(plain, email?.Split('@')[0]) || IsAbout(plain, name) ? TooPersonal : null;
    }

    // The name with a year or some digits behind it is still the name.
    private static bool IsAbout(string password, string? own)
    {
        if (own is not { Length: >= 4 })
            return false;
        var word = new string([.. own.ToLowerInvariant().Where(char.IsLetterOrDigit)]);
        var letters = new string([.. password.Where(char.IsLetterOrDigit)]);
        return word.Length >= 4 && letters.Contains(word, StringComparison.Ordinal) && letters.Length - word.Length < 5;
    }
}
