using Lectern.Costs.Budgets;
using Lectern.Costs.Contracts;
using Lectern.Costs.Metering;
using Lectern.Platform.Schools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Lectern.Tests.Browser;

/// <summary>An administrator looks at a month of spending, sets alarms and a budget; a student is told what a budget has switched off.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class CostsJourney(Chromium chromium)
{
    [Fact]
    public async Task The_demo_month_shows_its_alarms_and_the_cap_that_was_reached()
    {
        var page = await chromium.PageAsync();
        await Chromium.SignInAsync(page, "admin@demo.test");
        await page.GotoAsync("/admin/costs");
        await page.Locator("nav.spend-months a[rel=prev]").ClickAsync();

        await Assertions.Expect(page.Locator(".spend-chart svg[role=img]")).ToBeVisibleAsync();
        Assert.True(await page.Locator(".spend-chart rect.spend-part").CountAsync() > 100);
        var alarms = page.GetByRole(AriaRole.Region, new() { Name = "Alarms" }).First;
        foreach (var percent in new[] { "50%", "80%", "100%" })
            await Assertions.Expect(alarms.GetByText(percent, new() { Exact = true })).ToBeVisibleAsync();
        var steps = page.GetByRole(AriaRole.Region, new() { Name = "Switched off, and on again" }).First;
        foreach (var step in new[] { "Avatar off", "Voice off", "Typed only", "No new conversations" })
            await Assertions.Expect(steps.GetByText(step, new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByText("The sums of each day").ClickAsync();
        Assert.True(await page.Locator(".spend-days tbody tr").CountAsync() > 20);

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download as CSV" }).ClickAsync());
        Assert.StartsWith("lectern-costs-", download.SuggestedFilename, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_founding_documents_alarms_are_entered_and_those_below_the_plan_are_said_to_be()
    {
        var page = await chromium.PageAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        await Chromium.SignInAsync(page, "admin@demo.test");
        foreach (var (amount, period) in new[] { ("200", "month"), ("5000", "month"), ("2", "day") })
        {
            await page.GotoAsync("/admin/costs/budgets");
            await page.GetByLabel("Per", new() { Exact = true }).SelectOptionAsync(period);
            await page.GetByLabel("Amount", new() { Exact = true }).FillAsync(amount);
            await page.GetByLabel("When it is reached").SelectOptionAsync("alarm");
            await page.GetByLabel("Tell at").FillAsync("100");
            await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
            await page.WaitForURLAsync("**done=saved");
        }

        await Assertions.Expect(page.GetByText("Some amounts lie below the plan")).ToBeVisibleAsync();
        await Assertions.Expect(Row("200.00").GetByText("below the plan")).ToBeVisibleAsync();
        await Assertions.Expect(Row("2.00").First.GetByText("below the plan")).ToBeVisibleAsync();
        await Assertions.Expect(Row("5,000.00").GetByText("below the plan")).ToHaveCountAsync(0);
        foreach (var amount in new[] { "200.00", "5,000.00", "2.00" })
        {
            await Row(amount).First.GetByRole(AriaRole.Link, new() { Name = "Remove" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
            await page.WaitForURLAsync("**done=removed");
        }
        await page.Context.CloseAsync();

        ILocator Row(string amount) => page.Locator("tbody tr").Filter(new() { HasTextRegex = new($@"(^|[^\d,.]){System.Text.RegularExpressions.Regex.Escape(amount)}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) });
    }

    [Fact]
    public async Task A_budget_that_is_used_up_is_told_in_plain_words_and_comes_back_when_it_is_raised()
    {
        var course = await SpendCourseAsync("sound-and-music");
        var page = await chromium.StudentPageAsync();

        await OpenUntilAsync(page, isUsedUp: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start talking" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The budget is used up")).ToBeVisibleAsync();
        Assert.DoesNotContain("classroom", page.Url, StringComparison.Ordinal);

        await RaiseAsync(course);
        await OpenUntilAsync(page, isUsedUp: false);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start talking" }).ClickAsync();
        await page.WaitForURLAsync("**/classroom/*");
        await page.Context.CloseAsync();
    }

    // What a node knows of a budget is read anew a moment after it has changed.
    private static async Task OpenUntilAsync(IPage page, bool isUsedUp)
    {
        var told = page.GetByText("The school's budget for conversations is used up.");
        for (var tries = 0; tries < 100; tries++)
        {
            await page.GotoAsync("/talk/sound-and-music");
            if (await told.IsVisibleAsync() == isUsedUp)
                return;
        }
        await Assertions.Expect(told).ToBeVisibleAsync(new() { Visible = isUsedUp });
    }

    // A cap of a course that nobody else's journey talks about.
    private async Task<Guid> SpendCourseAsync(string slug)
    {
        await using var scope = chromium.Program.Services.GetRequiredService<SchoolScopes>().Enter(chromium.Program.Demo);
        var course = (await scope.ServiceProvider.GetRequiredService<Lectern.Courses.Contracts.CourseReading>().FindCourseAsync(slug, default))!.Id; // the demo is loaded
        await scope.ServiceProvider.GetRequiredService<BudgetBook>().AddAsync(SpentKey.Course, course, SpentKey.Month, BudgetTerms.Cap(0.01m, "USD"), default);
        var meter = chromium.Program.Services.GetRequiredService<UsageMeter>();
        meter.TryReport(new Usage($"journey-{course}", chromium.Program.Demo.Id, course, SessionId: null, UsageKind.ModelOutputTokens, 1_000_000, "openai", "openai-gpt-4o-mini-output", DateTimeOffset.UtcNow));
        await meter.FlushAsync();
        return course;
    }

    private async Task RaiseAsync(Guid course)
    {
        await using var scope = chromium.Program.Services.GetRequiredService<SchoolScopes>().Enter(chromium.Program.Demo);
        var book = scope.ServiceProvider.GetRequiredService<BudgetBook>();
        var overview = await book.ReadAsync(SpentKey.FirstOf(DateOnly.FromDateTime(DateTime.UtcNow)), default);
        var budget = await book.FindAsync(overview.Own.Single(figures => figures.Budget.CourseId == course).Budget.Id, default);
        await book.ChangeAsync(budget!, BudgetTerms.Cap(100m, "USD"), default); // just found
    }
}
