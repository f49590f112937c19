using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Lectern.Accounts.SignIns;

/// <summary>Where a sign-in came from, as a person recognises it.</summary>
/// <param name="Device">Browser and system, such as "Firefox, Linux".</param>
internal sealed record Origin(string Device, string Ip)
{
    private const int MaxLength = 60;

    // The order matters: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("SamsungBrowser/", "Samsung Internet"), ("Chromium/", "Chromium"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static Origin Of(HttpContext http) =>
        new(Describe(http.Request.Headers.UserAgent.ToString()), Write(http.Connection.RemoteIpAddress));

    /// <summary>What attempts are counted by: an IPv4 address, or the /64 of an IPv6 address, since one line has all of it.</summary>
    public static string NetworkOf(string ip)
    {
        if (!IPAddress.TryParse(ip, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
            return ip;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    private static string Write(IPAddress? address) => address is null ? "" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    internal static string Describe(string userAgent)
    {
        var parts = new[] { Find(Browsers, userAgent), Find(Systems, userAgent) }.OfType<string>().ToList();
        if (parts.Count > 0)
            return string.Join(", ", parts);
        var product = userAgent.Split(' ', '(')[0];
        return product.Length > MaxLength ? product[..MaxLength] : product;
    }

    private static string? Find((string Mark, string Name)[] table, string userAgent) =>
        Array.Find(table, entry => userAgent.Contains(entry.Mark, StringComparison.Ordinal)).Name;
}
