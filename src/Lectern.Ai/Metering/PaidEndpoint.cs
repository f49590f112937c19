namespace Lectern.Ai.Metering;

/// <summary>Who is paid for an endpoint, and by which items of the catalogue.</summary>
internal static class PaidEndpoint
{
    /// <summary>Written as a price: nothing is paid, because the server is one's own.</summary>
    public const string Nothing = "none";

    private static readonly (string Host, string Provider)[] Known = [(".openai.com", "openai"), (".azure.com", "azure"), (".anthropic.com", "anthropic"), (".googleapis.com", "google"), (".elevenlabs.io", "elevenlabs"), (".deepgram.com", "deepgram")];

    /// <summary>As the catalogue calls it, else the endpoint's host.</summary>
    public static string ProviderOf(IModelAddress endpoint)
    {
        var host = Uri.TryCreate(endpoint.BaseUrl, UriKind.Absolute, out var address) ? address.Host : "unknown";
        return Known.FirstOrDefault(known => host.EndsWith(known.Host, StringComparison.OrdinalIgnoreCase)).Provider ?? host;
    }

    /// <summary>The item that the settings name; else the one that is named like provider and model; null when the settings say that nothing is paid.</summary>
    /// <param name="part">What of a model: <c>-input</c>, <c>-output</c>; empty for a voice.</param>
    public static string? PriceOf(IModelAddress endpoint, string setting, string part = "") =>
        setting == Nothing ? null : Short((setting.Length > 0 ? setting : $"{ProviderOf(endpoint)}-{endpoint.Name.ToLowerInvariant()}") + part);

    private static string Short(string id) => id.Length <= 100 ? id : id[..100];
}
