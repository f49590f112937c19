using Lectern.Voice;
using Lectern.Voice.Hearing;
using Lectern.Voice.Speech;

namespace Lectern.Tests.Voice.Aloud;

/// <summary>Sounds for a microphone, 20 ms at a time, and somebody who makes them on the talk's clock.</summary>
public static class Sounds
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(VoiceActivity.FrameMs);

    /// <summary>White noise of so many dB below full scale.</summary>
    public static short[] Noise(Random random, double level, int frames = 1)
    {
        var peak = Math.Pow(10, level / 20) * 32768 * Math.Sqrt(3);
        return [.. Enumerable.Range(0, frames * VoiceActivity.FrameSamples).Select(_ => (short)Math.Clamp((random.NextDouble() * 2 - 1) * peak, -32768, 32767))];
    }

    /// <summary>Somebody speaks: syllables of about 200 ms, between them dips that are shorter than pauses.</summary>
    public static short[] Syllable(Random random, int frame, double level = -22)
    {
        var place = frame % 10;
        return Noise(random, place < 8 ? level + 3 * Math.Sin(frame) : level - 25);
    }

    public static Task SpeaksAsync(this Talk talk, double seconds, double level = -22) => talk.HearsAsync(seconds, (random, i) => Syllable(random, i, level));

    public static Task IsQuietAsync(this Talk talk, double seconds, double level = -65) => talk.HearsAsync(seconds, (random, _) => Noise(random, level));

    public static async Task HearsAsync(this Talk talk, double seconds, Func<Random, int, short[]> sound)
    {
        var random = new Random(7);
        for (var i = 0; i < Math.Round(seconds / Frame.TotalSeconds); i++)
        {
            talk.Conversation.TryPost(new MicrophoneHeard(sound(random, i)));
            await talk.Time.Pass(Frame);
        }
    }
}
