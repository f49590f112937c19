using Lectern.Accounts.Passwords;

namespace Lectern.Tests.Accounts;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("1234567890")]
    [InlineData("qwertyuiop")]
    [InlineData("Password123")]
    [InlineData("!!Passwort2026")]
    [InlineData("iloveyou2025!")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abababababab")]
    [InlineData("abcdefghijkl")]
    [InlineData("qwertyqwerty")]
    [InlineData("2026-11-21 10")]
    public void What_attackers_try_first_is_refused(string password) => Assert.Equal(PasswordRules.TooCommon, PasswordRules.Check(password, "ana@example.org", "Ana Example"));

    [Theory]
    [InlineData("ana.example@mail.test")]
    [InlineData("AnaExample1")]
    [InlineData("Ana Example 2026")]
    public void The_own_name_or_address_is_refused(string password) => Assert.Equal(PasswordRules.TooPersonal, PasswordRules.Check(password, "ana.example@mail.test", "Ana Example"));

    [Theory]
    [InlineData("demo-lectern-1")]
    [InlineData("correct horse battery staple")]
    [InlineData("Gartenzwerg im Schnee")]
    [InlineData("zhJ8#kq2Lp")]
    [InlineData("пароль из четырёх слов")]
    public void A_good_password_needs_no_special_characters(string password) => Assert.Null(PasswordRules.Check(password, "ana@example.org", "Ana Example"));
}
