using System.ClientModel;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lectern.Ai.Contracts;

namespace Lectern.Ai.Resilience;

/// <summary>
/// What went wrong at the endpoint, in words for an operator. Of the endpoint's own words only its error code is passed on; exceptions that
/// carry its words are not kept as inner exceptions either.
/// </summary>
internal static partial class EndpointErrors
{
    public static ModelUnavailableException Of(Exception failure) => failure switch
    {
        ClientResultException { Status: 0 } => new(ModelFailure.Unreachable, "The endpoint cannot be reached.", failure.InnerException),
        ClientResultException answered => OfStatus("Ai:Model", answered.Status, Said(answered)),
        _ => OfConnection(failure) ?? new(ModelFailure.Faulty, $"The endpoint answered with something that is no chat completion ({failure.GetType().Name})."),
    };

    /// <summary>Null for what is no failure of a connection.</summary>
    public static ModelUnavailableException? OfConnection(Exception failure) => failure switch
    {
        HttpRequestException or IOException => new(ModelFailure.Unreachable, "The connection to the endpoint failed or broke.", failure),
        // None of our limits ended it, so it was the limit on connecting.
        OperationCanceledException => new(ModelFailure.Unreachable, "The endpoint cannot be reached: nothing accepts the connection.", failure),
        _ => null,
    };

    /// <param name="section">Where the endpoint's settings stand, such as <c>Ai:Model</c>.</param>
    /// <param name="body">What came with the status; of it only an error code is passed on.</param>
    public static ModelUnavailableException OfStatus(string section, int status, BinaryData? body, string? retryAfter) => OfStatus(section, status, Said(status, body, retryAfter));

    private static ModelUnavailableException OfStatus(string section, int status, string said) => status switch
    {
        401 or 403 => new(ModelFailure.Refused, $"The endpoint refused the key ({said}): see {section}:ApiKey."),
        404 => new(ModelFailure.Refused, $"The endpoint knows no such address or model ({said}): see {section}:BaseUrl and {section}:Name."),
        429 => new(ModelFailure.Limited, $"The endpoint allows no more requests at the moment ({said})."),
        >= 300 and < 400 => new(ModelFailure.Faulty, $"The endpoint sends on to another address ({said}): set {section}:BaseUrl to the final one."),
        400 or 413 or 422 => new(ModelFailure.Faulty, $"The endpoint did not accept the question ({said}).") { IsOfThisQuestion = true },
        _ => new(ModelFailure.Faulty, $"The endpoint answered with an error ({said})."),
    };

    private static string Said(ClientResultException answered)
    {
        var response = answered.GetRawResponse();
        return Said(answered.Status, response?.Content, response is not null && response.Headers.TryGetValue("Retry-After", out var after) ? after : null);
    }

    private static string Said(int status, BinaryData? body, string? retryAfter)
    {
        var code = body is null ? null : Code(body);
        return $"{status}{(code is null ? "" : $", {code}")}{(uint.TryParse(retryAfter, out var seconds) ? $", again after {seconds} s" : "")}";
    }

    // {"error": {"code": "model_not_found", "type": "invalid_request_error", …}}; a code may be a number or missing.
    private static string? Code(BinaryData content)
    {
        try
        {
            using var body = JsonDocument.Parse(content);
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                ? Word(error, "code") ?? Word(error, "type")
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Word(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } word && ErrorCode().IsMatch(word) ? word : null;

    // Codes are written like this; keys and sentences are not.
    [GeneratedRegex("^[a-z]+(_[a-z]+){0,7}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex ErrorCode();
}
