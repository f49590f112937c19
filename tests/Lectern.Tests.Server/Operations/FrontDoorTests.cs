using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lectern.Tests.Server.Fakes;

namespace Lectern.Tests.Server.Operations;

/// <summary>What anybody meets at the door: health, headers, closed pages, the demo's guard.</summary>
[Collection(ProgramCollection.Name)]
public sealed class FrontDoorTests(LecternProgram program)
{
    [Fact]
    public async Task It_says_that_it_lives_and_is_ready()
    {
        using var client = program.Client();

        Assert.Equal("ok", await client.GetStringAsync("/healthz"));
        var ready = await client.GetFromJsonAsync<JsonElement>("/readyz");

        Assert.True(ready.GetProperty("database").GetBoolean());
        Assert.False(ready.GetProperty("readOnly").GetBoolean());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/courses")]
    [InlineData("/no-such-page")]
    [InlineData("/api/v1/me")]
    public async Task Every_answer_forbids_inline_scripts_and_frames(string path)
    {
        using var client = program.Client();
        using var answer = await client.GetAsync(path);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/courses")]
    [InlineData("/courses/algebra")]
    public async Task A_page_has_no_inline_script_and_no_inline_style(string path)
    {
        using var client = program.Client();
        var html = await client.GetStringAsync(path);

        Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_style_sheet_is_not_empty()
    {
        using var client = program.Client();
        var html = await client.GetStringAsync("/");
        var sheet = System.Text.RegularExpressions.Regex.Match(html, "href=\"(/_content/Lectern.Ui/lectern[^\"]*\\.css)\"").Groups[1].Value;

        var css = await client.GetStringAsync(sheet);

        Assert.Contains("--accent", css, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_not_there_is_404_with_a_page_for_people()
    {
        using var client = program.Client();
        using var answer = await client.GetAsync("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("<main", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/no-such-page?x=1", "/no-such-page?x=1&amp;lang=de")]
    [InlineData("/courses/no-such-course", "/courses/no-such-course?lang=de")]
    public async Task A_language_link_on_the_page_of_an_error_leads_back_to_the_page_that_failed(string path, string link)
    {
        using var client = program.Client();
        using var answer = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains($"href=\"{link}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lesson_asks_a_stranger_to_sign_in()
    {
        using var client = program.Client();
        using var answer = await client.GetAsync("/courses/algebra/linear-equations");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/sign-in?returnUrl=", answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.PathAndQuery : answer.Headers.Location.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("X-Forwarded-Host", "school.example")]
    public async Task The_demo_refuses_what_came_through_a_proxy(string header, string value)
    {
        using var client = program.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add(header, value);

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("urn:lectern:platform:demo-is-local", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    public async Task The_demo_answers_only_to_local_host_names(string host)
    {
        using var client = program.Client(host);
        using var answer = await client.GetAsync("/");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
