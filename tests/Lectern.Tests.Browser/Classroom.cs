using Microsoft.Playwright;

namespace Lectern.Tests.Browser;

/// <summary>What a student does in the classroom, and what is seen there.</summary>
internal sealed class Classroom(IPage page)
{
    public const string Lesson = "/courses/cell-biology/enzymes-and-atp";
    public const string Question = "What does an enzyme do to the activation energy?";

    public IPage Page => page;

    public ILocator Box => page.Locator("#classroom-message");

    public ILocator Answers => page.Locator(".classroom-turn[data-outcome=completed]");

    public ILocator Sources => page.Locator(".classroom-source");

    public ILocator Panel => page.Locator("dialog.classroom-panel");

    public ILocator Ending => page.Locator(".classroom-ending");

    /// <summary>From the lesson's page, as it is done by hand, to the open line.</summary>
    public static async Task<Classroom> OpenAsync(IPage page, string lesson = Lesson)
    {
        await page.GotoAsync(lesson.Replace("/courses/", "/talk/", StringComparison.Ordinal));
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/classroom/*");
        var classroom = new Classroom(page);
        await classroom.IsConnectedAsync();
        return classroom;
    }

    public Task IsConnectedAsync() => page.Locator(".classroom-dot[data-link=open]").WaitForAsync();

    /// <summary>Asks, and waits until the answer is complete.</summary>
    public async Task AskAsync(string question)
    {
        var before = await Answers.CountAsync();
        await SayAsync(question);
        await Answers.Nth(before).WaitForAsync();
    }

    /// <summary>Asks, and does not wait: an answer that is spoken is complete when it was heard.</summary>
    public async Task SayAsync(string question)
    {
        await Box.FillAsync(question);
        await Box.PressAsync("Enter");
    }

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public async Task EndAsync()
    {
        await page.Locator(".classroom-end").ClickAsync();
        await page.Locator("dialog.classroom-dialog .is-main").ClickAsync();
        await Ending.WaitForAsync();
    }
}
