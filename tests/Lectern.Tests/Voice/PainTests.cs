using Lectern.Voice;
using Lectern.Voice.Turns;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice;

/// <summary>What users of other conversation engines complain of most, by its number in that list, as far as it concerns text.</summary>
public sealed class PainTests
{
    [Fact]
    public void Pain_1_history_never_holds_what_was_not_given_out() => Run(
        async talk =>
        {
            await talk.Ask("First?");
            await talk.Ask("Second?");

            Assert.Equal(new Turn(1, Role.Assistant, "It is green. ", AnswerOutcome.Stopped), talk.Responder.Requests[1].History[^1]);
        },
        prepare: talk => talk.Responder.Answers("It is green. But only half", Seconds(5), " the time."));

    [Fact]
    public void Pain_2_after_a_stop_nothing_more_of_the_answer_comes_out() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Post(new Stop());
            var before = talk.Outputs.Count;
            await talk.Pass(30);

            Assert.Equal(before, talk.Outputs.Count);
            Assert.Equal("Because, ", talk.Said());
        },
        prepare: talk => talk.Responder.AnswersDeaf("Because, a", Seconds(1), " leaf is green. Very green. ", Seconds(1), "And so on."));

    [Fact]
    public void Pain_6_a_silent_responder_is_followed_by_a_spoken_excuse() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(19.9);
            Assert.Empty(talk.All<AnswerFailed>());
            await talk.Pass(0.2);

            Assert.Equal(FailureReason.Silence, talk.All<AnswerFailed>().Single().Reason);
            Assert.Equal("Sorry, I could not answer that. Please ask me again.", talk.Said());
            Assert.Equal(0, talk.Responder.Running);
        },
        prepare: talk => talk.Responder.Answers(Seconds(3_600)));

    [Fact]
    public void Pain_6_a_responder_that_falls_silent_halfway_is_not_waited_for_either() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(15);
            Assert.Empty(talk.All<AnswerFailed>());
            await talk.Pass(16);

            Assert.Equal(FailureReason.Silence, talk.All<AnswerFailed>().Single().Reason);
        },
        prepare: talk => talk.Responder.Answers(Seconds(10), "It is green. But", Seconds(3_600)));

    [Fact]
    public void Pain_6_empty_pieces_do_not_hide_silence() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(25);
            Assert.Equal(FailureReason.Silence, talk.All<AnswerFailed>().Single().Reason);
        },
        prepare: talk => talk.Responder.Answers([.. Enumerable.Repeat(new object[] { "", Seconds(1) }, 100).SelectMany(x => x)]));

    [Fact]
    public void Pain_6_after_a_failure_the_next_question_is_answered() => Run(
        async talk =>
        {
            await talk.Ask("First?");
            await talk.Ask("Second?");
            Assert.Equal("This is the answer.", talk.Said(2));
        },
        prepare: talk => talk.Responder.Answers(new InvalidOperationException()));

    [Fact]
    public void Pain_7_a_stale_reply_never_plays_over_a_new_question() => Run(
        async talk =>
        {
            await talk.Ask("First?");
            await talk.Ask("Second?");
            await talk.Pass(60);

            var accepted = talk.Outputs.IndexOf(talk.All<QuestionAccepted>().Single(q => q.Turn == 2));
            Assert.All(talk.Outputs.Skip(accepted), o => Assert.Equal(2, o.Generation));
            Assert.IsType<AnswerStopped>(talk.Outputs[accepted - 1]);
            Assert.Equal("New answer.", talk.Said(2));
        },
        prepare: talk => talk.Responder
            .AnswersDeaf("Because, a", Seconds(1), " leaf is green. ", Seconds(1), "And more. And more. ")
            .Answers(Seconds(2), "New answer."));

    [Fact]
    public void Pain_8_every_question_has_exactly_one_answer() => Run(
        async talk =>
        {
            await talk.Post(new Say("One?"), new Say("Two?"), new Say("Three?"));
            await talk.Pass(60);

            Assert.Equal([1, 2], talk.All<AnswerStopped>().Select(a => a.Turn));
            Assert.Equal([3], talk.All<AnswerCompleted>().Select(a => a.Turn));
        });

    [Fact]
    public void Pain_9_no_responder_outlives_its_conversation() => Run(
        async talk =>
        {
            await talk.Ask("One?");
            await talk.Ask("Two?");
            await talk.Close();

            Assert.Equal(0, talk.Responder.Running);
            Assert.Equal(2, talk.Responder.Cancelled);
        },
        prepare: talk => talk.Responder.Answers(Seconds(3_600)).Answers(Seconds(3_600)));

    [Fact]
    public void Pain_16_the_first_phrase_does_not_wait_for_a_whole_sentence() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            Assert.Equal("Basically, ", talk.Said());
        },
        prepare: talk => talk.Responder.Answers("Basically, a", Seconds(5), " leaf is green."));
}
