namespace Lectern.Bench.Pages;

/// <param name="IsAnonymous">Asked for by somebody who is not signed in.</param>
/// <param name="Password">A sign-in by API with this body, instead of a page.</param>
internal sealed record Page(string Name, string Path, bool IsAnonymous = false, object? Password = null)
{
    /// <summary>A hash takes a hundred times a page, by design.</summary>
    public int Requests(int usually) => Password is null ? usually : Math.Max(20, usually / 50);
}

/// <summary>The pages that are measured; of the demo school, as its student.</summary>
internal static class Visited
{
    public const string Email = "student@demo.test";
    public const string Password = "demo-lectern-1";

    public static IReadOnlyList<Page> All { get; } =
    [
        // What the machine itself makes of a request: the others are to be read beside it.
        new("nothing", "/healthz", IsAnonymous: true),
        new("home", "/"),
        new("catalogue", "/courses"),
        new("course", "/courses/cell-biology"),
        new("lesson", "/courses/cell-biology/the-cell-membrane"),
        new("search", "/courses/cell-biology/search?q=membrane"),
        new("sign-in form", "/sign-in", IsAnonymous: true),
        new("API: who am I", "/api/v1/me"),
        new("API: sign-in", "/api/v1/auth/token", IsAnonymous: true, Password: new { email = Email, password = Password }),
    ];
}
