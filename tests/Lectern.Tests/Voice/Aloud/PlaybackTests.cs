using Lectern.Tests.Voice.Hearing;
using Lectern.Voice;
using Lectern.Voice.Speech;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice.Aloud;

/// <summary>Players that cannot be trusted.</summary>
public sealed class PlaybackTests
{
    private const string Long = BargeInTests.Long;
    private static readonly double Length = ScriptedVoice.Length(Long) / 1000.0;

    [Fact]
    public void One_that_never_reports_is_taken_to_play_at_ordinary_speed() => RunAloud(
        async talk =>
        {
            (talk.Player.Reports, talk.Player.ReportsFinally) = (false, false);
            await talk.Ask("Why?");
            await talk.Pass(Length - 0.2);
            Assert.Empty(talk.All<AnswerCompleted>());
            await talk.Pass(1);
            Assert.Single(talk.All<AnswerCompleted>());
            Assert.Equal(20, talk.Player.WordsHeard);
        },
        prepare: talk => talk.Responder.Answers(Long));

    [Theory]
    [InlineData(1e9)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-5_000.0)]
    [InlineData(0.0)]
    public void What_cannot_be_is_brought_to_what_is_possible(double ms) => RunAloud(
        async talk =>
        {
            talk.Player.ReportsFinally = false;
            await talk.Ask("Why?");
            await talk.Pass(1.6);
            var heard = talk.Player.WordsHeard;
            await talk.Post(new Played(1, ms), new Stop(), new Played(1, ms, IsFinal: true));
            // A report may be ahead by as much as clocks and messages are late.
            Assert.InRange(talk.All<AnswerStopped>().Single().Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, 1, heard + 2);
        },
        prepare: talk => talk.Responder.Answers(Long));

    [Fact]
    public void One_that_reports_the_future_all_the_time_ends_no_answer_early() => RunAloud(
        async talk =>
        {
            talk.Player.Reports = false;
            await talk.Ask("Why?");
            for (var t = 0.0; t < Length - 0.5; t += 0.1)
            {
                await talk.Post(new Played(1, 1e6));
                await talk.Pass(0.1);
            }
            Assert.Empty(talk.All<AnswerCompleted>());
            await talk.Pass(2);
            Assert.Single(talk.All<AnswerCompleted>());
        },
        prepare: talk => talk.Responder.Answers(Long));

    [Fact]
    public void Reports_of_another_utterance_are_dropped() => RunAloud(
        async talk =>
        {
            talk.Player.Reports = false;
            await talk.Ask("First?");
            await talk.Pass(1);
            await talk.Post(new Played(0, 4_000), new Played(7, 4_000, IsFinal: true), new Stop());
            await talk.Pass(0.1);
            Assert.Single(talk.All<AnswerStopped>());
            Assert.InRange(talk.All<AnswerStopped>().Single().Text.Length, 1, 40);
        },
        prepare: talk => talk.Responder.Answers(Long));

    [Fact]
    public void One_that_stands_still_for_ten_seconds_is_given_the_rest_as_text() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(1.2);
            talk.Player.IsStuck = true;
            await talk.Pass(9);
            Assert.InRange(talk.Said().Length, 1, Long.Length + 50);
            await talk.Pass(3);

            Assert.Equal($"{Long} {Long} {Long}", talk.Said());
            Assert.Single(talk.All<SpeechCleared>());
            Assert.Single(talk.All<AnswerCompleted>());
        },
        prepare: talk => talk.Responder.Answers($"{Long} {Long} {Long}"));

    [Fact]
    public void After_one_answer_lost_to_a_stuck_player_the_next_is_spoken() => RunAloud(
        async talk =>
        {
            talk.Player.IsStuck = true;
            await talk.Ask("First?");
            await talk.Pass(15);
            talk.Player.IsStuck = false;
            await talk.Ask("Second?");
            await talk.Pass(5);

            Assert.Equal(2, talk.Player.Generation);
            Assert.Equal(4, talk.Player.WordsHeard);
            Assert.Equal(2, talk.All<AnswerCompleted>().Count());
        },
        prepare: talk => talk.Responder.Answers(Long));

    [Fact]
    public void One_that_stood_still_a_while_without_a_word_loses_nothing_by_an_interruption() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(1.2);
            talk.Player.Reports = false;
            talk.Player.IsStuck = true;
            await talk.Pass(3);
            await talk.Post(new WordsHeard("but why"));
            talk.Player.IsStuck = false;
            await talk.Pass(0.1);
            await talk.Post(new Say("mhm", IsSpoken: true));
            await talk.Pass(20);

            BargeInTests.AssertHeardInOrder(talk, cuts: 1);
            Assert.Single(talk.All<AnswerCompleted>());
        },
        prepare: talk => talk.Responder.Answers(Long));

    [Fact]
    public void A_last_report_that_comes_after_the_answer_went_on_moves_nothing() => RunAloud(
        async talk =>
        {
            talk.Player.ReportsFinally = false;
            await talk.Ask("Why?");
            await talk.Pass(1.6);
            await talk.Post(new WordsHeard("but why"));
            await talk.Pass(0.5);
            await talk.Post(new Say("mhm", IsSpoken: true));
            await talk.Pass(0.1);
            await talk.Post(new Played(1, 1_900, IsFinal: true), new Stop());
            await talk.Pass(0.5);

            Assert.InRange(talk.All<AnswerStopped>().Single().Text.Split(' ').Length, 1, talk.Player.WordsHeard);
        },
        prepare: talk => talk.Responder.Answers(Long));
}
