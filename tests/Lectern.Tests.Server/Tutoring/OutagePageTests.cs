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
        var path = $"/courses/{student.Course.Slug}";
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

    [Fact]
    public async Task The_first_to_meet_a_cut_connection_is_told_the_same()
    {
        using var student = await Student.NewAsync(Program, Node);
        TakeAway(isSilent: false);

        await RefusedAsync(await student.TryStartAsync());
    }

    private static async Task RefusedAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("urn:lectern:database-away", problem.GetProperty("type").GetString());
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
    }
}
