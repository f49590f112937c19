using Lectern.Accounts.SignIns;

namespace Lectern.Tests.Accounts;

public sealed class OriginTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0", "Edge, Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari, iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android")]
    [InlineData("curl/8.9.1", "curl/8.9.1")]
    [InlineData("", "")]
    public void A_browser_is_named_as_its_user_knows_it(string userAgent, string device) => Assert.Equal(device, Origin.Describe(userAgent));

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("", "")]
    public void Attempts_over_IPv6_are_counted_by_the_line_and_not_by_its_countless_addresses(string ip, string network) => Assert.Equal(network, Origin.NetworkOf(ip));
}
