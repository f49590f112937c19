using Lectern.Tests.Voice.Aloud;
using Lectern.Voice;
using Lectern.Voice.Hearing;
using Lectern.Voice.Speech;
using static Lectern.Tests.Voice.Hearing.EndOfTurnTests;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice.Hearing;

/// <summary>What users of other conversation engines complain of most, by its number in that list, as far as it concerns speech.</summary>
public sealed class SpokenPainTests
{
    private const string Long = BargeInTests.Long;

    [Fact]
    public void Pain_1_history_never_holds_what_was_not_heard() => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await talk.SpeaksAsync(1);
            var heard = talk.Player.WordsHeard;
            await talk.IsQuietAsync(1);

            Assert.InRange(heard, 5, 12);
            Assert.Equal(string.Join(' ', Long.Split(' ')[..heard]), talk.Responder.Requests[1].History[^1].Text);
        },
        prepare: talk => talk.Responder.Answers(Long));

    [Fact]
    public void Pain_2_after_an_interruption_no_old_sound_plays() => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await talk.SpeaksAsync(1);
            var cleared = talk.Outputs.FindIndex(o => o is SpeechCleared);
            await talk.IsQuietAsync(15);

            Assert.DoesNotContain(talk.Outputs.Skip(cleared), o => o is SoundReady { Generation: 1 });
            Assert.Equal(0, talk.Player.Stale);
        },
        prepare: talk => talk.Responder.AnswersDeaf(Long, Seconds(3), " More and more and more."));

    [Fact]
    public void Pain_3_a_pause_for_thought_does_not_cut_anybody_off() => RunAloud(
        async talk =>
        {
            await talk.SpeaksAsync(1);
            await talk.IsQuietAsync(0.9);
            await AskAloudAsync(talk, 2);
            Assert.Equal("I ask because it is green.", talk.All<QuestionAccepted>().Single().Text);
            Assert.Empty(talk.All<QuestionAmended>());
        },
        prepare: talk => talk.Ears.Hears("I ask because").Hears("it is green."));

    [Fact]
    public void Pain_3_who_is_cut_off_all_the_same_has_asked_one_question() => RunAloud(
        async talk =>
        {
            await talk.SpeaksAsync(1);
            await talk.IsQuietAsync(0.9);
            await AskAloudAsync(talk, 5);
            Assert.Equal("Something else. Is it green?", talk.All<QuestionAmended>().Single().Text);
            Assert.Single(talk.All<AnswerCompleted>());
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Seconds(1), "Never heard.").Answers("Yes.");
            talk.Ears.Hears("Something else.").Hears("Is it green?");
        });

    [Theory]
    [InlineData("Yeah.")]
    [InlineData("Yes.")]
    [InlineData("No.")]
    [InlineData("Photosynthesis.")]
    public void Pain_4_the_end_of_a_turn_comes_as_soon_after_one_word_as_after_another(string word) => RunAloud(
        async talk =>
        {
            await talk.SpeaksAsync(0.36);
            await talk.IsQuietAsync(0.5);
            Assert.Equal(word, talk.All<QuestionAccepted>().Single().Text);
        },
        prepare: talk => talk.Ears.Hears(word));

    [Fact]
    public void Pain_5_a_mhm_does_not_stop_the_answer() => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await AskAloudAsync(talk, 12, speech: 0.4);

            Assert.Empty(talk.All<SpeechCleared>());
            Assert.Equal(BargeInTests.AllWords.Count(), talk.Player.WordsHeard);
            Assert.Equal(BargeInTests.AllWords, talk.Player.Sounded);
            Assert.Equal([true, false], talk.All<SpeechDucked>().Select(d => d.IsDucked));
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Long);
            talk.Ears.Hears("Mhm.");
        });

    [Fact]
    public void Pain_5_nor_does_a_cough() => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await talk.HearsAsync(0.7, (random, _) => Sounds.Noise(random, -10));
            await talk.IsQuietAsync(15);
            Assert.Single(talk.All<AnswerCompleted>());
            BargeInTests.AssertHeardInOrder(talk, cuts: 1);
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Long);
            talk.Ears.Hears("");
        });

    [Fact]
    public void Pain_6_after_an_interruption_whose_words_never_come_it_does_not_fall_silent() => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await AskAloudAsync(talk, 30, speech: 1);
            Assert.Single(talk.All<AnswerCompleted>());
            BargeInTests.AssertHeardInOrder(talk, cuts: 1);
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Long);
            talk.Ears.Hears("Never.", seconds: 3_600);
        });

    [Fact]
    public void Pain_7_a_stale_answer_never_sounds_over_a_new_question() => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await AskAloudAsync(talk, 10, speech: 1);
            var accepted = talk.Outputs.IndexOf(talk.All<QuestionAccepted>().Last());
            Assert.All(talk.Outputs.Skip(accepted), o => Assert.Equal(2, o.Generation));
            Assert.Equal(2, talk.Player.WordsHeard);
        },
        prepare: talk => talk.Responder.AnswersDeaf(Long, Seconds(1), " More.").Answers("New answer."));

    [Fact]
    public void Pain_8_a_transcript_in_two_pieces_has_one_answer() => RunAloud(
        async talk =>
        {
            await talk.SpeaksAsync(1);
            await talk.IsQuietAsync(0.3);
            await AskAloudAsync(talk, 6);
            Assert.Single(talk.Responder.Requests);
            Assert.Single(talk.All<AnswerCompleted>());
        },
        prepare: talk => talk.Ears.Hears("Why is it green", seconds: 2).Hears("in summer?", seconds: 0.1));

    [Fact]
    public void Pain_9_no_voice_and_no_transcription_outlives_its_conversation() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.IsQuietAsync(1);
            await AskAloudAsync(talk, 1);
            await talk.Close();
            Assert.Equal(0, talk.Voice.Running);
            Assert.Equal(1, talk.Ears.Cancelled);
        },
        prepare: talk =>
        {
            talk.Voice.BetweenParts = Seconds(1);
            talk.Responder.Answers(Long);
            talk.Ears.Hears("Never.", seconds: 3_600);
        });

    [Fact]
    public void Pain_12_an_answer_is_complete_when_it_was_heard_and_not_when_it_was_made() => RunAloud(
        async talk =>
        {
            talk.Player.Delay = Seconds(0.8);
            await talk.Ask("Why?");
            while (!talk.All<AnswerCompleted>().Any())
            {
                Assert.InRange(talk.Player.WordsHeard, 0, 20);
                await talk.Pass(0.1);
            }
            Assert.Equal(20, talk.Player.WordsHeard);
        },
        prepare: talk => talk.Responder.Answers(Long));

    [Fact]
    public void Pain_13_our_own_words_through_the_microphone_are_no_question() => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await AskAloudAsync(talk, 15, speech: 1);
            Assert.Single(talk.All<QuestionAccepted>());
            Assert.Single(talk.All<AnswerCompleted>());
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Long);
            talk.Ears.Hears("Five, six, seven, eight.");
        });

    [Fact]
    public void Pain_14_silence_is_never_written_down() => RunAloud(async talk =>
    {
        await talk.HearsAsync(240, (random, i) => Sounds.Noise(random, i % 100 == 0 ? -12 : -55));
        Assert.Empty(talk.Ears.Recordings);
        Assert.Empty(talk.All<HearingChanged>());
    });

    [Fact]
    public void Pain_15_the_sound_has_neither_gaps_nor_overlaps() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(10);
            var end = 0L;
            foreach (var sound in talk.All<SoundReady>())
            {
                Assert.Equal(end, sound.Position);
                end += sound.Pcm.Length / 2;
            }
            Assert.Equal(ScriptedVoice.Length(Long) * 8, end);
        },
        prepare: talk => talk.Responder.Answers(Long));

    [Fact]
    public void Pain_16_the_first_sound_does_not_wait_for_a_whole_sentence() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(0.4);
            Assert.Equal(1, talk.Player.WordsHeard);
        },
        prepare: talk => talk.Responder.Answers("Basically, a", Seconds(5), " leaf is green."));

    [Fact]
    public void Pain_19_the_mouth_keeps_to_the_sound_also_after_an_interruption() => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await AskAloudAsync(talk, 15, speech: 0.8);

            // A word begins where its number begins, whether it sounded at first or after going on.
            var begins = talk.All<PhraseSpoken>().SelectMany(p => p.Words).Select(w => w.Milliseconds).ToList();
            var visemes = talk.All<PhraseSpoken>().SelectMany(p => p.Visemes).Select(v => v.Milliseconds).ToList();
            var words = Long.Split(' ');
            Assert.Equal(words.Select((_, i) => words[..i].Sum(ScriptedVoice.Milliseconds)), begins);
            Assert.Equal(begins, visemes);
            var afterwards = talk.Outputs.SkipWhile(o => o is not SpeechCleared).OfType<SoundReady>().First();
            Assert.Contains((int)(afterwards.Position / 8), begins);
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Long);
            talk.Ears.Hears("mhm");
        });

    [Fact]
    public void Pain_20_what_a_failing_voice_did_not_say_is_not_lost() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(15);
            Assert.Equal(Long, talk.Said());
            Assert.Equal(Long, (await talk.Close()).History[^1].Text);
            Assert.Single(talk.All<VoiceFailed>());
        },
        prepare: talk =>
        {
            talk.Voice.Fails = (1, 2);
            talk.Responder.Answers(Long);
        });

    private static async Task StartAsync(Talk talk)
    {
        await talk.Ask("Why?");
        await talk.IsQuietAsync(1.2);
    }
}
