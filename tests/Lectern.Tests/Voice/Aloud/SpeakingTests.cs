using Lectern.Voice;
using Lectern.Voice.Journal;
using Lectern.Voice.Speech;
using Lectern.Voice.Turns;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice.Aloud;

public sealed class SpeakingTests
{
    private const string Long = "One two three four five six seven eight. Nine ten eleven twelve thirteen fourteen. Fifteen sixteen seventeen eighteen nineteen twenty.";

    [Fact]
    public void An_answer_is_spoken_and_complete_when_it_was_heard() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            Assert.Empty(talk.All<AnswerCompleted>());
            await talk.Pass(Length("It is green.") + 1.2);

            Assert.Single(talk.All<AnswerCompleted>());
            Assert.Equal(3, talk.Player.WordsHeard);
            Assert.Equal(ConversationState.Listening, talk.All<StateChanged>().Last().State);
        },
        prepare: talk => talk.Responder.Answers("It is green."));

    [Fact]
    public void A_phrase_comes_before_its_marks_and_its_marks_before_its_sound() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(20);

            foreach (var phrase in talk.All<PhraseReady>())
            {
                var told = talk.Outputs.FindIndex(o => o is PhraseSpoken spoken && spoken.Index == phrase.Index);
                var sound = talk.Outputs.FindIndex(o => o is SoundReady ready && ready.Position >= talk.All<PhraseSpoken>().First(s => s.Index == phrase.Index).FromMilliseconds * 8);
                Assert.InRange(told, talk.Outputs.IndexOf(phrase) + 1, sound - 1);
            }
        },
        prepare: talk => talk.Responder.Answers(Long));

    [Fact]
    public void A_phrase_is_stored_before_its_sound() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(20);

            foreach (var entry in talk.Journal.Entries.OfType<PhraseGiven>())
            {
                var from = talk.All<PhraseSpoken>().First(s => s.Index == entry.Index).FromMilliseconds * 8;
                Assert.True(talk.Log.IndexOf(entry) < talk.Log.FindIndex(o => o is SoundReady sound && sound.Position >= from));
            }
        },
        prepare: talk =>
        {
            talk.Journal.Takes = Seconds(0.3);
            talk.Responder.Answers(Long);
        });

    [Fact]
    public void The_first_phrase_sounds_before_the_second_is_made() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(0.5);

            Assert.True(talk.Player.WordsHeard > 0);
            Assert.Single(talk.All<PhraseReady>());
        },
        prepare: talk => talk.Responder.Answers("It is green, b", Seconds(3), "ecause it is."));

    [Fact]
    public void The_second_phrase_is_made_while_the_first_sounds() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(0.1);
            Assert.Equal(2, talk.Voice.Requests.Count);
            Assert.Single(talk.All<PhraseReady>());
        },
        prepare: talk => talk.Responder.Answers(string.Concat(Enumerable.Repeat("photosynthesis ", 8)) + "ends here. Twelve thirteen. Fourteen fifteen."));

    [Fact]
    public void Sound_is_never_more_than_two_seconds_ahead() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(60);

            Assert.Single(talk.All<AnswerCompleted>());
            // What is put out while less than two seconds wait may be one piece more.
            Assert.InRange(talk.Player.MostAhead, Seconds(1.5), Seconds(2.3));
        },
        prepare: talk => talk.Responder.Answers(string.Concat(Enumerable.Repeat(Long + " ", 5))));

    [Fact]
    public void Words_are_told_at_their_places_in_the_phrase_as_written() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(10);

            var phrase = talk.All<PhraseReady>().First();
            var words = talk.All<PhraseSpoken>().First().Words;
            Assert.Equal(["The", "area", "$\\pi r^2$", "$\\pi r^2$", "counts [1]."], words.Select(word => phrase.Text.Substring(word.Start, word.Length)));
            Assert.Equal("The area formula 7 counts.", talk.Voice.Requests[0].Text);
        },
        prepare: talk => talk.Responder.Answers("The **area** $\\pi r^2$ counts [1]."));

    [Fact]
    public void A_repetition_is_spoken_too() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(5);
            await talk.Post(new Repeat());
            await talk.Pass(5);

            Assert.True(talk.All<Repeated>().Single().IsWhole);
            Assert.Equal(2, talk.Voice.Requests.Count);
            Assert.Equal(2, talk.Player.Generation);
        },
        prepare: talk => talk.Responder.Answers("It is green."));

    [Fact]
    public void A_stop_leaves_exactly_the_words_that_were_heard() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            // 60 ms until it plays, "One" to 180, "two" to 300; then "three" has begun.
            await talk.Pass(0.4);
            await talk.Post(new Stop());
            await talk.Pass(1);

            Assert.Equal("One two", talk.All<AnswerStopped>().Single().Text);
            Assert.Equal(new Turn(1, Role.Assistant, "One two", AnswerOutcome.Stopped), (await talk.Close()).History[^1]);
            Assert.Equal("One two".Length, talk.Journal.Entries.OfType<AnswerEnded>().Single().Heard);
        },
        prepare: talk => talk.Responder.Answers(Long));

    [Fact]
    public void The_next_question_knows_only_what_was_heard() => RunAloud(
        async talk =>
        {
            await talk.Ask("First?");
            await talk.Pass(0.4);
            await talk.Ask("Second?");

            Assert.Equal("One two", talk.Responder.Requests[1].History[^1].Text);
            Assert.Equal(2, talk.All<QuestionAccepted>().Count());
        },
        prepare: talk => talk.Responder.Answers(Long));

    [Fact]
    public void What_is_asked_meanwhile_waits_for_the_players_last_report() => RunAloud(
        async talk =>
        {
            await talk.Ask("First?");
            await talk.Pass(0.4);
            await talk.Post(new Stop(), new Say("Second?"), new SetPace(0.8));
            Assert.Single(talk.All<QuestionAccepted>());
            await talk.Pass(0.31);

            Assert.Equal(["First?", "Second?"], talk.All<QuestionAccepted>().Select(q => q.Text));
            Assert.Equal(0.8, talk.All<PaceChanged>().Single().Pace);
        },
        prepare: talk =>
        {
            talk.Player.ReportsFinally = false;
            talk.Responder.Answers(Long);
        });

    [Fact]
    public void The_pace_is_the_voices() => RunAloud(
        async talk =>
        {
            await talk.Post(new SetPace(1.25));
            await talk.Ask("Why?");
            Assert.Equal(1.25, talk.Voice.Requests[0].Pace);
            Assert.Equal(("de", 61), (talk.Voice.Requests[0].Language, talk.Voice.Requests[0].Voice.Pitch));
        },
        new ConversationOptions { Speech = new SpeechOptions { Language = "de", Voice = new VoiceProfile("anna", 61) } });

    [Fact]
    public void The_end_stops_the_sound_at_once() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(0.7);
            await talk.Post(new End(EndReason.Ended));
            await talk.Pass(10);

            Assert.Single(talk.All<SpeechCleared>());
            Assert.Contains(talk.All<AnswerStopped>().Single().Text, "One two three", StringComparison.Ordinal);
            Assert.Equal(0, talk.Voice.Running);
        },
        prepare: talk => talk.Responder.Answers(Long));

    private static double Length(string text) => ScriptedVoice.Length(text) / 1000.0;
}
