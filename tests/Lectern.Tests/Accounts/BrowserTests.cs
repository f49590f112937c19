using Lectern.Accounts.SignIns;
using Microsoft.AspNetCore.Http;

namespace Lectern.Tests.Accounts;

/// <summary>What the browser is given and what is believed of it.</summary>
public sealed class BrowserTests
{
    [Theory]
    [InlineData("/courses/7?x=1", "/courses/7?x=1")]
    [InlineData("/", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/sign-out", "/")]
    [InlineData("/sign-in?returnUrl=/", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void Signing_in_leads_to_a_page_of_this_site_only(string? wanted, string path) => Assert.Equal(path, ReturnUrl.Local(wanted));

    [Theory]
    [InlineData("http", "lectern-sign-in=value; path=/; samesite=lax; httponly")]
    [InlineData("https", "__Host-lectern-sign-in=value; path=/; secure; samesite=lax; httponly")]
    public void The_cookie_is_closed_to_scripts_and_bound_to_the_host_where_the_line_is_secure(string scheme, string header)
    {
        var http = new DefaultHttpContext { Request = { Scheme = scheme } };

        SignInCookie.Write(http, "value", lasts: null);

        Assert.Equal(header, http.Response.Headers.SetCookie.ToString());
    }

    [Fact]
    public void A_plain_cookie_is_not_believed_over_https()
    {
        var http = new DefaultHttpContext { Request = { Scheme = "https" } };
        http.Request.Headers.Cookie = "lectern-sign-in=planted";

        Assert.Null(SignInCookie.Read(http.Request));
    }

    [Fact]
    public void The_throttle_slides_and_names_the_wait()
    {
        var time = new ManualTime();
        var throttle = new SignInThrottle(time);
        var window = TimeSpan.FromMinutes(10);
        for (var minute = 0; minute < 3; minute++)
        {
            Assert.Null(throttle.WaitFor("key", 3, window));
            throttle.Count("key", window);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(TimeSpan.FromMinutes(7), throttle.WaitFor("key", 3, window));
        Assert.Null(throttle.WaitFor("another", 3, window));
        time.Advance(TimeSpan.FromMinutes(7));
        Assert.Null(throttle.WaitFor("key", 3, window));
    }
}
