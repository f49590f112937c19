using System.Threading.Channels;
using Lectern.Tests.Fakes;
using Lectern.Voice;
using Lectern.Voice.Journal;
using Lectern.Voice.Turns;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice;

public sealed class ConversationTests
{
    [Fact]
    public void A_question_is_accepted_answered_phrase_by_phrase_and_completed() => Run(
        async talk =>
        {
            await talk.Ask("Why?", "q1");
            await talk.Pass(5);

            ConversationOutput[] expected =
            [
                new QuestionAccepted(1, 1, "Why?", "q1"),
                new StateChanged(1, ConversationState.Thinking),
                new StateChanged(1, ConversationState.Speaking),
                new PhraseReady(1, 1, 0, "Because, ", 1, false),
                new PhraseReady(1, 1, 1, "as we saw, it is green. ", 1, false),
                new PhraseReady(1, 1, 2, "That is all.", 1, false),
            ];
            Assert.Equal(expected, talk.Outputs.Take(6));
            var completed = Assert.IsType<AnswerCompleted>(talk.Outputs[6]);
            Assert.Equal((1, 1), (completed.Generation, completed.Turn));
            Assert.Equal(["cite-1"], completed.Attachments);
            Assert.Equal(new StateChanged(1, ConversationState.Listening), talk.Outputs[7]);
            Assert.Equal(8, talk.Outputs.Count);
        },
        prepare: talk => talk.Responder.Answers("Because,", " as we saw,", Seconds(1), " it is green. That", new Attachment("cite-1"), " is all."));

    [Fact]
    public void The_first_phrase_does_not_wait_for_the_rest() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            Assert.Equal(["Because, "], talk.All<PhraseReady>().Select(p => p.Text));
            Assert.True(talk.All<PhraseReady>().Single().IsFirst);
        },
        prepare: talk => talk.Responder.Answers("Because, a", Seconds(3), " leaf is green."));

    [Fact]
    public void The_responder_is_given_the_question_and_what_was_said_before_it() => Run(async talk =>
    {
        await talk.Ask("First?");
        await talk.Ask("Second?");

        Assert.Equal("Second?", talk.Responder.Requests[1].Question);
        Assert.Equal(
            [new Turn(1, Role.User, "First?"), new Turn(1, Role.Assistant, "This is the answer.", AnswerOutcome.Completed)],
            talk.Responder.Requests[1].History);
    });

    [Fact]
    public void A_stopped_answer_stands_as_far_as_it_was_given_out() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Post(new Stop());
            await talk.Pass(5);

            var stopped = talk.All<AnswerStopped>().Single();
            Assert.Equal("Because, ", stopped.Text);
            Assert.Equal(["cite"], stopped.Attachments);
            Assert.Equal(ConversationState.Listening, talk.All<StateChanged>().Last().State);
            var end = await talk.Close();
            Assert.Equal(new Turn(1, Role.Assistant, "Because, ", AnswerOutcome.Stopped), end.History[^1]);
            Assert.True(end.History[^1].IsStopped);
        },
        prepare: talk => talk.Responder.Answers(new Attachment("cite"), "Because, a leaf", Seconds(1), " is green."));

    [Fact]
    public void A_stop_when_nothing_is_said_changes_nothing() => Run(async talk =>
    {
        await talk.Post(new Stop());
        Assert.Empty(talk.Outputs);
    });

    [Fact]
    public void A_stop_before_the_question_is_stored_leaves_it_unasked_and_ended() => Run(
        async talk =>
        {
            await talk.Post(new Say("Why?"), new Stop());
            await talk.Pass(3);

            Assert.Empty(talk.Responder.Requests);
            Assert.Equal([typeof(QuestionAccepted), typeof(AnswerStopped)], talk.Outputs.Select(o => o.GetType()));
            Assert.Equal(["question 1", "Stopped 1"], talk.Stored);
        },
        prepare: talk => talk.Journal.Takes = Seconds(1));

    [Fact]
    public void A_stop_is_prompt_while_the_journal_is_slow() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(1.5);
            await talk.Post(new Stop());

            Assert.Equal(1, talk.Responder.Cancelled);
            await talk.Pass(5);
            Assert.Equal("Because, ", talk.Said());
            Assert.Equal(["question 1", "phrase 1.0", "Stopped 1"], talk.Stored);
        },
        prepare: talk =>
        {
            talk.Journal.Takes = Seconds(1);
            talk.Responder.Answers("Because, a leaf is green. It is. So it is.", Seconds(9));
        });

    [Fact]
    public void Blank_questions_are_no_turns() => Run(async talk =>
    {
        await talk.Ask("  \n");
        Assert.Empty(talk.Outputs);
    });

    [Fact]
    public void A_question_sent_twice_is_asked_once() => Run(async talk =>
    {
        await talk.Ask("Why?", "q1");
        await talk.Ask("Why?", "q1");

        Assert.Single(talk.Responder.Requests);
        Assert.Equal(new AlreadyAsked(1, 1, "q1"), talk.Outputs[^1]);
    });

    [Fact]
    public void A_conversation_taken_up_again_knows_its_questions_and_counts_on() => Run(
        async talk =>
        {
            await talk.Ask("Why?", "q4");
            await talk.Ask("And then?", "q5");

            Assert.Equal(new AlreadyAsked(0, 4, "q4"), talk.Outputs[0]);
            Assert.Equal(5, talk.All<QuestionAccepted>().Single().Turn);
        },
        history: [new Turn(4, Role.User, "Why?", ClientId: "q4"), new Turn(4, Role.Assistant, "So.", AnswerOutcome.Completed)]);

    [Fact]
    public void The_question_is_stored_before_it_is_asked_and_each_phrase_before_it_is_put_out() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            Assert.Empty(talk.Responder.Requests);
            await talk.Pass(20);

            Assert.Equal(["question 1", "phrase 1.0", "phrase 1.1", "Completed 1"], talk.Stored);
            var order = talk.Log.Where(o => o is JournalEntry or QuestionAccepted or PhraseReady or AnswerCompleted).Select(o => o.GetType().Name);
            Assert.Equal(["QuestionAsked", "QuestionAccepted", "PhraseGiven", "PhraseReady", "PhraseGiven", "PhraseReady", "AnswerEnded", "AnswerCompleted"], order);
        },
        prepare: talk =>
        {
            talk.Journal.Takes = Seconds(1);
            talk.Responder.Answers("Because, a leaf is green.");
        });

    [Fact]
    public void The_end_of_an_answer_is_stored_with_its_attachments() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            Assert.Equal(["a", "b"], talk.Journal.Entries.OfType<AnswerEnded>().Single().Attachments);
        },
        prepare: talk => talk.Responder.Answers(new Attachment("a"), "It is so.", new Attachment("b")));

    [Fact]
    public void A_responder_that_throws_ends_in_a_spoken_excuse_after_the_whole_phrases() => Run(
        async talk =>
        {
            await talk.Ask("Why?");

            Assert.Equal("Because, Sorry, I could not answer that. Please ask me again.", talk.Said());
            var failed = talk.All<AnswerFailed>().Single();
            Assert.Equal(FailureReason.Error, failed.Reason);
            Assert.IsType<IOException>(failed.Cause);
            Assert.Equal(AnswerOutcome.Failed, (await talk.Close()).History[^1].Outcome);
        },
        prepare: talk => talk.Responder.Answers("Because, a half-said", Seconds(0), new IOException()));

    [Fact]
    public void An_excuse_is_set_apart_from_the_phrase_before_it() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(1);
            Assert.StartsWith("为什么呢？因为它是绿色的。 Sorry", talk.Said(), StringComparison.Ordinal);
        },
        prepare: talk => talk.Responder.Answers("为什么呢？因为它是绿色的。好", Seconds(0), new IOException()));

    [Fact]
    public void An_empty_answer_fails_aloud() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            Assert.Equal(FailureReason.Empty, talk.All<AnswerFailed>().Single().Reason);
            Assert.NotEmpty(talk.Said());
        },
        prepare: talk => talk.Responder.Answers(" ", "\n"));

    [Fact]
    public void An_answer_without_end_is_cut_off() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            Assert.Equal(FailureReason.TooLong, talk.All<AnswerFailed>().Single().Reason);
            Assert.Equal(0, talk.Responder.Running);
            Assert.InRange(talk.Said().Length, 1, 200);
        },
        new ConversationOptions { AnswerCharacters = 100 },
        prepare: talk => talk.Responder.Answers([.. Enumerable.Repeat("It goes on. ", 1_000)]));

    [Fact]
    public void A_second_run_is_refused() => Run(async talk =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => talk.Conversation.RunAsync(CancellationToken.None)));

    [Fact]
    public void An_end_stops_the_answer_closes_the_outputs_and_refuses_further_inputs() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Post(new End(EndReason.Ended));

            Assert.Equal([typeof(AnswerStopped), typeof(StateChanged), typeof(Ended)], talk.Outputs.TakeLast(3).Select(o => o.GetType()));
            var end = await talk.End;
            Assert.Equal((EndReason.Ended, 0, 0), (end.Reason, end.Unsaved.Count, end.RespondersLeft));
            Assert.False(talk.Conversation.TryPost(new Say("Still there?")));
            await Assert.ThrowsAsync<ChannelClosedException>(async () => await talk.Conversation.PostAsync(new Stop(), CancellationToken.None));
            Assert.True(talk.Reading.IsCompletedSuccessfully);
        },
        prepare: talk => talk.Responder.Answers("Because, a", Seconds(9)));

    [Fact]
    public void A_host_that_goes_away_ends_the_conversation_in_good_order() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            talk.Cancel();
            await VirtualTime.Settle();

            Assert.Equal(EndReason.Host, (await talk.End).Reason);
            Assert.Single(talk.All<AnswerStopped>());
            Assert.Equal(["question 1", "phrase 1.0", "Stopped 1"], talk.Stored);
        },
        prepare: talk => talk.Responder.Answers("Because, a", Seconds(9)));

    [Fact]
    public void A_responder_deaf_to_cancellation_holds_nothing_up_and_is_counted_at_the_end() => Run(
        async talk =>
        {
            await talk.Ask("First?");
            await talk.Ask("Second?");
            Assert.Single(talk.All<AnswerCompleted>());

            var end = await talk.Close();
            Assert.Equal(1, end.RespondersLeft);
        },
        prepare: talk => talk.Responder.AnswersDeaf("Because, a", Seconds(3_600)));
}
