using Deque.AxeCore.Playwright;
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

    [Theory]
    [InlineData("/", false)]
    [InlineData("/sign-in", false)]
    [InlineData("/courses", false)]
    [InlineData("/courses/algebra", false)]
    [InlineData("/courses/algebra/linear-equations", true)]
    [InlineData("/courses/algebra/search?q=slope", true)]
    [InlineData("/account", true)]
    [InlineData("/account/sign-ins", true)]
    public async Task Axe_finds_nothing(string path, bool signIn)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await chromium.PageAsync(new BrowserNewContextOptions { ColorScheme = scheme });
            if (signIn)
                await Chromium.SignInAsync(page);
            await page.GotoAsync(path);

            var found = await page.RunAxe();

            Assert.Empty(found.Violations.Select(violation => $"{scheme} {violation.Id}: {string.Join(" | ", violation.Nodes.Select(node => node.Html).Take(3))}"));
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/courses/algebra/linear-equations")]
    [InlineData("/courses/sound-and-music/intervals-and-scales")]
    public async Task No_page_scrolls_sideways_on_a_phone(string path)
    {
        var page = await chromium.PageAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = 320, Height = 640 } });
        await Chromium.SignInAsync(page);
        await page.GotoAsync(path);

        Assert.Equal(320, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
