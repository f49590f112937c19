using System.Text.Json;
using Lectern.Tutoring.Live.Audio;
using Lectern.Voice;
using Lectern.Voice.Hearing;

namespace Lectern.Tutoring.Live;

/// <summary>What a client tells the server; docs/live-protocol.md, section 3.</summary>
internal abstract record ClientFrame
{
    internal sealed record Hello(string? Ticket, string ClientName, string ClientVersion, AudioWish? Audio, HeardSoFar? Heard) : ClientFrame;

    /// <param name="Text">Trimmed; may be empty or too long, which is for the session to refuse.</param>
    internal sealed record Say(string Id, string Text, bool IsSpoken) : ClientFrame;

    internal sealed record SetAudio(AudioWish Wish) : ClientFrame;

    internal sealed record Played(long Utterance, double? Ms, int? Phrase, int Character, bool IsFinal) : ClientFrame;

    internal sealed record Talk(bool Value) : ClientFrame;

    internal sealed record Words(string Text) : ClientFrame;

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
    private const int LongestWords = 2_000;

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
            "audio" => Wish(frame, "audio", out var wish) is { } why ? new ClientFrame.Malformed(why) : new ClientFrame.SetAudio(wish),
            "played" => Played(frame),
            "talk" => Flag(frame, "value") is { } value ? new ClientFrame.Talk(value) : new ClientFrame.Malformed("\"value\" of talk is missing or not true or false."),
            "words" => Text(frame, "text") is { Length: <= LongestWords } words ? new ClientFrame.Words(words) : new ClientFrame.Malformed("\"text\" of words is missing, not a string, or over 2,000 characters."),
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
        AudioWish? wish = null;
        if (frame.TryGetProperty("audio", out var audio) && audio.ValueKind != JsonValueKind.Null)
        {
            if (audio.ValueKind != JsonValueKind.Object)
                return new ClientFrame.Malformed("\"audio\" of hello is not an object.");
            if (Wish(audio, "audio", out wish) is { } why)
                return new ClientFrame.Malformed(why);
        }
        return Heard(frame, out var heard) is { } wrong ? new ClientFrame.Malformed(wrong) : new ClientFrame.Hello(Text(frame, "ticket"), name, version, wish, heard);
    }

    /// <returns>Why it cannot be read; null when it can.</returns>
    private static string? Wish(JsonElement frame, string name, out AudioWish wish)
    {
        wish = AudioWish.Nothing;
        foreach (var field in (string[])["out", "in"])
        {
            if (frame.TryGetProperty(field, out var value) && value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                return $"\"{field}\" of {name} is not a string.";
        }
        if (frame.TryGetProperty("inRate", out var rate) && !(rate.ValueKind == JsonValueKind.Number && rate.TryGetInt32(out _)))
            return $"\"inRate\" of {name} is not a whole number.";
        if (frame.TryGetProperty("echoCancellation", out _) && Flag(frame, "echoCancellation") is null)
            return $"\"echoCancellation\" of {name} is not true or false.";
        wish = new AudioWish(Text(frame, "out"), Text(frame, "in"), rate.ValueKind == JsonValueKind.Number ? rate.GetInt32() : Recording.SampleRate, Flag(frame, "echoCancellation") ?? false);
        return null;
    }

    /// <returns>Why it cannot be read; null when it can, or isn't there.</returns>
    private static string? Heard(JsonElement frame, out HeardSoFar? heard)
    {
        heard = null;
        if (!frame.TryGetProperty("heard", out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.Object || Number(value, "turn") is not { } turn || Number(value, "characters") is not { } characters)
            return "\"heard\" of hello needs \"turn\" and \"characters\", two numbers.";
        heard = new HeardSoFar(Whole(turn), Whole(characters));
        return null;
    }

    private static ClientFrame Played(JsonElement frame)
    {
        if (Number(frame, "utterance") is not { } utterance || utterance < 0 || utterance > uint.MaxValue)
            return new ClientFrame.Malformed("\"utterance\" of played is missing or not the number of an utterance.");
        var (ms, phrase) = (Number(frame, "ms"), Number(frame, "phrase"));
        if (ms is null && phrase is null)
            return new ClientFrame.Malformed("played needs \"ms\" or \"phrase\", a number.");
        return new ClientFrame.Played((long)utterance, ms, phrase is { } index ? Whole(index) : null, Whole(Number(frame, "character") ?? 0), Flag(frame, "final") ?? false);
    }

    private static int Whole(double number) => (int)Math.Clamp(number, 0, int.MaxValue);

    private static ClientFrame Say(JsonElement frame)
    {
        if (Text(frame, "id") is not { Length: > 0 and <= LongestId } id || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            return new ClientFrame.Malformed("\"id\" of say is missing, or not 1 to 64 characters of A–Z a–z 0–9 - _ .");
        return Text(frame, "text") is { } text ? new ClientFrame.Say(id, text.Replace("\0", "", StringComparison.Ordinal).Trim(), Flag(frame, "spoken") ?? false) : new ClientFrame.Malformed("\"text\" of say is missing or not a string.");
    }

    private static string? Text(JsonElement frame, string name) => frame.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool? Flag(JsonElement frame, string name) => frame.TryGetProperty(name, out var value) ? value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null } : null;

    private static double? Number(JsonElement frame, string name) =>
        frame.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;
}
