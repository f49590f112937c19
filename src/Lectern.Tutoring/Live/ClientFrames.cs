using System.Text.Json;

namespace Lectern.Tutoring.Live;

/// <summary>What a client tells the server; docs/live-protocol.md, section 3.</summary>
internal abstract record ClientFrame
{
    internal sealed record Hello(string? Ticket, string ClientName, string ClientVersion) : ClientFrame;

    /// <param name="Text">Trimmed; may be empty or too long, which is for the session to refuse.</param>
    internal sealed record Say(string Id, string Text) : ClientFrame;

    internal sealed record Stop : ClientFrame;

    internal sealed record Repeat : ClientFrame;

    internal sealed record Pace(double Value) : ClientFrame;

    internal sealed record Slower : ClientFrame;

    internal sealed record Presence : ClientFrame;

    internal sealed record End : ClientFrame;

    internal sealed record Ping(double T) : ClientFrame;

    /// <summary>A type of a later version.</summary>
    internal sealed record Unknown : ClientFrame;

    /// <param name="Why">For whoever writes the client, in English.</param>
    internal sealed record Malformed(string Why) : ClientFrame;
}

/// <summary>Reads a client's frames. Never throws; what it cannot read is <see cref="ClientFrame.Malformed"/>.</summary>
internal static class ClientFrames
{
    private const int LongestId = 64;
    private const int LongestTicket = 64;
    private const int LongestName = 40;

    public static ClientFrame Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 8 });
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return new ClientFrame.Malformed("The frame is not JSON in UTF-8.");
        }
        catch (InvalidOperationException)
        {
            return new ClientFrame.Malformed("A string of the frame is not valid Unicode.");
        }
    }

    private static ClientFrame Read(JsonElement frame)
    {
        if (frame.ValueKind != JsonValueKind.Object)
            return new ClientFrame.Malformed("The frame is not a JSON object.");
        if (Text(frame, "type") is not { } type)
            return new ClientFrame.Malformed("\"type\" is missing or not a string.");
        return type switch
        {
            "hello" => Hello(frame),
            "say" => Say(frame),
            "stop" => new ClientFrame.Stop(),
            "repeat" => new ClientFrame.Repeat(),
            "pace" => Number(frame, "value") is { } value ? new ClientFrame.Pace(value) : new ClientFrame.Malformed("\"value\" of pace is missing or not a number."),
            "slower" => new ClientFrame.Slower(),
            "presence" => new ClientFrame.Presence(),
            "end" => new ClientFrame.End(),
            "ping" => Number(frame, "t") is { } t ? new ClientFrame.Ping(t) : new ClientFrame.Malformed("\"t\" of ping is missing or not a number."),
            _ => new ClientFrame.Unknown(),
        };
    }

    private static ClientFrame Hello(JsonElement frame)
    {
        if (!frame.TryGetProperty("client", out var client) || client.ValueKind != JsonValueKind.Object
            || Text(client, "name") is not { Length: > 0 and <= LongestName } name || Text(client, "version") is not { Length: > 0 and <= LongestName } version)
            return new ClientFrame.Malformed("\"client\" of hello needs \"name\" and \"version\", 1 to 40 characters each.");
        if (frame.TryGetProperty("after", out var after) && !(after.ValueKind == JsonValueKind.Number && after.TryGetInt64(out _)))
            return new ClientFrame.Malformed("\"after\" of hello is not a whole number.");
        if (frame.TryGetProperty("ticket", out _) && Text(frame, "ticket") is not { Length: <= LongestTicket })
            return new ClientFrame.Malformed("\"ticket\" of hello is not a string, or far too long.");
        return new ClientFrame.Hello(Text(frame, "ticket"), name, version);
    }

    private static ClientFrame Say(JsonElement frame)
    {
        if (Text(frame, "id") is not { Length: > 0 and <= LongestId } id || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            return new ClientFrame.Malformed("\"id\" of say is missing, or not 1 to 64 characters of A–Z a–z 0–9 - _ .");
        return Text(frame, "text") is { } text ? new ClientFrame.Say(id, text.Replace("\0", "", StringComparison.Ordinal).Trim()) : new ClientFrame.Malformed("\"text\" of say is missing or not a string.");
    }

    private static string? Text(JsonElement frame, string name) => frame.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement frame, string name) =>
        frame.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;
}
