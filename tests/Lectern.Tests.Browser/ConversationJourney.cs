using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Lectern.Tests.Browser;

/// <summary>A student opens a lesson, talks with its teacher, and looks back at what was said.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ConversationJourney(Chromium chromium)
{
    [Fact]
    public async Task A_student_asks_about_a_lesson_sees_where_the_answer_stands_and_rates_the_conversation()
    {
        var page = await chromium.StudentPageAsync();
        await page.GotoAsync("/courses");
        await page.GetByRole(AriaRole.Link, new() { Name = "Cell Biology" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Enzymes and ATP" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Talk to the teacher" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Mira Okonjo-Lindqvist" })).ToBeCheckedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start talking" }).ClickAsync();
        var classroom = new Classroom(page);
        await classroom.IsConnectedAsync();

        await classroom.AskAsync(Classroom.Question);
        await Expect(classroom.Answers.Last).ToContainTextAsync("activation energy");
        await classroom.Sources.First.ClickAsync();
        await Expect(classroom.Panel.Locator(".classroom-passage [aria-current], .classroom-passage mark")).Not.ToHaveCountAsync(0);
        await Expect(classroom.Answers.Last).ToBeInViewportAsync();
        await Expect(classroom.Panel.GetByRole(AriaRole.Link, new() { Name = "Open in the lesson" })).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("/courses/cell-biology/.+#p-"));
        await classroom.Button("Close").ClickAsync();

        await classroom.EndAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "See the summary" }).ClickAsync();
        await Expect(page.Locator(".summary-list")).ToContainTextAsync(Classroom.Question);
        await Expect(page.Locator(".summary-list a").First).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^/courses/cell-biology/.+#p-"));
        await page.GetByLabel("Very helpful", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the rating" }).ClickAsync();
        await Expect(page.GetByText("Thank you, your rating is saved.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "My conversations" }).First.ClickAsync();
        await Expect(page.Locator("table")).ToContainTextAsync("5 of 5");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("activation");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("volcano");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing found" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_has_not_talked_yet_is_told_how_to_begin()
    {
        var page = await chromium.StudentPageAsync();

        await page.GotoAsync("/conversations");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No conversations yet" })).ToBeVisibleAsync();
        await Expect(page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Courses" })).ToHaveAttributeAsync("href", "/courses");
    }

    [Fact]
    public async Task Quick_replies_repetition_and_pace_work()
    {
        var classroom = await Classroom.OpenAsync(await chromium.StudentPageAsync());
        await classroom.AskAsync(Classroom.Question);
        var answers = await classroom.Answers.CountAsync();

        await classroom.Button("Quiz me").ClickAsync();
        await Expect(classroom.Answers).ToHaveCountAsync(answers + 1);
        await Expect(classroom.Answers.Last).ToContainTextAsync("Which word is missing?");
        await classroom.Button("Slower").ClickAsync();
        await Expect(classroom.Page.Locator(".classroom-banner")).ToContainTextAsync("85");
        await classroom.Button("Repeat").ClickAsync();

        await Expect(Announced(classroom.Page).Filter(new() { HasText = "Which word is missing?" })).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_screen_reader_is_told_an_answer_once()
    {
        var classroom = await Classroom.OpenAsync(await chromium.StudentPageAsync());
        await classroom.Page.EvaluateAsync("""
            () => {
              window.heard = [];
              for (const region of document.querySelectorAll("[aria-live], [role=status], [role=alert]"))
                new MutationObserver(() => window.heard.push(region.textContent)).observe(region, { childList: true, subtree: true, characterData: true });
            }
            """);

        await classroom.AskAsync(Classroom.Question);
        await Expect(Announced(classroom.Page).Filter(new() { HasText = "Sources:" })).ToHaveCountAsync(1);

        await Expect(Announced(classroom.Page).Filter(new() { HasText = "activation energy" })).ToHaveCountAsync(1);
        await Expect(Announced(classroom.Page).Filter(new() { HasText = "[1]" })).ToHaveCountAsync(0);
        Assert.InRange(await classroom.Page.EvaluateAsync<int>("window.heard.length"), 1, 4);
    }

    [Fact]
    public async Task The_whole_conversation_can_be_held_with_the_keyboard()
    {
        var page = await chromium.StudentPageAsync();
        await page.GotoAsync(Classroom.Lesson);
        await FocusByTabAsync(page, "a[href^='/talk/']");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/talk/**");
        await FocusByTabAsync(page, "main form button[type=submit]");
        await page.Keyboard.PressAsync("Enter");
        var classroom = new Classroom(page);
        await classroom.IsConnectedAsync();

        await FocusByTabAsync(page, "#classroom-message");
        await page.Keyboard.TypeAsync(Classroom.Question);
        await page.Keyboard.PressAsync("Enter");
        await classroom.Sources.First.WaitForAsync();
        await FocusByTabAsync(page, ".classroom-source", backwards: true);
        await page.Keyboard.PressAsync("Enter");
        await Expect(classroom.Panel.GetByRole(AriaRole.Heading).First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(classroom.Panel).ToBeHiddenAsync();
        await Expect(page.Locator(".classroom-source:focus")).ToHaveCountAsync(1);
        await FocusByTabAsync(page, ".classroom-end", backwards: true);
        await page.Keyboard.PressAsync("Enter");
        await FocusByTabAsync(page, "dialog.classroom-dialog .is-main");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".classroom-ending-title")).ToBeFocusedAsync();
        await FocusByTabAsync(page, ".classroom-ending a");
        await Expect(page.Locator(".classroom-ending a")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Transcript" })).ToBeVisibleAsync(new() { Timeout = 15_000 });
    }

    [Fact]
    public async Task Without_scripts_the_classroom_says_what_is_missing_and_the_rest_works()
    {
        var page = await chromium.StudentPageAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        await page.GotoAsync(Classroom.Lesson);
        await page.GetByRole(AriaRole.Link, new() { Name = "Talk to the teacher" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start talking" }).ClickAsync();

        await Expect(page.Locator("noscript .alert-title")).ToBeVisibleAsync();
        Assert.Equal("A conversation needs JavaScript", await page.Locator("noscript .alert-title").TextContentAsync());
        await Expect(page.Locator("[data-part=loading]")).ToBeHiddenAsync();
        await page.Locator("noscript a[href^='/conversations/']").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "End the conversation" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "How was it?" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_third_conversation_at_once_is_refused_with_the_way_on()
    {
        var page = await chromium.StudentPageAsync();
        await Classroom.OpenAsync(page);
        await Classroom.OpenAsync(page, "/courses/algebra/linear-equations");
        await page.GotoAsync("/talk/algebra");

        var answer = await page.RunAndWaitForResponseAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Start talking" }).ClickAsync(), response => response.Request.Method == "POST");

        Assert.Equal(429, answer.Status);
        Assert.True(int.Parse((await answer.HeaderValueAsync("Retry-After"))!, CultureInfo.InvariantCulture) > 0); // a refusal says when
        await Expect(page.GetByText("You are in other conversations")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Go on", Exact = true })).ToHaveCountAsync(2);
    }

    private static ILocator Announced(IPage page) => page.Locator(".classroom > [aria-live] > p");

    private static async Task FocusByTabAsync(IPage page, string selector, bool backwards = false)
    {
        for (var presses = 0; presses < 80; presses++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", selector))
                return;
            await page.Keyboard.PressAsync(backwards ? "Shift+Tab" : "Tab");
        }
        Assert.Fail($"Tab does not reach {selector}.");
    }
}
