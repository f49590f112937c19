using System.Text.RegularExpressions;
using Lectern.Platform.Slots;
using Lectern.Tests.Fakes;
using Lectern.Ui.Layout;
using Lectern.Ui.Pages;
using Lectern.Ui.Parts;
using Lectern.Ui.Slots;
using Microsoft.AspNetCore.Components;

namespace Lectern.Tests.Ui;

public sealed partial class PartsTests
{
    [Fact]
    public async Task No_part_carries_an_inline_style_or_script()
    {
        // The development page shows them all.
        var html = await Rendered.Html<StylePage>();
        Assert.True(html.Length > 10_000);
        Assert.DoesNotMatch(@"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", html);
    }

    [Fact]
    public async Task Every_id_of_a_page_is_there_once_and_every_reference_finds_one()
    {
        var html = await Rendered.Html<StylePage>();
        var ids = Id().Matches(html).Select(match => match.Groups["it"].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(Reference().Matches(html).SelectMany(match => match.Groups["it"].Value.Split(' ')), id => Assert.Contains(id, ids));
    }

    [Fact]
    public void Every_icon_that_a_page_names_exists()
    {
        var named = Directory.EnumerateFiles(Repository.Folder("src"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => IconName().Matches(File.ReadAllText(file)).Select(match => match.Groups["it"].Value)).ToHashSet();
        Assert.True(named.Count > 5);
        Assert.Empty(named.Except(IconShapes.Names));
    }

    [Fact]
    public async Task The_pager_keeps_the_query_and_leaves_the_wish_for_a_language()
    {
        var html = await Rendered.Html<Pager>(new Dictionary<string, object?> { ["Page"] = 2, ["Pages"] = 3 }, at: "/people?q=ada&page=2&lang=de");
        Assert.Contains("href=\"/people?q=ada\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/people?q=ada&amp;page=3\"", html, StringComparison.Ordinal);
        Assert.Contains("Page 2 of 3", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_page_needs_no_pager() =>
        Assert.Empty(await Rendered.Html<Pager>(new Dictionary<string, object?> { ["Page"] = 1, ["Pages"] = 1 }));

    [Theory]
    [InlineData(0.374, "37%", "0.374")]
    [InlineData(7, "100%", "1")]
    [InlineData(double.NaN, "0%", "0")]
    public async Task Progress_is_drawn_and_said(double share, string words, string value)
    {
        var html = await Rendered.Html<ProgressBar>(new Dictionary<string, object?> { ["Value"] = share, ["Label"] = "Lessons" });
        Assert.Contains($"<span>{words}</span>", html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{value}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_fails_leaves_the_rest_of_the_page()
    {
        var slots = new SlotRegistry();
        slots.Fill<Works>(SlotNames.HomeCard, 1);
        slots.Fill<FailsAtOnce>(SlotNames.HomeCard, 2);
        slots.Fill<FailsLater>(SlotNames.HomeCard, 3);
        slots.Fill<Works>(SlotNames.HomeCard, 4);
        var html = await Rendered.Html<SlotOutlet>(new Dictionary<string, object?> { ["Name"] = SlotNames.HomeCard }, person: "Ada", slots: slots);
        Assert.Equal(2, Works.Mark().Count(html));
        Assert.Equal(2, Regex.Count(html, "could not be shown", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_part_gets_the_context_of_its_slot()
    {
        var slots = new SlotRegistry();
        slots.Fill<ShowsContext>(SlotNames.SearchResults, 1, _ => true);
        var html = await Rendered.Html<SlotOutlet>(new Dictionary<string, object?> { ["Name"] = SlotNames.SearchResults, ["Context"] = "waves" }, slots: slots);
        Assert.Equal("waves", html);
    }

    [Fact]
    public async Task The_menu_marks_where_the_reader_is()
    {
        var slots = new SlotRegistry();
        slots.AddMenu(MenuPlace.Main, 2, "Courses", "/courses", _ => true);
        slots.AddMenu(MenuPlace.Main, 1, "People", "/people");
        var html = await Rendered.Html<MainMenu>(slots: slots, language: "de", at: "/courses/sound");
        Assert.Contains("<a href=\"/courses\" aria-current=\"page\">Kurse</a>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/people", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_account_menu_holds_links_only()
    {
        var html = await Rendered.Html<AccountMenu>(person: "Ada <b>");
        Assert.Contains("href=\"/sign-out\"", html, StringComparison.Ordinal);
        Assert.Contains("Ada &lt;b&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_links_keep_the_page_and_name_each_language_in_itself()
    {
        var html = await Rendered.Html<LanguageLinks>(at: "/people?q=ada");
        Assert.Matches("<a href=\"/people\\?q=ada&amp;lang=de\" lang=\"de\" hreflang=\"de\" rel=\"nofollow\"\\s*>Deutsch</a>", html);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_problem_page_says_what_happened_what_was_kept_and_what_to_do(int code)
    {
        var html = await Rendered.Html<Problem>(new Dictionary<string, object?> { ["Code"] = code });
        Assert.Single(Regex.Matches(html, "<h1>[^<]+</h1>", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.True(Regex.Count(html, "<p>[^<]{10,}</p>", RegexOptions.None, TimeSpan.FromSeconds(1)) >= 2);
    }

    [GeneratedRegex("\\sid=\"(?<it>[^\"]+)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("\\s(?:for|aria-describedby|aria-labelledby)=\"(?<it>[^\"]+)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex("\\b(?:Icon|Icon Name)=\"(?<it>[a-z-]+)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IconName();

    private sealed partial class Works : ComponentBase
    {
        [GeneratedRegex("it works", RegexOptions.CultureInvariant, 1000)]
        public static partial Regex Mark();

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) => builder.AddContent(0, "it works");
    }

    private sealed class FailsAtOnce : ComponentBase
    {
        protected override void OnInitialized() => throw new InvalidOperationException("on purpose");
    }

    private sealed class FailsLater : ComponentBase
    {
        protected override async Task OnInitializedAsync()
        {
            await Task.Yield();
            throw new InvalidOperationException("on purpose");
        }
    }

    private sealed class ShowsContext : ComponentBase
    {
        [Parameter] public string? Context { get; set; }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) => builder.AddContent(0, Context);
    }
}
