namespace Lectern.Accounts.SignIns;

internal static class ReturnUrl
{
    /// <summary>
    /// The path to return to after signing in: only one of this site, since a link to our sign-in page must not send people elsewhere.
    /// Browsers read <c>//host</c> and <c>/\host</c> as another site, and drop tabs and line breaks before they look.
    /// </summary>
    public static string Local(string? wanted)
    {
        var isLocal = wanted is ['/', ..] && wanted is not ['/', '/' or '\\', ..] && !wanted.Any(char.IsControl);
        return isLocal && !IsAccountDoor(wanted!) ? wanted! : "/"; // checked by the pattern
    }

    private static bool IsAccountDoor(string path) => path.StartsWith("/sign-in", StringComparison.OrdinalIgnoreCase) || path.StartsWith("/sign-out", StringComparison.OrdinalIgnoreCase);
}
