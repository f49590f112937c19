using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Lectern.Tests.Browser;

/// <summary>What holds for every page: axe finds nothing, nothing scrolls sideways on a phone, everything reads from right to left too.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class PageChecks(Chromium chromium)
{
    private const string Course = "/courses/cell-biology";

    // The demo's month of spending.
    private static string LastMonth => DateTime.UtcNow.AddDays(-DateTime.UtcNow.Day).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly string[] OfAnybody = ["/", "/sign-in", "/register", "/forgot-password", "/courses", Course, "/no-such-page"];
    private static readonly string[] OfStudents = ["/", Course, Classroom.Lesson, $"{Course}/search?q=enzyme", "/talk/cell-biology", "/conversations", "/conversations?q=volcano", "/account", "/account/sign-ins", "/sign-out"];
    private static readonly string[] OfTeachers = ["/teaching/cell-biology/conversations", Course];
    private static readonly string[] OfAdministrators = ["/admin/conversations", "/admin/people", "/admin/invitations", "/admin/school", "/admin/dead-letters", "/teaching/cell-biology/teachers", "/admin/costs", $"/admin/costs?month={LastMonth}", "/admin/costs/budgets", "/admin/costs/expected", "/admin/costs/prices", "/admin/costs/plan", "/admin/costs/audit"];

    /// <summary>Scheme, width, language.</summary>
    public static TheoryData<string, int, string> Looks => new()
    {
        { "light", 1280, "en" }, { "dark", 1280, "de" }, { "light", 320, "en" }, { "dark", 390, "qps-plocm" },
    };

    [Theory, MemberData(nameof(Looks))]
    public async Task Pages_are_accessible_and_fit(string scheme, int width, string language)
    {
        foreach (var (person, paths) in new[] { (null, OfAnybody), ("student@demo.test", OfStudents), ("teacher@demo.test", OfTeachers), ("admin@demo.test", OfAdministrators) })
        {
            var page = await PageAsync(scheme, width, language);
            if (person is not null)
                await Chromium.SignInAsync(page, person);
            await SpeakAsync(page, language);
            foreach (var path in paths)
            {
                await page.GotoAsync(path);
                await CheckAsync(page, $"{path} {scheme} {width} {language}", width);
            }
            await page.Context.CloseAsync();
        }
    }

    [Theory, MemberData(nameof(Looks))]
    public async Task A_conversation_is_accessible_and_fits_in_all_its_states(string scheme, int width, string language)
    {
        var page = await PageAsync(scheme, width, language);
        await Chromium.SignInAsync(page, await chromium.NewStudentAsync());
        await SpeakAsync(page, language);
        var classroom = await Classroom.OpenAsync(page);
        var at = $"{scheme} {width} {language}";
        await CheckAsync(page, $"begun {at}", width);

        await classroom.AskAsync(Classroom.Question);
        await CheckAsync(page, $"answered {at}", width);
        await classroom.Sources.First.ClickAsync();
        await classroom.Panel.Locator("[aria-current], mark").First.WaitForAsync();
        await CheckAsync(page, $"source {at}", width);
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".classroom-end").ClickAsync();
        await CheckAsync(page, $"end? {at}", width);
        await page.Locator("dialog.classroom-dialog .is-main").ClickAsync();
        await classroom.Ending.WaitForAsync();
        await CheckAsync(page, $"ended {at}", width);
        await classroom.Ending.GetByRole(AriaRole.Link).ClickAsync();
        await page.WaitForURLAsync("**/conversations/*");
        await CheckAsync(page, $"summary {at}", width);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Only_the_conversation_scrolls_in_the_classroom()
    {
        var page = await chromium.PageAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = 390, Height = 844 } });
        await Chromium.SignInAsync(page, await chromium.NewStudentAsync());
        var classroom = await Classroom.OpenAsync(page);
        await classroom.AskAsync(Classroom.Question);
        await classroom.AskAsync("What is ATP used for?");

        Assert.Equal(844, await page.EvaluateAsync<int>("document.documentElement.scrollHeight"));
        Assert.True(await page.EvaluateAsync<bool>("(s => s.scrollHeight > s.clientHeight)(document.querySelector('.classroom-scroller'))"));
        await Assertions.Expect(classroom.Box).ToBeInViewportAsync(new() { Ratio = 1 });
        await Assertions.Expect(classroom.Sources.Last).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [Fact]
    public async Task From_right_to_left_the_teacher_is_at_the_right_and_the_source_at_the_left()
    {
        var page = await PageAsync("light", 1280, "qps-plocm");
        await Chromium.SignInAsync(page, await chromium.NewStudentAsync());
        await SpeakAsync(page, "qps-plocm");
        var classroom = await Classroom.OpenAsync(page);
        await classroom.AskAsync(Classroom.Question);
        await classroom.Sources.First.ClickAsync();

        Assert.Equal("rtl", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.classroom')).direction"));
        var (teacher, conversation, source) = (await LeftAsync(page, ".classroom-header"), await LeftAsync(page, ".classroom-conversation"), await LeftAsync(page, ".classroom-panel"));
        Assert.True(source < conversation && conversation < teacher, $"source {source}, conversation {conversation}, teacher {teacher}");
    }

    [Fact]
    public async Task A_lesson_prints_as_a_sheet_to_read()
    {
        var page = await chromium.StudentPageAsync();
        await page.GotoAsync(Classroom.Lesson);
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        foreach (var gone in new[] { ".site-header", ".site-footer", ".talk-panel", ".pager", "main > form" })
            await Assertions.Expect(page.Locator(gone).First).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".prose math").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".prose svg[role=img]").First).ToBeVisibleAsync();
        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }

    private Task<IPage> PageAsync(string scheme, int width, string language) => chromium.PageAsync(new BrowserNewContextOptions
    {
        ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
        ViewportSize = new() { Width = width, Height = width < 600 ? 760 : 800 },
    });

    // After signing in, which is done in English.
    private static async Task SpeakAsync(IPage page, string language) => await page.GotoAsync($"/?lang={language}");

    internal static async Task CheckAsync(IPage page, string where, int width)
    {
        var found = await page.RunAxe();
        var wrong = found.Violations.SelectMany(violation => violation.Nodes.Select(node => (violation.Id, node.Html))).Where(one => !IsExcused(one.Id, one.Html)).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Select(one => $"{where}: {one.Id}: {one.Html}")));
        Assert.True(width >= await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), $"{where} scrolls sideways.");
    }

    // A formula wider than the phone scrolls, and browsers themselves let the keyboard reach what scrolls and holds nothing to reach.
    // A name made from another text than the one that is seen holds it in every language but the pseudo-language, which ends each with a bracket.
    private static bool IsExcused(string rule, string html) => rule switch
    {
        "scrollable-region-focusable" => html.StartsWith("<math", StringComparison.Ordinal),
        "label-content-name-mismatch" => html.Contains('⟦', StringComparison.Ordinal),
        _ => false,
    };

    private static async Task<float> LeftAsync(IPage page, string selector) => (await page.Locator(selector).BoundingBoxAsync())!.X; // it is visible
}
