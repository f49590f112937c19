using Lectern.Tests.Voice.Aloud;
using Lectern.Voice.Hearing;

namespace Lectern.Tests.Voice.Hearing;

public sealed class VoiceActivityTests
{
    private const int Second = 50;
    private readonly VoiceActivity _voice = new();
    private readonly Random _random = new(3);

    [Theory]
    [InlineData(-90)]
    [InlineData(-70)]
    [InlineData(-55)]
    public void A_quiet_room_is_no_speech(double level) => Assert.Equal(0, Hear(60 * Second, _ => Noise(level)));

    [Fact]
    public void Digital_zero_is_no_speech_and_speech_after_it_is()
    {
        Assert.Equal(0, Hear(60 * Second, _ => new short[VoiceActivity.FrameSamples]));
        Assert.InRange(Hear(Second, i => Sounds.Syllable(_random, i)), 40, 50);
    }

    [Theory]
    [InlineData(-50)]
    [InlineData(-40)]
    [InlineData(-30)]
    [InlineData(-20)]
    public void A_fan_switched_on_is_taken_for_speech_for_three_seconds_at_most(double level)
    {
        Hear(10 * Second, _ => Noise(-65));
        Assert.InRange(Hear(4 * Second, _ => Noise(level)), 0, 170);
        Assert.Equal(0, Hear(60 * Second, _ => Noise(level)));
    }

    [Theory]
    [InlineData(-60, -45)]
    [InlineData(-50, -38)]
    [InlineData(-40, -28)]
    [InlineData(-30, -18)]
    public void Speech_stands_out_of_noise(double noise, double speech)
    {
        Hear(10 * Second, _ => Noise(noise));
        var heard = Hear(3 * Second, i => Mix(Noise(noise), Sounds.Syllable(_random, i, speech)));
        Assert.InRange(heard, 130, 150);
        Assert.InRange(Hear(5 * Second, _ => Noise(noise)), 0, 6);
    }

    [Fact]
    public void Speech_ten_decibels_above_the_noise_is_mostly_heard()
    {
        Hear(10 * Second, _ => Noise(-45));
        Assert.InRange(Hear(3 * Second, i => Mix(Noise(-45), Sounds.Syllable(_random, i, -35))), 105, 150);
    }

    [Fact]
    public void Speech_without_a_pause_is_heard_to_its_end()
    {
        Hear(5 * Second, _ => Noise(-65));
        Assert.InRange(Hear(120 * Second, i => Mix(Noise(-65), Sounds.Syllable(_random, i))), 119 * Second, 120 * Second);
    }

    [Fact]
    public void A_click_does_not_begin_speech()
    {
        Assert.Equal(0, Hear(60 * Second, i => Noise(i % 25 == 0 ? -6 : -60)));
        Assert.Equal(0, Hear(60 * Second, i => Noise(i % 25 < 2 ? -6 : -60)));
    }

    [Fact]
    public void Speech_begins_with_the_third_loud_frame_and_hangs_over_for_120_ms()
    {
        Hear(5 * Second, _ => Noise(-65));
        var heard = Enumerable.Range(0, 30).Select(i => _voice.Hear(Noise(i < 10 ? -20 : -65))).ToList();
        Assert.Equal(2, heard.IndexOf(item: true));
        Assert.Equal(15, heard.FindIndex(2, isSpeech => !isSpeech));
    }

    [Fact]
    public void Dips_between_syllables_do_not_end_it_and_a_pause_does()
    {
        Hear(5 * Second, _ => Noise(-65));
        Assert.Equal(98, Hear(100, i => Noise(i % 10 < 5 ? -20 : -65)));
        Assert.InRange(Hear(100, i => Noise(i % 20 < 10 ? -20 : -65)), 60, 80);
    }

    [Fact]
    public void A_constant_in_the_signal_is_no_speech_and_does_not_hide_it()
    {
        Hear(5 * Second, _ => Mix(Noise(-65), Constant(8_000)));
        Assert.Equal(0, Hear(30 * Second, _ => Mix(Noise(-65), Constant(8_000))));
        Assert.InRange(Hear(2 * Second, i => Mix(Sounds.Syllable(_random, i), Constant(8_000))), 90, 100);
    }

    [Fact]
    public void The_hum_of_the_mains_is_no_speech_and_does_not_hide_it()
    {
        Hear(5 * Second, i => Hum(i, -30));
        Assert.Equal(0, Hear(30 * Second, i => Hum(i, -30)));
        Assert.InRange(Hear(2 * Second, i => Mix(Sounds.Syllable(_random, i, -26), Hum(i, -30))), 85, 100);
    }

    [Fact]
    public void After_a_shout_somebody_who_speaks_softly_is_heard()
    {
        Hear(5 * Second, _ => Noise(-65));
        Assert.InRange(Hear(2 * Second, _ => Noise(0)), 95, 100);
        Hear(15, _ => Noise(-65));
        Assert.InRange(Hear(2 * Second, i => Sounds.Syllable(_random, i, -45)), 90, 100);
    }

    [Fact]
    public void Somebody_who_speaks_very_softly_in_a_quiet_room_is_heard()
    {
        Hear(5 * Second, _ => Noise(-75));
        Assert.InRange(Hear(2 * Second, i => Sounds.Syllable(_random, i, -47)), 80, 100);
    }

    [Fact]
    public void Hours_of_silence_move_nothing_and_cost_no_memory()
    {
        var frames = Enumerable.Range(0, 64).Select(_ => Noise(-62)).ToArray();
        _voice.Hear(frames[0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var speech = 0;
        for (var i = 0; i < 3 * 3_600 * Second; i++)
            speech += _voice.Hear(frames[i % frames.Length]) ? 1 : 0;

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, speech);
        Assert.InRange(_voice.Floor, -65, -61);
        Assert.InRange(Hear(Second, i => Sounds.Syllable(_random, i)), 40, 50);
    }

    [Fact]
    public void A_room_that_becomes_quiet_again_is_noticed_at_once()
    {
        Hear(20 * Second, _ => Noise(-35));
        Hear(10, _ => Noise(-65));
        Assert.InRange(Hear(Second, i => Sounds.Syllable(_random, i, -42)), 40, 50);
    }

    /// <returns>How many frames were speech.</returns>
    private int Hear(int frames, Func<int, short[]> sound) => Enumerable.Range(0, frames).Count(i => _voice.Hear(sound(i)));

    private short[] Noise(double level) => Sounds.Noise(_random, level);

    private static short[] Constant(short value) => [.. Enumerable.Repeat(value, VoiceActivity.FrameSamples)];

    private static short[] Hum(int frame, double level) => [.. Enumerable.Range(frame * VoiceActivity.FrameSamples, VoiceActivity.FrameSamples)
        .Select(i => (short)(Math.Sqrt(2) * 32768 * Math.Pow(10, level / 20) * Math.Sin(2 * Math.PI * 50 * i / Recording.SampleRate)))];

    private static short[] Mix(short[] a, short[] b) => [.. a.Zip(b, (x, y) => (short)Math.Clamp(x + y, short.MinValue, short.MaxValue))];
}
