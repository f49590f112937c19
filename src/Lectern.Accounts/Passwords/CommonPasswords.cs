using System.Collections.Frozen;

namespace Lectern.Accounts.Passwords;

/// <summary>
/// The passwords that attackers try first, among those long enough to pass. A password is also refused if it is one of the short stems
/// with digits or marks around it (<c>password2024!</c>, <c>123qwerty123</c>), or a run along the alphabet or the keyboard.
/// </summary>
internal static class CommonPasswords
{
    private static readonly FrozenSet<string> Stems = new[]
    {
        "password", "passwort", "passw0rd", "p@ssword", "p@ssw0rd", "motdepasse", "contrasena", "welcome", "willkommen", "bienvenue", "letmein", "changeme", "default",
        "administrator", "admin", "adminadmin", "root", "user", "guest", "test", "testtest", "testing", "demo", "login", "master", "secret", "geheim", "school", "schule", "student", "teacher",
        "lehrer", "schueler", "lectern", "classroom", "qwerty", "qwertz", "azerty", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfgh", "asdfghjkl", "zxcvbnm", "yxcvbnm", "qazwsx", "qazwsxedc",
        "iloveyou", "ichliebedich", "jetaime", "sunshine", "princess", "football", "fussball", "baseball", "basketball", "superman", "batman", "spiderman", "pokemon", "minecraft", "starwars",
        "dragon", "monkey", "shadow", "michael", "jennifer", "jordan", "liverpool", "chelsea", "arsenal", "barcelona", "computer", "internet", "whatever", "trustno", "hello", "hallo", "bonjour",
        "summer", "sommer", "winter", "spring", "autumn", "january", "february", "december", "monday", "freedom", "flower", "cheese", "chocolate", "butterfly", "mustang", "ferrari", "samsung",
        "google", "facebook", "abc", "abcd", "abcdef", "aaa", "qwe", "asd", "qweasd", "qweasdzxc", "loveyou", "mylove", "babygirl", "charlie", "thomas", "daniel", "jessica", "nothing", "unknown",
    }.ToFrozenSet();

    private static readonly string[] Runs =
        ["01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn", "1q2w3e4r5t6y7u8i9o0p"];

    /// <param name="password">In lower case.</param>
    public static bool Contains(string password)
    {
        if (Runs.Any(run => run.Contains(password, StringComparison.Ordinal)) || IsHalfTwice(password))
            return true;
        var stem = password.Trim([.. "0123456789!?.,;:-_+*#$%&/()=@ "]);
        return stem.Length == 0 || Stems.Contains(stem);
    }

    private static bool IsHalfTwice(string password) =>
        password.Length % 2 == 0 && password.AsSpan(0, password.Length / 2).SequenceEqual(password.AsSpan(password.Length / 2)) && Contains(password[..(password.Length / 2)]);
}
