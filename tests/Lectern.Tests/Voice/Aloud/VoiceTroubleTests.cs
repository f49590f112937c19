using Lectern.Tests.Voice.Hearing;
using Lectern.Voice;
using Lectern.Voice.Speech;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice.Aloud;

/// <summary>Voices that cannot be trusted, and those that know little.</summary>
public sealed class VoiceTroubleTests
{
    private const string Long = BargeInTests.Long;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_phrase_whose_voice_fails_stands_to_be_read_and_the_next_is_spoken(int phrase) => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(15);

            Assert.Equal(Long, talk.Said());
            Assert.IsType<InvalidOperationException>(talk.All<VoiceFailed>().Single().Cause);
            Assert.Single(talk.All<AnswerCompleted>());
            Assert.Equal(phrase == 0 ? 12 : 14, talk.Player.WordsHeard);
        },
        prepare: talk =>
        {
            talk.Voice.Fails = (phrase, 0);
            talk.Responder.Answers(Long);
        });

    [Fact]
    public void Of_a_phrase_whose_voice_breaks_off_the_words_that_sounded_count() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            // 125 ms of sound: of "One" and a little of "two".
            await talk.Pass(0.17);
            var heard = talk.Player.WordsHeard;
            await talk.Post(new Stop());
            await talk.Pass(0.4);

            Assert.Equal(0, heard);
            Assert.Equal("", talk.All<AnswerStopped>().Single().Text);
        },
        prepare: talk =>
        {
            talk.Voice.Fails = (0, 1);
            talk.Responder.Answers(Long[..36], Seconds(5), Long[36..]);
        });

    [Fact]
    public void After_two_failures_the_rest_of_the_answer_is_read_and_the_next_answer_is_spoken() => RunAloud(
        async talk =>
        {
            await talk.Ask("First?");
            await talk.Pass(1);
            Assert.Equal(Long, talk.Said());
            Assert.Equal(2, talk.All<VoiceFailed>().Count());
            Assert.Empty(talk.All<SoundReady>());
            await talk.Ask("Second?");
            await talk.Pass(3);
            Assert.Equal(4, talk.Player.WordsHeard);
        },
        prepare: talk =>
        {
            talk.Voice.Instead[0] = [new IOException()];
            talk.Voice.Instead[1] = [new IOException()];
            talk.Responder.Answers(Long);
        });

    [Fact]
    public void A_voice_that_hangs_is_given_up_after_five_seconds() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(4.9);
            Assert.Empty(talk.All<PhraseReady>());
            await talk.Pass(10);

            Assert.IsType<TimeoutException>(talk.All<VoiceFailed>().First().Cause);
            Assert.Single(talk.All<AnswerCompleted>());
            Assert.Equal(Long, talk.Said());
            Assert.Equal(0, talk.Voice.Running);
        },
        prepare: talk =>
        {
            talk.Voice.Hangs = true;
            talk.Responder.Answers(Long);
        });

    [Fact]
    public void A_voice_that_gives_odd_things_is_survived() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(20);
            Assert.Single(talk.All<AnswerCompleted>());
            Assert.Equal(Long, talk.Said());
            Assert.All(talk.All<SoundReady>(), sound => Assert.True(sound.Pcm.Length > 0 && sound.Pcm.Length % 2 == 0));
            Assert.All(talk.All<PhraseSpoken>().SelectMany(p => p.Words.Select(w => (p, w))), x =>
                Assert.InRange(x.w.Start + x.w.Length, 0, talk.All<PhraseReady>().Single(r => r.Index == x.p.Index).Text.Length));
        },
        prepare: talk =>
        {
            // Empty, half a sample, marks late, twice, in no order, beyond the text and beyond the sound.
            var marks = new SpeechMarks([new WordMark(900, 8, 5), new WordMark(-50, 0, 3), new WordMark(99_000, 900, 70)], [new VisemeMark(0, 3)], 400);
            talk.Voice.Instead[0] = [new SpeechSamples(Array.Empty<byte>()), new SpeechSamples(new byte[8_001]), marks, new SpeechSamples(new byte[8_000]), marks];
            talk.Voice.Instead[1] = [marks];
            talk.Voice.Instead[2] = [];
            talk.Responder.Answers(Long);
        });

    [Fact]
    public void Sound_that_lasts_longer_than_was_told_is_not_heard_sooner() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(1);
            await talk.Post(new Stop());
            await talk.Pass(0.5);
            Assert.Equal("One two", talk.All<AnswerStopped>().Single().Text);
        },
        prepare: talk =>
        {
            // Told: a tenth of a second; in truth three seconds, the third word at two.
            var marks = new SpeechMarks([new WordMark(0, 0, 3), new WordMark(500, 4, 3), new WordMark(900, 8, 5)], [], 100);
            talk.Voice.Instead[0] = [marks, new SpeechSamples(new byte[24_000])];
            foreach (var i in Enumerable.Range(0, 2_000))
                talk.Voice.Lengths[i] = int.MaxValue;
            talk.Responder.Answers("One two three.");
        });

    [Fact]
    public void A_voice_that_knows_no_times_is_told_of_twice_and_what_was_heard_is_known_within_the_phrase() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(3.2);
            var heard = talk.Player.WordsHeard;
            await talk.Post(new Stop());
            await talk.Pass(0.5);

            var told = talk.All<PhraseSpoken>().Where(p => p.Index == 0).ToList();
            Assert.Equal([null, ScriptedVoice.Length(talk.All<PhraseReady>().First().Text)], told.Select(p => p.Milliseconds));
            Assert.Empty(told[0].Words);
            Assert.NotEmpty(told[1].Words);
            Assert.InRange(talk.All<AnswerStopped>().Single().Text.Split(' ').Length, heard - 2, heard + 2);
        },
        prepare: talk =>
        {
            talk.Voice.HasMarks = false;
            talk.Responder.Answers(Long);
        });
}
