using Lectern.Accounts.Contracts;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Lectern.Tests.Server.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Lectern.Tests.Browser;

/// <summary>One Chromium and one running program for all journeys.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public LecternProgram Program { get; } = new();

    public async Task InitializeAsync()
    {
        await Program.InitializeAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await LaunchAsync(_playwright);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        await Program.DisposeAsync();
    }

    /// <summary>A Chromium without a screen.</summary>
    internal static Task<IBrowser> LaunchAsync(IPlaywright playwright, params string[] flags) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Find(), Headless = true, Args = [.. Flags, .. flags] });

    /// <summary>A fresh page, as a new visitor has it.</summary>
    public Task<IPage> PageAsync(BrowserNewContextOptions? options = null) => PageAsync(_browser!, Program.Address.Port, options); // set by InitializeAsync

    internal static async Task<IPage> PageAsync(IBrowser browser, int port, BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.BaseURL ??= $"http://demo.localhost:{port}";
        options.Locale ??= "en-GB";
        var context = await browser.NewContextAsync(options);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(15_000);
        return page;
    }

    public static async Task SignInAsync(IPage page, string email = "student@demo.test")
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = false }).First.FillAsync(LecternProgram.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>A student of the demo school who has done nothing yet; the limits of conversations count per student.</summary>
    /// <returns>The e-mail address.</returns>
    public async Task<string> NewStudentAsync()
    {
        var email = $"{Guid.NewGuid():N}@demo.test";
        await using var scope = Program.Services.GetRequiredService<SchoolScopes>().Enter(Program.Demo);
        var made = await scope.ServiceProvider.GetRequiredService<IPeople>().CreateAsync(new NewPerson(email, "Nadia Newcomer", LecternProgram.Password, [PersonRoles.Student]), default);
        Assert.Empty(made.Problems);
        return email;
    }

    /// <summary>A page on which a new student is signed in.</summary>
    public async Task<IPage> StudentPageAsync(BrowserNewContextOptions? options = null)
    {
        var page = await PageAsync(options);
        await SignInAsync(page, await NewStudentAsync());
        return page;
    }

    private static string Find() => new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException("Chromium is not installed; ./test installs it where it may.");
}

[CollectionDefinition(Name)]
public sealed class ChromiumCollection : ICollectionFixture<Chromium>
{
    public const string Name = "chromium";
}
