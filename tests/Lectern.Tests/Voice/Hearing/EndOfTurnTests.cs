using Lectern.Tests.Voice.Aloud;
using Lectern.Voice;
using Lectern.Voice.Hearing;
using Lectern.Voice.Speech;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice.Hearing;

/// <summary>When what somebody says is over, and what becomes of it.</summary>
public sealed class EndOfTurnTests
{
    [Fact]
    public void What_was_said_is_asked_after_a_usual_pause() => RunAloud(
        async talk =>
        {
            await talk.IsQuietAsync(1);
            await talk.SpeaksAsync(1.1);
            await talk.IsQuietAsync(0.36);
            Assert.Empty(talk.All<QuestionAccepted>());
            await talk.IsQuietAsync(0.2);

            Assert.Equal("Why is it green?", talk.All<QuestionAccepted>().Single().Text);
            Assert.Equal([HearingState.Speech, HearingState.Words, HearingState.Nothing], talk.All<HearingChanged>().Select(h => h.State));
        },
        prepare: talk => talk.Ears.Hears("Why is it green?"));

    [Fact]
    public void The_recording_holds_all_that_was_said_and_a_little_before_it() => RunAloud(
        async talk =>
        {
            await talk.IsQuietAsync(1);
            await talk.SpeaksAsync(2);
            await talk.IsQuietAsync(1);

            var recording = talk.Ears.Recordings.Single();
            Assert.InRange(recording.Duration, Seconds(2.2), Seconds(2.6));
            Assert.Equal("de", recording.Language);
        },
        new ConversationOptions { Hearing = new HearingOptions { Language = "de" } });

    [Fact]
    public void Who_makes_no_pauses_is_waited_for_only_briefly() => RunAloud(async talk =>
    {
        for (var i = 0; i < 25; i++)
        {
            talk.Ears.Hears("Why is that?", seconds: 0.01);
            await AskAloudAsync(talk, 6);
        }
        talk.Ears.Hears("And now?", seconds: 0.01);
        Assert.InRange(await WaitAsync(talk), 0.18, 0.28);
    });

    [Fact]
    public void Who_makes_long_pauses_is_waited_for_longer() => RunAloud(async talk =>
    {
        for (var i = 0; i < 12; i++)
        {
            talk.Ears.Hears("Why is that").Hears("in leaves?");
            await talk.SpeaksAsync(1.1);
            await talk.IsQuietAsync(0.66);
            await AskAloudAsync(talk, 8);
        }
        talk.Ears.Hears("And now?", seconds: 0.01);
        Assert.InRange(await WaitAsync(talk), 0.66, 0.78);
    });

    [Fact]
    public void A_sentence_that_plainly_goes_on_is_waited_for_1200_ms() => RunAloud(
        async talk =>
        {
            Assert.InRange(await WaitAsync(talk), 1.15, 1.3);
            Assert.Single(talk.All<QuestionAccepted>());
        },
        prepare: talk => talk.Ears.Hears("I ask because", seconds: 0.01));

    [Theory]
    [InlineData("What is it for?")]
    [InlineData("Wofür ist das?")]
    public void A_question_that_ends_in_such_a_word_is_over(string text) => RunAloud(
        async talk => Assert.InRange(await WaitAsync(talk), 0.35, 0.55),
        prepare: talk => talk.Ears.Hears(text, seconds: 0.01));

    [Fact]
    public void Coughs_and_the_talk_button_teach_nothing_about_pauses() => RunAloud(async talk =>
    {
        for (var i = 0; i < 20; i++)
        {
            talk.Ears.Hears("", seconds: 0.01).Hears("Why?", seconds: 0.01);
            await AskAloudAsync(talk, 1, speech: 0.4);
            await HoldAsync(talk, 0.5);
            await talk.Pass(6);
        }
        talk.Ears.Hears("And now?", seconds: 0.01);
        Assert.InRange(await WaitAsync(talk), 0.38, 0.5);
    });

    [Fact]
    public void Speech_that_goes_on_within_the_pause_is_one_question() => RunAloud(
        async talk =>
        {
            await talk.SpeaksAsync(1.1);
            await talk.IsQuietAsync(0.34);
            await AskAloudAsync(talk, 3);

            Assert.Equal("Why is it green?", talk.All<QuestionAccepted>().Single().Text);
            Assert.Equal(2, talk.Ears.Recordings.Count);
            Assert.Empty(talk.All<QuestionAmended>());
        },
        prepare: talk => talk.Ears.Hears("Why is it", seconds: 0.05).Hears("green?"));

    [Fact]
    public void Speech_that_resumes_while_the_first_piece_is_written_down_is_one_question_in_order() => RunAloud(
        async talk =>
        {
            await talk.SpeaksAsync(1.1);
            await talk.IsQuietAsync(1);
            await talk.SpeaksAsync(1.1);
            await talk.IsQuietAsync(1);
            Assert.Empty(talk.All<QuestionAccepted>());
            await talk.IsQuietAsync(3);

            Assert.Equal("Why is it green?", talk.All<QuestionAccepted>().Single().Text);
        },
        // The second piece is ready long before the first.
        prepare: talk => talk.Ears.Hears("Why is it", seconds: 4).Hears("green?", seconds: 0.1));

    [Fact]
    public void Both_pieces_are_recorded_when_the_microphone_was_silent_for_a_while_between() => RunAloud(
        async talk =>
        {
            await talk.SpeaksAsync(1.1);
            // No frames at all: the clock tells that it is silent.
            await talk.Pass(3);
            await talk.SpeaksAsync(2);
            await talk.IsQuietAsync(6);

            Assert.Equal("Why is it green?", talk.All<QuestionAccepted>().Single().Text);
            Assert.InRange(talk.Ears.Recordings[1].Duration, Seconds(1.9), Seconds(2.6));
        },
        prepare: talk => talk.Ears.Hears("Why is it", seconds: 6).Hears("green?"));

    [Fact]
    public void Typed_questions_wait_for_nothing() => RunAloud(async talk =>
    {
        await talk.Ask("Why?");
        Assert.Single(talk.All<QuestionAccepted>());
        Assert.Empty(talk.All<HearingChanged>());
    });

    [Theory]
    [InlineData(0.04)]
    [InlineData(0.06)]
    [InlineData(0.1)]
    public void A_noise_shorter_than_120_ms_is_not_written_down(double seconds) => RunAloud(async talk =>
    {
        await talk.IsQuietAsync(1);
        await talk.HearsAsync(seconds, (random, _) => Sounds.Noise(random, -15));
        await talk.IsQuietAsync(3);

        Assert.Empty(talk.Ears.Recordings);
        Assert.Empty(talk.All<NotUnderstood>());
        Assert.Equal(HearingState.Nothing, talk.All<HearingChanged>().LastOrDefault()?.State ?? HearingState.Nothing);
    });

    [Fact]
    public void Frames_that_stop_in_the_middle_of_speech_end_the_turn() => RunAloud(
        async talk =>
        {
            await talk.SpeaksAsync(1.5);
            await talk.Pass(3);
            Assert.Equal("Why?", talk.All<QuestionAccepted>().Single().Text);
        },
        prepare: talk => talk.Ears.Hears("Why?"));

    [Fact]
    public void What_was_said_before_the_line_was_lost_is_asked() => RunAloud(
        async talk =>
        {
            await talk.SpeaksAsync(1.5);
            await talk.Post(new DeviceChanged(Device.Away));
            await talk.Pass(1);
            Assert.Equal("Why?", talk.All<QuestionAccepted>().Single().Text);
            Assert.Equal(HearingState.Nothing, talk.All<HearingChanged>().Last().State);
        },
        prepare: talk => talk.Ears.Hears("Why?"));

    [Fact]
    public void Frames_in_bunches_end_the_turn_all_the_same() => RunAloud(
        async talk =>
        {
            var random = new Random(1);
            for (var bunch = 0; bunch < 12; bunch++)
            {
                await talk.Pass(0.2);
                var sound = Enumerable.Range(bunch * 10, 10).SelectMany(i => bunch < 6 ? Sounds.Syllable(random, i) : Sounds.Noise(random, -65)).ToArray();
                await talk.Post(new MicrophoneHeard(sound));
            }
            Assert.Single(talk.All<QuestionAccepted>());
            Assert.Single(talk.Ears.Recordings);
        });

    [Fact]
    public void A_transcription_that_hangs_is_given_up_and_the_next_turn_works() => RunAloud(
        async talk =>
        {
            await AskAloudAsync(talk, 11);
            Assert.Empty(talk.All<NotUnderstood>());
            await talk.IsQuietAsync(2);
            Assert.IsType<TimeoutException>(talk.All<NotUnderstood>().Single().Cause);
            Assert.Equal(1, talk.Ears.Cancelled);

            await AskAloudAsync(talk, 1);
            Assert.Equal("Why?", talk.All<QuestionAccepted>().Single().Text);
        },
        prepare: talk => talk.Ears.Hears("Too late.", seconds: 3_600).Hears("Why?"));

    [Fact]
    public void A_loop_that_waits_for_a_transcription_sleeps() => RunAloud(
        async talk =>
        {
            await talk.SpeaksAsync(1);
            await talk.Pass(5);
            var before = talk.Time.Fired;
            await talk.Pass(5);
            Assert.InRange(talk.Time.Fired - before, 0, 20);
        },
        prepare: talk => talk.Ears.Hears("Why?", seconds: 11));

    [Fact]
    public void A_transcription_that_fails_is_told_with_its_cause() => RunAloud(
        async talk =>
        {
            await AskAloudAsync(talk, 1);
            Assert.IsType<IOException>(talk.All<NotUnderstood>().Single().Cause);
            Assert.Empty(talk.All<QuestionAccepted>());
            await AskAloudAsync(talk, 1);
            Assert.Single(talk.All<QuestionAccepted>());
        },
        prepare: talk => talk.Ears.Fails(new IOException()));

    [Fact]
    public void Long_speech_without_words_is_told_and_short_speech_without_words_is_not() => RunAloud(
        async talk =>
        {
            await AskAloudAsync(talk, 1, speech: 0.5);
            Assert.Empty(talk.All<NotUnderstood>());
            await AskAloudAsync(talk, 1, speech: 1.5);
            Assert.Null(talk.All<NotUnderstood>().Single().Cause);
            Assert.Empty(talk.All<QuestionAccepted>());
        },
        prepare: talk => talk.Ears.Hears("").Hears("  "));

    [Fact]
    public void Two_thousand_characters_are_one_question() => RunAloud(
        async talk =>
        {
            await AskAloudAsync(talk, 2, speech: 70);
            Assert.Equal(3, talk.Ears.Recordings.Count);
            Assert.InRange(talk.All<QuestionAccepted>().Single().Text.Length, 2_390, 2_400);
        },
        prepare: talk => talk.Ears.Hears(Words(800)).Hears(Words(800)).Hears(Words(800)));

    [Fact]
    public void More_than_a_question_may_hold_is_refused_and_the_next_one_works() => RunAloud(
        async talk =>
        {
            await AskAloudAsync(talk, 2);
            Assert.Equal(LimitKind.QuestionLength, talk.All<LimitReached>().Single().Kind);
            await AskAloudAsync(talk, 2);
            Assert.Single(talk.All<QuestionAccepted>());
        },
        prepare: talk => talk.Ears.Hears(Words(4_200)));

    [Fact]
    public void Nobody_speaks_for_longer_than_two_minutes_in_one_turn() => RunAloud(async talk =>
    {
        await talk.SpeaksAsync(119);
        Assert.Empty(talk.All<QuestionAccepted>());
        await talk.SpeaksAsync(3);
        Assert.All(talk.Ears.Recordings, recording => Assert.InRange(recording.Duration, Seconds(0.1), Seconds(30.1)));
        Assert.Single(talk.All<QuestionAccepted>());
    });

    internal static async Task AskAloudAsync(Talk talk, double quiet, double speech = 1.1)
    {
        await talk.SpeaksAsync(speech);
        await talk.IsQuietAsync(quiet);
    }

    internal static async Task HoldAsync(Talk talk, double speech)
    {
        await talk.Post(new Lectern.Voice.Talk(IsHeld: true));
        await talk.SpeaksAsync(speech);
        await talk.Post(new Lectern.Voice.Talk(IsHeld: false));
    }

    /// <returns>How long after the last sound the question was asked, in seconds.</returns>
    private static async Task<double> WaitAsync(Talk talk)
    {
        var before = talk.All<QuestionAccepted>().Count();
        // Ends in a loud frame.
        await talk.SpeaksAsync(0.96);
        for (var i = 0; i < 100; i++)
        {
            await talk.IsQuietAsync(0.02);
            if (talk.All<QuestionAccepted>().Count() > before)
                return (i + 1) * 0.02;
        }
        return double.NaN;
    }

    private static string Words(int characters) => string.Concat(Enumerable.Repeat("green ", characters / 6)).TrimEnd() + "?";
}
