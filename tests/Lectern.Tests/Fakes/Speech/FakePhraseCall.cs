using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Lectern.Tests.Fakes.Speech;

/// <summary>A request to speak.</summary>
public sealed class FakePhraseCall(Func<FakePhraseCall, Task> script) : FakeAudioCall
{
    /// <summary>Samples a second of what <see cref="ToneAsync"/> makes.</summary>
    public const int SampleRate = 24_000;

    /// <summary>How long each UTF-16 code unit of a text sounds.</summary>
    public const int MillisecondsPerCharacter = 60;

    /// <summary>The request's JSON as received.</summary>
    public JsonElement Body { get; private set; }

    public string Input => Text("input");

    public string Voice => Text("voice");

    public string Model => Text("model");

    public string Format => Text("response_format");

    public double Speed => Body.GetProperty("speed").GetDouble();

    /// <summary>A tone as long as the text at this speed, in pieces of this many bytes, each sent at once.</summary>
    public async Task ToneAsync(int bytesPerPiece = 4_800)
    {
        var tone = Tone(TimeSpan.FromMilliseconds(Input.Length * MillisecondsPerCharacter / Speed));
        for (var at = 0; at < tone.Length; at += bytesPerPiece)
            await SoundAsync(tone.AsMemory(at, Math.Min(bytesPerPiece, tone.Length - at)));
    }

    /// <summary>These bytes, at once.</summary>
    public async Task SoundAsync(ReadOnlyMemory<byte> pcm)
    {
        Response.ContentType ??= "audio/pcm";
        await Response.Body.WriteAsync(pcm);
        await Response.Body.FlushAsync();
    }

    /// <summary>220 Hz, a quarter of full loudness, 16-bit mono.</summary>
    public static byte[] Tone(TimeSpan length)
    {
        var tone = new byte[(int)(length.TotalSeconds * SampleRate) * sizeof(short)];
        for (var i = 0; i < tone.Length; i += sizeof(short))
            BitConverter.TryWriteBytes(tone.AsSpan(i), (short)(8_000 * Math.Sin(2 * Math.PI * 220 * (i / sizeof(short)) / SampleRate)));
        return tone;
    }

    private protected override async Task ReadAsync(HttpRequest request)
    {
        using var body = await JsonDocument.ParseAsync(request.Body);
        Body = body.RootElement.Clone();
    }

    private protected override Task RunAsync() => script(this);

    private string Text(string name) => Body.GetProperty(name).GetString()!; // read as what the format demands
}
