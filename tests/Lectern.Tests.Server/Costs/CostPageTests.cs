using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Lectern.Costs.Budgets;
using Lectern.Costs.Contracts;
using Lectern.Costs.Metering;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Lectern.Tests.Server.Fakes;
using Lectern.Tests.Server.Tutoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Server.Costs;

/// <summary>The pages of costs over HTTP: each school sees its own, administrators only, and nonsense is told at its field.</summary>
[Collection(ProgramCollection.Name)]
public sealed class CostPageTests(LecternProgram program)
{
    private const string Secret = "=HYPERLINK(\"http://evil.example\")";

    [Fact]
    public async Task A_use_that_is_reported_stands_on_the_page_and_in_the_file()
    {
        await ReportAsync(program.Demo, "here-1", 250_000);
        using var admin = await program.SignedInAsync("admin@demo.test");

        var page = await admin.GetStringAsync("/admin/costs");
        var csv = await admin.GetStringAsync("/admin/costs/usage.csv");

        Assert.Contains("Language model", page, StringComparison.Ordinal);
        Assert.Contains("model-output-tokens", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_school_sees_nothing_of_anothers_costs()
    {
        await ReportAsync(program.Other, "there-1", 777_777, provider: "only-there");
        using var admin = await program.SignedInAsync("admin@demo.test");

        Assert.DoesNotContain("only-there", await admin.GetStringAsync("/admin/costs/usage.csv"), StringComparison.Ordinal);
        Assert.DoesNotContain("only-there", await admin.GetStringAsync("/admin/costs"), StringComparison.Ordinal);
        using var there = program.Client(LecternNode.OtherHost);
        there.DefaultRequestHeaders.Authorization = admin.DefaultRequestHeaders.Authorization;
        using var refused = await there.GetAsync("/admin/costs/usage.csv");
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }

    [Theory]
    [InlineData(null, "/admin/costs")]
    [InlineData(null, "/admin/costs/usage.csv")]
    [InlineData("student@demo.test", "/admin/costs")]
    [InlineData("student@demo.test", "/admin/costs/usage.csv")]
    [InlineData("student@demo.test", "/admin/costs/budgets")]
    [InlineData("student@demo.test", "/admin/costs/plan")]
    [InlineData("student@demo.test", "/admin/costs/expected")]
    [InlineData("teacher@demo.test", "/admin/costs/prices")]
    [InlineData("teacher@demo.test", "/admin/costs")]
    [InlineData("teacher@demo.test", "/admin/costs/usage.csv")]
    [InlineData("teacher@demo.test", "/admin/costs/budgets")]
    public async Task Only_administrators_see_costs(string? visitor, string path)
    {
        using var client = visitor is null ? program.Client() : await program.SignedInAsync(visitor);

        using var answer = await client.GetAsync(path);

        Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized or HttpStatusCode.Redirect or HttpStatusCode.NotFound, $"{answer.StatusCode}");
    }

    [Theory]
    [InlineData("/admin/costs?month=nonsense", HttpStatusCode.OK)]
    [InlineData("/admin/costs?month=9999-12", HttpStatusCode.OK)]
    [InlineData("/admin/costs?month=0001-01", HttpStatusCode.OK)]
    [InlineData("/admin/costs?month=2026-13", HttpStatusCode.OK)]
    [InlineData("/admin/costs?month=2011-02", HttpStatusCode.OK)]
    [InlineData("/admin/costs/usage.csv?month=2026-13", HttpStatusCode.NotFound)]
    [InlineData("/admin/costs/usage.csv?month=%27;drop", HttpStatusCode.NotFound)]
    [InlineData("/admin/costs/usage.csv?month=2011-02", HttpStatusCode.OK)]
    [InlineData("/admin/costs/budgets?edit=nonsense", HttpStatusCode.OK)]
    [InlineData("/admin/costs/budgets/00000000-0000-0000-0000-000000000001/remove", HttpStatusCode.NotFound)]
    public async Task Addresses_that_name_nothing_break_nothing(string path, HttpStatusCode expected)
    {
        using var admin = await program.SignedInAsync("admin@demo.test");

        using var answer = await admin.GetAsync(path);

        Assert.Equal(expected, answer.StatusCode);
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "Amount", "0" }, { "Amount", "-5" }, { "Amount", "1e30" }, { "Amount", "1.234,50" }, { "Amount", "" }, { "Amount", "100000001" },
        { "Alarms", "half" }, { "Alarms", "0" }, { "Alarms", "50.5" }, { "Period", "year" }, { "Kind", "wish" }, { "For", "installation" }, { "For", "5f2a0000-0000-0000-0000-000000000000" },
        { "Closed", "" }, { "Closed", "101" }, { "VoiceOff", "0" }, { "TypedOnly", "20" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_budget_that_makes_no_sense_is_not_stored_and_what_was_typed_is_kept(string field, string value)
    {
        var before = await BudgetsAsync();
        using var admin = await Forms.SignInAsync(program, "admin@demo.test");
        var entries = new Dictionary<string, string>
        {
            ["Input.For"] = "school", ["Input.Period"] = "month", ["Input.Amount"] = "123", ["Input.Kind"] = "alarm", ["Input.Alarms"] = "50", ["Input.AvatarOff"] = "80", ["Input.VoiceOff"] = "90", ["Input.TypedOnly"] = "95", ["Input.Closed"] = "100",
            [$"Input.{field}"] = value,
        };

        using var answer = await admin.PostAsync("/admin/costs/budgets", "budget", entries);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        Assert.NotNull(page.QuerySelector(".error-summary"));
        Assert.Equal(before, await BudgetsAsync());
        if (field != "Alarms")
            Assert.Equal("50", page.QuerySelector("input[name='Input.Alarms']")?.GetAttribute("value"));
    }

    [Fact]
    public async Task A_budget_is_entered_changed_and_removed_without_script()
    {
        using var admin = await Forms.SignInAsync(program, "admin@demo.test");
        using (var added = await admin.PostAsync("/admin/costs/budgets", "budget", new() { ["Input.For"] = "school", ["Input.Period"] = "month", ["Input.Amount"] = "12345", ["Input.Kind"] = "alarm", ["Input.Alarms"] = "50, 100", ["Input.Closed"] = "100" }))
            Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var budget = await FindAsync(12_345);
        Assert.Equal((false, "50,100"), (budget.IsCap, string.Join(',', budget.Alarms)));

        using (var changed = await admin.PostAsync($"/admin/costs/budgets?edit={budget.Id}", "budget", new() { ["Input.Id"] = $"{budget.Id}", ["Input.For"] = "school", ["Input.Period"] = "month", ["Input.Amount"] = "12346", ["Input.Kind"] = "cap", ["Input.Alarms"] = "70", ["Input.Closed"] = "100" }))
            Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.True((await FindAsync(12_346)).IsCap);

        using (var removed = await admin.PostAsync($"/admin/costs/budgets/{budget.Id}/remove", "remove-budget", []))
            Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        await Assert.ThrowsAsync<InvalidOperationException>(() => FindAsync(12_346));
    }

    [Fact]
    public async Task One_school_cannot_remove_anothers_budget()
    {
        Guid id;
        await using (var scope = program.Services.GetRequiredService<SchoolScopes>().Enter(program.Other))
        {
            await scope.ServiceProvider.GetRequiredService<BudgetBook>().AddAsync(SpentKey.School, course: null, SpentKey.Month, BudgetTerms.Alarm(99m, "USD"), default);
            id = (await scope.ServiceProvider.GetRequiredService<Lectern.Platform.Data.LecternDb>().Set<Budget>().SingleAsync(budget => budget.Amount == 99_000_000)).Id;
        }
        using var admin = await program.SignedInAsync("admin@demo.test");

        using var answer = await admin.GetAsync($"/admin/costs/budgets/{id}/remove");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("99.00", await admin.GetStringAsync("/admin/costs/budgets"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Platform_administrators_see_all_schools_sums_and_no_schools_lines()
    {
        await ReportAsync(program.Other, "there-2", 100_000);
        var system = (await program.Services.GetRequiredService<SchoolDirectory>().AllAsync(default)).Single(school => school.IsSystem);
        await using var scope = program.Services.GetRequiredService<SchoolScopes>().Enter(system);
        var costs = scope.ServiceProvider.GetRequiredService<Lectern.Costs.Dashboard.CostFigures>();

        var month = await costs.ReadAsync(SpentKey.FirstOf(costs.Today), default);

        Assert.Contains(month.BySchool, school => school.Name == program.Other.Name && school.Amount > 0);
        Assert.Empty(month.ByCourse);
    }

    [Fact]
    public async Task A_course_whose_title_looks_like_a_formula_is_text_in_the_file()
    {
        var course = await TestCourse.ImportAsync(program, program.Demo, "formula-course", "en", ("A lesson", "## A section\n\nWords.\n"));
        await using (var db = program.Factory.Create(program.Demo))
            await db.Database.ExecuteSqlAsync($"update course set title = {Secret} where id = {course.Id}");
        await ReportAsync(program.Demo, "formula-1", 1_000, course: course.Id);
        using var admin = await program.SignedInAsync("admin@demo.test");

        var csv = await admin.GetStringAsync("/admin/costs/usage.csv");

        Assert.Contains("evil.example", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(",=HYPER", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(",\"=HYPER", csv, StringComparison.Ordinal);
        await using var again = program.Factory.Create(program.Demo);
        await again.Database.ExecuteSqlAsync($"update course set title = 'formula-course' where id = {course.Id}");
    }

    private async Task ReportAsync(School school, string key, decimal tokens, string provider = "openai", Guid? course = null)
    {
        var meter = program.Services.GetRequiredService<UsageMeter>();
        Assert.True(meter.TryReport(new Usage(key, school.Id, course, SessionId: null, UsageKind.ModelOutputTokens, tokens, provider, "openai-gpt-4o-mini-output", DateTimeOffset.UtcNow)));
        await meter.FlushAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    private async Task<int> BudgetsAsync()
    {
        await using var db = program.Factory.Create(program.Demo);
        return await db.Set<Budget>().CountAsync();
    }

    private async Task<Budget> FindAsync(int amount)
    {
        await using var db = program.Factory.Create(program.Demo);
        return await db.Set<Budget>().AsNoTracking().SingleAsync(budget => budget.Amount == amount * 1_000_000L && budget.RemovedAt == null);
    }
}
