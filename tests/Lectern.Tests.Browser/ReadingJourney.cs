using Microsoft.Playwright;

namespace Lectern.Tests.Browser;

/// <summary>A student signs in, finds a course, reads a lesson and notes that it is done.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ReadingJourney(Chromium chromium)
{
    [Fact]
    public async Task A_student_signs_in_reads_a_lesson_and_finishes_it()
    {
        var page = await chromium.PageAsync();
        await Chromium.SignInAsync(page, "teacher@demo.test");

        await page.GotoAsync("/courses");
        await page.GetByRole(AriaRole.Link, new() { Name = "Algebra" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Start the first lesson" }).ClickAsync();
        Assert.True(await page.Locator("article.lesson math").CountAsync() > 3);
        Assert.True(await page.Locator("article.lesson svg[role=img]").CountAsync() >= 1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark as finished" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark as not finished" }).WaitForAsync();
        await page.GotoAsync("/courses/algebra");

        Assert.Contains("1 of 7", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lesson_reads_without_script()
    {
        var page = await chromium.PageAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        await Chromium.SignInAsync(page);

        await page.GotoAsync("/courses/sound-and-music/loudness");

        Assert.Contains("decibel", await page.Locator("article.lesson").InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_search_in_a_course_leads_to_the_paragraph()
    {
        var page = await chromium.PageAsync();
        await Chromium.SignInAsync(page);

        await page.GotoAsync("/courses/sound-and-music/search?q=thunder+lightning");
        await page.Locator(".search-results a").First.ClickAsync();

        var target = new Uri(page.Url).Fragment[1..];
        Assert.StartsWith("p-", target, StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator($"[id='{target}']").CountAsync());
    }
}
