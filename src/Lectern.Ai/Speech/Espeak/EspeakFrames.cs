using System.Buffers.Binary;
using System.Text.Json;
using Lectern.Voice.Speech;

namespace Lectern.Ai.Speech.Espeak;

/// <summary>A frame of the helper's answer; <c>helpers/espeak/README.md</c> has the format.</summary>
internal readonly record struct EspeakFrame(char Kind, byte[] Content);

/// <summary>Reads the helper's frames. What is no frame is an <see cref="InvalidDataException"/>.</summary>
internal static class EspeakFrames
{
    public const char Hello = 'H', Marks = 'M', Samples = 'P', End = 'E', Refused = 'X';
    public const int Protocol = 1;

    private const int HeadLength = 5;
    private const int MaxContent = 4_000_000;

    /// <exception cref="EndOfStreamException">The helper is gone.</exception>
    public static async Task<EspeakFrame> ReadAsync(Stream stream, CancellationToken ct)
    {
        var head = new byte[HeadLength];
        await stream.ReadExactlyAsync(head, ct);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(1));
        if (length is < 0 or > MaxContent)
            throw new InvalidDataException("The helper's frame has no such length.");
        var content = new byte[length];
        await stream.ReadExactlyAsync(content, ct);
        return new((char)head[0], content);
    }

    public static (int SampleRate, string Version, EspeakVoices Voices) ReadHello(byte[] content) => Read(content, hello =>
    {
        var voices = hello.GetProperty("voices").EnumerateArray().Select(voice => new EspeakVoice(
            Text(voice.GetProperty("name")), voice.GetProperty("languages").EnumerateObject().ToDictionary(language => language.Name, language => language.Value.GetInt32()))).ToList();
        var variants = hello.GetProperty("variants").EnumerateArray().Select(Text).ToList();
        return hello.GetProperty("protocol").GetInt32() == Protocol && voices.Count > 0
            ? (hello.GetProperty("sampleRate").GetInt32(), Text(hello.GetProperty("version")), new EspeakVoices(voices, variants))
            : throw new InvalidDataException("The helper speaks another version of the protocol, or has no voices.");
    });

    public static SpeechMarks ReadMarks(byte[] content) => Read(content, marks => new SpeechMarks(
        marks.GetProperty("words").EnumerateArray().Select(word => new WordMark(word[0].GetInt32(), word[1].GetInt32(), word[2].GetInt32())).ToList(),
        marks.GetProperty("visemes").EnumerateArray().Select(viseme => new VisemeMark(viseme[0].GetInt32(), viseme[1].GetInt32())).ToList(),
        marks.GetProperty("ms").GetInt32()));

    /// <summary>The code of a refusal.</summary>
    public static string ReadRefusal(byte[] content) => Read(content, refusal => Text(refusal.GetProperty("code")));

    private static string Text(JsonElement text) => text.GetString() ?? "";

    private static T Read<T>(byte[] content, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            return read(json.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("The helper's frame is not what its kind says.", failure);
        }
    }
}
