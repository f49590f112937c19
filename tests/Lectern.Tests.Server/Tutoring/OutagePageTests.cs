using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lectern.Platform.Data;
using Lectern.Tests.Fakes.Model;
using Lectern.Tests.Server.Fakes;
using Lectern.Tutoring.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>What pages and programs are told while the database is away.</summary>
[Collection(ProgramCollection.Name)]
public sealed class OutagePageTests(LecternProgram program) : OutageNode(program)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_new_starts_and_pages_say_why(bool isSilent)
    {
        using var student = await Student.NewAsync(Program, Node);
        var session = await student.StartAsync();
        TakeAway(isSilent);
        await AwayAsync();

        await RefusedAsync(await student.TryStartAsync());
        await RefusedAsync(await student.TryTicketAsync(session.Id));
        Assert.Equal(503, await LiveClient.RefusedAsync(Node, [LiveClient.Subprotocol]));
        using var page = await GetAsync("/courses", "de");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.NotNull(page.Headers.RetryAfter);
        Assert.True(page.Headers.Contains("Content-Security-Policy"));
        var text = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
        Assert.Contains("Die Datenbank der Schule ist gerade nicht erreichbar", text, StringComparison.Ordinal);
        Assert.Contains(Program.Demo.Name, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        using var style = await GetAsync("/_content/Lectern.Ui/lectern.css");
        using var health = await GetAsync("/healthz");
        using var readiness = await GetAsync("/readyz");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (style.StatusCode, health.StatusCode, readiness.StatusCode));

        Database.Mend();
        await BackAsync();
        using var again = await GetAsync("/sign-in");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        await using var line = await LiveClient.EnterAsync(Node, await student.TicketAsync(session.Id));
        await line.AskAsync("m-1", "What is a membrane made of?");
        await student.StartAsync();
    }

    [Fact]
    public async Task What_was_read_before_can_be_read_again_by_its_reader_only_and_says_that_nothing_can_be_changed()
    {
        using var student = await Student.NewAsync(Program, Node);
        using var other = await Student.NewAsync(Program, Node);
        student.Http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        other.Http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        const string path = "/conversations";
        await other.Http.GetStringAsync("/courses");
        // The first page of a visitor sets cookies, and is not kept.
        await student.Http.GetStringAsync(path);
        var before = await student.Http.GetStringAsync(path);
        TakeAway(isSilent: false);
        await AwayAsync();

        var after = await student.Http.GetStringAsync(path);
        using var others = await other.Http.GetAsync(path);
        using var unread = await student.Http.GetAsync("/courses/algebra");
        using var changed = await student.Http.PostAsync(path, content: null);

        Assert.Contains("nothing can be changed", after, StringComparison.Ordinal);
        Assert.Equal(before, Regex.Replace(after, "<p class=\"site-notice[^>]*>[^<]*nothing can be changed[^<]*</p>", ""));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (others.StatusCode, unread.StatusCode, changed.StatusCode));
        Database.Mend();
        await BackAsync();
        Assert.DoesNotContain("nothing can be changed", await student.Http.GetStringAsync(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lesson_that_anybody_read_here_is_made_from_memory_for_everybody_who_may_read_it(bool isSilent)
    {
        using var student = await Student.NewAsync(Program, Node, name: "Rita Reader");
        using var other = await Student.NewAsync(Program, Node, name: "Otto Other");
        using var stranger = Node.Client();
        var course = $"/courses/{student.Course.Slug}";
        var before = await student.Http.GetStringAsync($"{course}/the-cell-membrane");
        await other.Http.GetStringAsync("/courses");
        TakeAway(isSilent);
        await AwayAsync();

        var again = await student.Http.GetStringAsync($"{course}/the-cell-membrane");
        var others = await other.Http.GetStringAsync($"{course}/the-cell-membrane");
        var contents = await other.Http.GetStringAsync(course);
        using var unread = await other.Http.GetAsync($"{course}/cells-and-microscopes");
        using var missing = await other.Http.GetAsync($"{course}/no-such-lesson");
        using var strangers = await stranger.GetAsync($"{course}/the-cell-membrane");

        Assert.Contains("Mark as finished", before, StringComparison.Ordinal);
        Assert.All([(again, "Rita Reader"), (others, "Otto Other")], page =>
        {
            Assert.Contains(page.Item2, page.Item1, StringComparison.Ordinal);
            Assert.Contains("nothing can be changed", page.Item1, StringComparison.Ordinal);
            Assert.DoesNotContain("Mark as", page.Item1, StringComparison.Ordinal);
            Assert.Equal(Prose(before), Prose(page.Item1));
        });
        Assert.Contains("The cell membrane", contents, StringComparison.Ordinal);
        Assert.DoesNotContain("Your progress", contents, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.NotFound), (unread.StatusCode, missing.StatusCode));
        Assert.Equal((HttpStatusCode.Redirect, true), (strangers.StatusCode, strangers.Headers.Location?.OriginalString.Contains("/sign-in", StringComparison.Ordinal)));
        Database.Mend();
        await BackAsync();
        Assert.Equal(before.Length, (await student.Http.GetStringAsync($"{course}/the-cell-membrane")).Length);
    }

    [Fact]
    public async Task The_first_to_meet_a_cut_connection_is_told_the_same()
    {
        using var student = await Student.NewAsync(Program, Node);
        TakeAway(isSilent: false);

        await RefusedAsync(await student.TryStartAsync());
    }

    private static string Prose(string page) => Regex.Match(page, "<div class=\"prose\".*?</article>", RegexOptions.Singleline).Value;

    private static async Task RefusedAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("urn:lectern:database-away", problem.GetProperty("type").GetString());
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
    }
}
