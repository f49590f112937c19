using System.Buffers.Binary;
using Microsoft.Playwright;

namespace Lectern.Tests.Browser;

/// <summary>What the student says: noise in syllables, begun and ended by the test, or as a file for Chromium's own fake device.</summary>
internal static class FakeMicrophone
{
    private const int FileRate = 48_000;

    /// <summary>
    /// A page whose microphone hears what <c>student.speak(true)</c> begins and <c>student.speak(false)</c> ends. All behind it is real: worklet, line,
    /// the server's ear. <c>student.quietAt</c> is when the last loud sample was heard, by <c>performance.now()</c>.
    /// </summary>
    public const string Script = """
        window.student = { quietAt: null, opened: 0, speak() {} };
        navigator.mediaDevices.getUserMedia = async () => {
          const context = new AudioContext();
          const noise = context.createBuffer(1, context.sampleRate, context.sampleRate);
          const samples = noise.getChannelData(0);
          for (let i = 0; i < samples.length; i++) samples[i] = (Math.random() * 2 - 1) * (i % Math.round(context.sampleRate / 5) < context.sampleRate / 6 ? 1 : 0.1);
          const source = new AudioBufferSourceNode(context, { buffer: noise, loop: true });
          const gain = new GainNode(context, { gain: 0 });
          const room = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
          source.connect(gain).connect(room);
          source.start();
          const [track] = room.stream.getAudioTracks();
          track.getSettings = () => ({ echoCancellation: true });
          window.student.opened++;
          window.student.track = track;
          window.student.speak = (isOn, loudness = 0.25) => {
            gain.gain.setValueAtTime(isOn ? loudness : 0, context.currentTime);
            window.student.quietAt = isOn ? null : performance.now();
          };
          return room.stream;
        };
        """;

    public static Task SpeakAsync(this IPage page, bool isOn) => page.EvaluateAsync("isOn => window.student.speak(isOn)", isOn);

    /// <summary>Says something of this length.</summary>
    public static async Task SayAsync(this IPage page, int milliseconds)
    {
        await page.SpeakAsync(isOn: true);
        await page.WaitForTimeoutAsync(milliseconds);
        await page.SpeakAsync(isOn: false);
    }

    /// <summary>Writes a file in which somebody speaks, in the format that Chromium's fake device plays at its true speed.</summary>
    /// <param name="spoken">From and to, in seconds.</param>
    public static async Task<string> WriteAsync(string folder, double seconds, params (double From, double To)[] spoken)
    {
        var random = new Random(5);
        var data = new byte[44 + (int)(seconds * FileRate) * sizeof(short)];
        WriteHeader(data);
        for (var at = 0; at < seconds * FileRate; at++)
        {
            var second = at / (double)FileRate;
            var level = !spoken.Any(part => second >= part.From && second < part.To) ? 4 : second % 0.2 < 0.16 ? 6_000 : 300;
            BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(44 + at * sizeof(short)), (short)random.Next(-level, level));
        }
        var file = Path.Combine(folder, "student.wav");
        await File.WriteAllBytesAsync(file, data);
        return file;
    }

    private static void WriteHeader(Span<byte> wav)
    {
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav[4..], wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(wav[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(wav[24..], FileRate);
        BinaryPrimitives.WriteInt32LittleEndian(wav[28..], FileRate * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(wav[32..], sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(wav[34..], 16);
        "data"u8.CopyTo(wav[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(wav[40..], wav.Length - 44);
    }
}
