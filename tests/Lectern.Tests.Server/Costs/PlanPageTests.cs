using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Lectern.Tests.Server.Fakes;

namespace Lectern.Tests.Server.Costs;

/// <summary>The page for plans, as an administrator meets it.</summary>
[Collection(ProgramCollection.Name)]
public sealed class PlanPageTests(LecternProgram program)
{
    [Theory]
    [InlineData("student@demo.test")]
    [InlineData("teacher@demo.test")]
    public async Task It_is_for_administrators_only(string email)
    {
        using var client = await program.SignedInAsync(email);
        using var answer = await client.GetAsync("/admin/costs/plan");

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task It_reckons_at_once_and_draws_what_its_tables_say()
    {
        var page = await ReadAsync("/admin/costs/plan?students=1000&cloud=aws");

        Assert.Equal(4, page.QuerySelectorAll(".chart-bar").Length);
        Assert.NotNull(page.QuerySelector(".chart-field path.chart-line"));
        Assert.Contains("Amazon EC2", page.Body!.TextContent, StringComparison.Ordinal); // a page has a body
        Assert.Equal("1000", page.QuerySelector("#students")!.GetAttribute("value")); // the field is in the form
        Assert.Empty(page.QuerySelectorAll("[style], script:not([src]), style"));
        Assert.All(page.QuerySelectorAll(".plan-form input[type=number], .plan-form select"), field => Assert.NotNull(page.QuerySelector($"label[for={field.Id}]")));
    }

    [Fact]
    public async Task A_moved_slider_becomes_an_address_that_can_be_shared()
    {
        using var client = await program.SignedInAsync("admin@demo.test");
        var page = await ReadAsync("/admin/costs/plan");
        var shown = page.QuerySelector("input[name=shown]")!.GetAttribute("value"); // as above

        using var answer = await client.GetAsync($"/admin/costs/plan?shown={shown}&students=600&at-students=60");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("students=10000", answer.Headers.Location!.ToString(), StringComparison.Ordinal); // a redirect has a place
        Assert.DoesNotContain("shown", answer.Headers.Location.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_figure_that_cannot_be_is_told_and_the_form_stays()
    {
        var page = await ReadAsync("/admin/costs/plan?students=-7");

        Assert.NotNull(page.QuerySelector("[role=alert]"));
        Assert.Equal("-7", page.QuerySelector("#students")!.GetAttribute("value")); // the form is shown
        Assert.Null(page.QuerySelector(".chart"));
    }

    [Fact]
    public async Task A_plan_fills_in_what_is_expected_and_nothing_is_saved_before_Save()
    {
        var plan = await ReadAsync("/admin/costs/plan?students=1000&spoken=0");
        var link = plan.QuerySelector("a[href^='/admin/costs/expected']")!.GetAttribute("href")!; // the page has it

        var filled = await ReadAsync(link);
        var saved = await ReadAsync("/admin/costs/expected");

        Assert.NotEqual("", ValueOf(filled, "Model"));
        Assert.Equal("", ValueOf(filled, "Voice"));
        Assert.NotNull(filled.QuerySelector("main a[href^='/admin/costs/plan?students=1000']"));
        Assert.NotEqual(ValueOf(filled, "Model"), ValueOf(saved, "Model"));

        static string ValueOf(IHtmlDocument page, string field) => page.QuerySelector($"input[name='Input.{field}']")!.GetAttribute("value") ?? ""; // a form has its fields
    }

    [Fact]
    public async Task German_readers_get_it_in_German()
    {
        var page = await ReadAsync("/admin/costs/plan?lang=de");

        Assert.Equal("Was Lectern kosten wird", page.QuerySelector("h1")!.TextContent); // a page has a headline
        Assert.Contains("Sprachmodell", page.Body!.TextContent, StringComparison.Ordinal); // and a body
    }

    private async Task<IHtmlDocument> ReadAsync(string address)
    {
        using var client = await program.SignedInAsync("admin@demo.test");
        using var answer = await client.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }
}
