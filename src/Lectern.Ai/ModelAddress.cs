using System.Net;
using System.Net.Sockets;

namespace Lectern.Ai;

/// <summary>What is wrong with a model's address, key or name, said so that it can be mended. No message repeats the key.</summary>
internal static class ModelAddress
{
    // What Lectern adds to the address itself.
    private static readonly string[] Paths = ["/chat/completions", "/audio/speech", "/audio/transcriptions"];

    /// <param name="section">Where the settings stand, such as <c>Ai:Model</c>.</param>
    public static IEnumerable<string> Problems(string section, IModelAddress model) =>
        (model.BaseUrl.Length > 0 ? AddressProblems(model).Concat(KeyProblems(model)).Concat(NameProblems(model))
        : model.Name.Length > 0 || model.ApiKey.Length > 0 ? ["BaseUrl is missing: a name or a key alone connects no model."]
        : []).Select(problem => $"{section}:{problem}");

    private static IEnumerable<string> AddressProblems(IModelAddress model)
    {
        if (Parse(model.BaseUrl) is not { } address)
            yield return "BaseUrl is not an http or https address, such as https://api.openai.com/v1.";
        else if (address.UserInfo.Length > 0)
            yield return "BaseUrl holds a user name or password: give the key as ApiKey.";
        else if (address.Query.Length > 0 || address.Fragment.Length > 0)
            yield return "BaseUrl ends in a ? or # part, which is not sent: give the address up to /v1 alone.";
        else if (Paths.FirstOrDefault(path => address.AbsolutePath.TrimEnd('/').EndsWith(path, StringComparison.OrdinalIgnoreCase)) is { } path)
            yield return $"BaseUrl ends in {path}, which Lectern adds itself: give the address up to /v1 alone.";
    }

    private static IEnumerable<string> KeyProblems(IModelAddress model)
    {
        // A pasted line break or a letter outside of ASCII would fail later, in an exception that repeats the whole header.
        if (model.ApiKey.Any(letter => letter is <= ' ' or > '~'))
            yield return "ApiKey holds a space, a line break or a letter outside of ASCII.";
        if (model.ApiKey.Length == 0 && Parse(model.BaseUrl) is { } address && IsOnTheInternet(address))
            yield return $"ApiKey is missing: {address.Host} is on the internet. If it really asks for none, set any word.";
    }

    private static IEnumerable<string> NameProblems(IModelAddress model)
    {
        if (string.IsNullOrWhiteSpace(model.Name))
            yield return "Name is missing: the endpoint needs to know which model.";
    }

    private static Uri? Parse(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    // A server of one's own is reached by plain http, by a bare name, by a name of the local network or by a private address.
    private static bool IsOnTheInternet(Uri address) =>
        address.Scheme == "https" && !address.IsLoopback
        && (IPAddress.TryParse(address.IdnHost, out var ip) ? !IsPrivate(ip)
            : address.Host.Contains('.') && !LocalEndings.Any(ending => address.Host.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));

    private static readonly string[] LocalEndings = [".local", ".localhost", ".internal", ".lan", ".home.arpa"];

    private static bool IsPrivate(IPAddress ip) => ip.AddressFamily == AddressFamily.InterNetworkV6
        ? ip.IsIPv6UniqueLocal || ip.IsIPv6LinkLocal
        : ip.GetAddressBytes() is [10, ..] or [192, 168, ..] or [169, 254, ..] or [172, >= 16 and <= 31, ..];
}

/// <summary>Where a model is reached, whatever it does.</summary>
internal interface IModelAddress
{
    string BaseUrl { get; }

    string ApiKey { get; }

    string Name { get; }
}
