using Lectern.Ai.Contracts;
using Lectern.Tests.Fakes.Speech;
using Lectern.Voice.Speech;

namespace Lectern.Tests.Ai.Speech;

/// <summary>What espeak-ng says, and when what of it is heard.</summary>
public sealed class EspeakTests
{
    private const int EspeakRate = 22_050;
    private const string Sugar = "Photosynthesis turns light into sugar.";

    [FactWithEspeak]
    public async Task Each_word_is_told_in_its_place_and_time()
    {
        await using var host = SpeechHost.WithEspeak();

        var spoken = await host.SpeakAsync(Sugar);

        Assert.Equal(["Photosynthesis", "turns", "light", "into", "sugar"], Words(Sugar, spoken));
        Assert.Equal([0, 15, 21, 27, 32], spoken.Marks.Words.Select(word => word.Start));
        Assert.Equal(spoken.Marks.Words.Select(word => word.Milliseconds).Distinct().Order(), spoken.Marks.Words.Select(word => word.Milliseconds));
        Assert.InRange(spoken.Marks.Words[1].Milliseconds, 600, 1_300);
    }

    [FactWithEspeak]
    public async Task The_marks_last_as_long_as_the_sound()
    {
        await using var host = SpeechHost.WithEspeak();

        var spoken = await host.SpeakAsync(Sugar);

        Assert.InRange(spoken.Marks.Milliseconds, spoken.Milliseconds - 30, spoken.Milliseconds + 30);
        Assert.InRange(spoken.Milliseconds, 1_500, 3_500);
        Assert.True(spoken.Samples.Max() > 3_000, "nothing is heard");
        Assert.All(spoken.Parts, part => Assert.InRange(part.Length, 2, 22_050 / 5 * sizeof(short)));
        Assert.All(spoken.Marks.Words, word => Assert.InRange(word.Milliseconds, 0, spoken.Marks.Milliseconds));
    }

    [FactWithEspeak]
    public async Task The_mouth_takes_the_shapes_of_what_is_heard()
    {
        await using var host = SpeechHost.WithEspeak();

        var visemes = (await host.SpeakAsync("Five babies.")).Marks.Visemes;

        Assert.All(visemes, viseme => Assert.InRange(viseme.Viseme, 0, 14));
        Assert.Equal(visemes.Select(viseme => viseme.Milliseconds).Distinct().Order(), visemes.Select(viseme => viseme.Milliseconds));
        // FF aa I FF, PP E I PP I SS (with the diphthongs in two), then the mouth closes.
        Assert.Equal([2, 10, 12, 2, 1, 11, 12, 1, 12, 7, 0], visemes.Select(viseme => viseme.Viseme));
    }

    [TheoryWithEspeak]
    [InlineData("de", "Die Größe überrascht: Straße, Bäume.", "Die|Größe|überrascht|Straße|Bäume")]
    [InlineData("en-US", "A cell 😀 divides 👩‍🔬 twice.", "A|cell|😀|divides|👩‍🔬|twice")]
    [InlineData("zh-CN", "光合作用。植物", "光|合|作|用|植|物")]
    [InlineData("ar", "الضوء إلى سكر", "الضوء|إلى|سكر")]
    [InlineData("fr", "L’été dernier, ça va.", "L’été|dernier|ça|va")]
    [InlineData("en-US", "𝒳 rays", "𝒳|rays")]
    [InlineData("en-GB", "It's well-known - we don’t.", "It's|well-known|we|don’t")]
    public async Task Places_are_counted_as_the_text_counts_them_in_any_script(string language, string text, string words)
    {
        await using var host = SpeechHost.WithEspeak();

        Assert.Equal(words.Split('|'), Words(text, await host.SpeakAsync(text, language)));
    }

    [FactWithEspeak]
    public async Task The_language_decides_the_voice_unless_a_fitting_one_is_wished()
    {
        await using var host = SpeechHost.WithEspeak(workers: 1);
        async Task<string> ShapesAsync(string language, string wished = "") =>
            string.Join(' ', (await host.SpeakAsync("water", language, voice: new(wished))).Marks.Visemes.Select(viseme => viseme.Viseme));
        var (german, british, american) = (await ShapesAsync("de"), await ShapesAsync("en-GB"), await ShapesAsync("en-US"));

        Assert.Equal(3, new[] { german, british, american }.Distinct().Count());
        Assert.Equal(german, await ShapesAsync("de-AT"));
        Assert.Equal(british, await ShapesAsync("xx-Klingon"));
        Assert.Equal(american, await ShapesAsync("en-GB", "en-us"));
        Assert.Equal(german, await ShapesAsync("de", "en-us"));
        Assert.Equal(german, await ShapesAsync("de", "no such voice+f3"));
    }

    [FactWithEspeak]
    public async Task A_voice_is_higher_or_lower_by_its_pitch_or_variant()
    {
        await using var host = SpeechHost.WithEspeak(workers: 1);
        async Task<int> PeriodAsync(VoiceProfile voice) => Period((await host.SpeakAsync("aaah", "de", voice: voice)).Samples);

        var usual = await PeriodAsync(new());

        Assert.True(await PeriodAsync(new(Pitch: 90)) < usual);
        Assert.True(await PeriodAsync(new(Pitch: 10)) > usual);
        Assert.True(await PeriodAsync(new("+f3")) < usual);
    }

    [FactWithEspeak]
    public async Task Pace_and_words_per_minute_make_speech_shorter_or_longer()
    {
        await using var host = SpeechHost.WithEspeak();
        var usual = (await host.SpeakAsync(Sugar)).Milliseconds;

        Assert.InRange((await host.SpeakAsync(Sugar, pace: 1.5)).Milliseconds / usual, 0.5, 0.85);
        Assert.InRange((await host.SpeakAsync(Sugar, pace: 0.75)).Milliseconds / usual, 1.15, 1.6);
        Assert.InRange((await host.SpeakAsync(Sugar, voice: new(WordsPerMinute: 110))).Milliseconds / usual, 1.2, 1.9);
        Assert.InRange((await host.SpeakAsync(Sugar, pace: 99)).Milliseconds / usual, 0.5, 0.85);
    }

    [FactWithEspeak]
    public async Task Nothing_in_a_text_is_a_command()
    {
        await using var host = SpeechHost.WithEspeak();
        const string Text = "one\u0001 80S two\0 three <break time=\"5s\"/> [[f'aIv]] \ud800 end";

        var spoken = await host.SpeakAsync(Text);

        Assert.Contains("three", Words(Text, spoken));
        Assert.Equal("end", Words(Text, spoken)[^1]);
        Assert.Contains("break", Words(Text, spoken));
    }

    [FactWithEspeak]
    public async Task A_text_without_words_is_nearly_silent_and_no_error()
    {
        await using var host = SpeechHost.WithEspeak();

        foreach (var text in (string[])["", "…", "\n"])
        {
            var spoken = await host.SpeakAsync(text);
            Assert.Empty(spoken.Marks.Words);
            Assert.InRange(spoken.Milliseconds, 0, 500);
        }
    }

    [FactWithEspeak]
    public async Task A_text_that_is_too_long_is_refused_and_the_next_is_spoken()
    {
        await using var host = SpeechHost.WithEspeak();

        var failure = await host.FailureAsync(new string('x', 2_001));

        Assert.Equal(ModelFailure.Faulty, failure.Kind);
        Assert.Contains("2001 characters is too long", failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty((await host.SpeakAsync(string.Concat(Enumerable.Repeat("cell ", 400)))).Pcm);
    }

    [FactWithEspeak]
    public async Task What_was_made_is_measured_and_none_of_it_is_logged()
    {
        await using var host = SpeechHost.WithEspeak();

        var spoken = await host.SpeakAsync("Mitochondria");

        Assert.Equal(spoken.Milliseconds / 1_000, Assert.Single(host.Metrics.Of("lectern.ai.speech.duration")), 6);
        Assert.Single(host.Metrics.Of("lectern.ai.speech.time_to_first_sound"));
        Assert.Contains("espeak-ng speaks", host.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Mitochondria", host.Log.Text, StringComparison.OrdinalIgnoreCase);
    }

    // How many samples a sound takes to repeat itself: the lag at which its middle is most like itself, between 60 and 500 Hz.
    private static int Period(short[] samples)
    {
        var middle = samples.AsSpan(samples.Length / 3, 2_048);
        var (best, bestLikeness) = (0, double.MinValue);
        for (var lag = EspeakRate / 500; lag < EspeakRate / 60; lag++)
        {
            var likeness = 0.0;
            for (var i = lag; i < middle.Length; i++)
                likeness += (double)middle[i] * middle[i - lag] / (middle.Length - lag);
            (best, bestLikeness) = likeness > bestLikeness ? (lag, likeness) : (best, bestLikeness);
        }
        return best;
    }

    private static List<string> Words(string text, Spoken spoken) => [.. spoken.Marks.Words.Select(word => text.Substring(word.Start, word.Length))];
}
