using System.Globalization;
using System.Security.Claims;
using Lectern.Platform.Localization;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Lectern.Tests.Platform.Localization;

public sealed class LanguageMiddlewareTests
{
    private static readonly TextLibrary Library = new(TextCatalog.ReadEmbedded(), TimeProvider.System, withPseudo: true);

    [Fact]
    public async Task Without_any_wish_the_school_decides() => Assert.Equal("de", (await Answer(school: "de-CH")).Language);

    [Fact]
    public async Task The_browser_goes_before_the_school() => Assert.Equal("en", (await Answer(school: "de-CH", accept: "fr, en-US;q=0.8, de;q=0.5")).Language);

    [Fact]
    public async Task The_persons_setting_goes_before_the_browser() => Assert.Equal("de", (await Answer(accept: "en", claim: "de")).Language);

    [Fact]
    public async Task The_cookie_goes_before_the_persons_setting() => Assert.Equal("en", (await Answer(claim: "de", cookie: "en")).Language);

    [Fact]
    public async Task A_wish_in_the_address_goes_first_and_is_remembered()
    {
        var answer = await Answer(cookie: "en", query: "de");
        Assert.Equal("de", answer.Language);
        var cookie = Assert.Single(answer.Http.Response.Headers.SetCookie)!;
        Assert.StartsWith("lectern-lang=de;", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_unknown_wish_changes_nothing()
    {
        var answer = await Answer(query: "tlh\r\nSet-Cookie: x=1");
        Assert.Equal("en", answer.Language);
        Assert.Equal(0, answer.Http.Response.Headers.SetCookie.Count);
    }

    [Fact]
    public async Task A_browser_never_gets_a_pseudo_language_by_its_list() => Assert.Equal("en", (await Answer(accept: "qps-ploc")).Language);

    [Fact]
    public async Task Pages_tell_caches_what_they_depend_on()
    {
        var page = (await Answer(query: "de")).Http.Response.Headers;
        Assert.Equal("de", page.ContentLanguage);
        Assert.Equal("Accept-Language, Cookie", page.Vary);
    }

    [Fact]
    public async Task A_script_is_the_same_in_every_language()
    {
        var script = (await Answer(contentType: "text/javascript")).Http.Response.Headers;
        Assert.Equal(0, script.Vary.Count);
        Assert.Equal(0, script.ContentLanguage.Count);
    }

    [Fact]
    public async Task Dates_follow_the_language_of_the_request() => Assert.Equal("de-CH", (await Answer(school: "de-CH")).Culture);

    private static async Task<(string Language, string Culture, HttpContext Http)> Answer(
        string school = "en", string? accept = null, string? claim = null, string? cookie = null, string? query = null, string contentType = "text/html; charset=utf-8")
    {
        var response = new StartingResponse();
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpResponseFeature>(response);
        http.Request.Headers.AcceptLanguage = accept;
        if (cookie is not null)
            http.Request.Headers.Cookie = $"lectern-lang={cookie}";
        http.Request.QueryString = query is null ? default : QueryString.Create("lang", query);
        http.User = new ClaimsPrincipal(new ClaimsIdentity(claim is null ? [] : [new Claim(PersonClaims.Locale, claim)]));
        var context = new LanguageContext();
        var schools = new SchoolContext();
        schools.Enter(new School(Guid.Empty, "s", "School", "UTC", school, "EUR", IsSystem: false));
        var culture = "";

        await new LanguageMiddleware(inner => { culture = CultureInfo.CurrentCulture.Name; inner.Response.ContentType = contentType; return Task.CompletedTask; }, Library)
            .InvokeAsync(http, context, schools);
        await response.Start();
        return (context.Current!.Tag, culture, http);
    }

    /// <summary>The default feature forgets what is to happen when the answer starts.</summary>
    private sealed class StartingResponse : HttpResponseFeature
    {
        private readonly List<(Func<object, Task> Callback, object State)> _starting = [];

        public override void OnStarting(Func<object, Task> callback, object state) => _starting.Add((callback, state));

        public async Task Start()
        {
            foreach (var (callback, state) in _starting)
                await callback(state);
        }
    }
}
