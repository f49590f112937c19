using Lectern.Voice;
using Lectern.Voice.Journal;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice;

public sealed class JournalTests
{
    [Fact]
    public void A_journal_that_fails_does_not_stop_the_conversation_and_is_told_of_once() => Run(
        async talk =>
        {
            await talk.Ask("One?");
            await talk.Ask("Two?");
            await talk.Pass(1);

            Assert.Equal(2, talk.All<AnswerCompleted>().Count());
            Assert.IsType<IOException>(talk.All<NotSaved>().Single().Cause);
            Assert.Empty(talk.Journal.Entries);
        },
        prepare: talk => talk.Journal.IsAway = true);

    [Fact]
    public void What_waited_is_saved_in_order_when_the_journal_is_back_and_that_is_told_once() => Run(
        async talk =>
        {
            await talk.Ask("One?");
            await talk.Ask("Two?");
            talk.Journal.IsAway = false;
            await talk.Pass(1.5);
            await talk.Ask("Three?");

            Assert.Equal(
                ["question 1", "phrase 1.0", "Completed 1", "question 2", "phrase 2.0", "Completed 2", "question 3", "phrase 3.0", "Completed 3"],
                talk.Stored);
            Assert.Single(talk.All<NotSaved>());
            Assert.Single(talk.All<SavedAgain>());
            Assert.True(talk.Outputs.IndexOf(talk.All<SavedAgain>().Single()) < talk.Outputs.IndexOf(talk.All<QuestionAccepted>().Last()));
        },
        prepare: talk => talk.Journal.IsAway = true);

    [Fact]
    public void What_is_said_while_the_rest_is_being_saved_stays_in_order() => Run(
        async talk =>
        {
            await talk.Ask("One?");
            talk.Journal.IsAway = false;
            talk.Journal.Takes = Seconds(0.5);
            await talk.Pass(1.2);
            await talk.Ask("Two?");
            await talk.Pass(10);

            Assert.Equal(["question 1", "phrase 1.0", "Completed 1", "question 2", "phrase 2.0", "Completed 2"], talk.Stored);
            Assert.Equal(1, talk.Journal.MostAtOnce);
        },
        prepare: talk => talk.Journal.IsAway = true);

    [Fact]
    public void What_waited_is_saved_together()
    {
        var tries = 0;
        Run(
            async talk =>
            {
                for (var i = 0; i < 10; i++)
                    await talk.Ask($"Question {i}?");
                (talk.Journal.IsAway, tries) = (false, talk.Journal.Tries);
                await talk.Pass(20);

                Assert.Equal(30, talk.Journal.Entries.Count);
                Assert.Equal(1, talk.Journal.Tries - tries);
            },
            prepare: talk => talk.Journal.IsAway = true);
    }

    [Fact]
    public void New_tries_are_spread_so_that_many_conversations_do_not_come_at_once()
    {
        var firsts = new HashSet<int>();
        for (var i = 0; i < 20; i++)
        {
            Run(
                async talk =>
                {
                    await talk.Ask("One?");
                    var (tenths, tries) = (0, talk.Journal.Tries);
                    for (; talk.Journal.Tries == tries; tenths++)
                        await talk.Pass(0.1);
                    Assert.InRange(tenths, 9, 21);
                    firsts.Add(tenths);
                },
                options: new ConversationOptions { RetrySpread = 1 },
                prepare: talk => talk.Journal.IsAway = true);
        }
        Assert.True(firsts.Count > 2);
    }

    [Fact]
    public void New_tries_come_ever_more_slowly() => Run(
        async talk =>
        {
            await talk.Ask("One?");
            List<int> tries = [];
            for (var second = 0; second < 60; second++)
            {
                tries.Add(talk.Journal.Tries);
                await talk.Pass(1);
            }
            // At 0, 1, 3, 7, 15 seconds, and every 15 from then on.
            Assert.Equal([0, 1, 3, 7, 15, 30, 45], Enumerable.Range(0, 60).Where(s => s == 0 || tries[s] > tries[s - 1]));
        },
        prepare: talk => talk.Journal.IsAway = true);

    [Fact]
    public void A_second_outage_is_tried_again_as_soon_as_the_first_was() => Run(
        async talk =>
        {
            await talk.Ask("One?");
            await talk.Pass(10);
            talk.Journal.IsAway = false;
            await talk.Pass(10);
            talk.Journal.IsAway = true;
            await talk.Ask("Two?");
            talk.Journal.IsAway = false;
            await talk.Pass(1.1);
            Assert.Equal(2, talk.All<SavedAgain>().Count());
        },
        prepare: talk => talk.Journal.IsAway = true);

    [Fact]
    public void A_journal_that_hangs_counts_as_not_saved_and_is_never_asked_twice_at_once() => Run(
        async talk =>
        {
            await talk.Ask("One?");
            await talk.Pass(1.9);
            Assert.Empty(talk.Outputs);
            await talk.Pass(0.2);
            Assert.IsType<TimeoutException>(talk.All<NotSaved>().Single().Cause);
            Assert.Single(talk.All<AnswerCompleted>());
            talk.Journal.Takes = TimeSpan.Zero;
            await talk.Pass(60);

            Assert.Equal(["question 1", "phrase 1.0", "Completed 1"], talk.Stored);
            Assert.Equal(1, talk.Journal.MostAtOnce);
            Assert.Single(talk.All<SavedAgain>());
        },
        prepare: talk =>
        {
            talk.Journal.Takes = Seconds(30);
            talk.Journal.IsDeaf = true;
        });

    [Fact]
    public void Memory_for_the_unsaved_is_bounded_and_then_questions_are_refused_until_there_is_room() => Run(
        async talk =>
        {
            await talk.Ask("One?");
            await talk.Pass(0.1);
            Assert.Single(talk.All<AnswerStopped>());
            await talk.Ask("Two?", "q2");
            Assert.Equal([(LimitKind.Unsaved, null), (LimitKind.Unsaved, "q2")], talk.All<LimitReached>().Select(l => (l.Kind, l.ClientId)));
            Assert.InRange(talk.Said().Length, 100, 1_000);

            talk.Journal.IsAway = false;
            await talk.Pass(2);
            await talk.Ask("Two?", "q2");
            Assert.Single(talk.All<AnswerCompleted>());
        },
        new ConversationOptions { UnsavedCharacters = 1_000 },
        prepare: talk =>
        {
            talk.Journal.IsAway = true;
            talk.Responder.Answers([.. Enumerable.Repeat("It is green. ", 1_000)]);
        });

    [Fact]
    public void The_end_waits_for_what_is_not_saved_but_not_for_ever() => Run(
        async talk =>
        {
            await talk.Ask("One?");
            await talk.Post(new End(EndReason.Ended));
            Assert.False(talk.End.IsCompleted);
            await talk.Pass(5);

            Assert.Equal(["QuestionAsked", "PhraseGiven", "AnswerEnded"], (await talk.End).Unsaved.Select(e => e.GetType().Name));
        },
        prepare: talk => talk.Journal.IsAway = true);

    [Fact]
    public void The_end_is_reached_as_soon_as_all_is_saved() => Run(
        async talk =>
        {
            await talk.Ask("One?");
            await talk.Post(new End(EndReason.Ended));
            talk.Journal.IsAway = false;
            await talk.Pass(1);

            Assert.True(talk.End.IsCompleted);
            Assert.Empty((await talk.End).Unsaved);
        },
        prepare: talk => talk.Journal.IsAway = true);

    [Fact]
    public void Entries_keep_the_time_at_which_things_happened() => Run(
        async talk =>
        {
            var asked = talk.Time.GetUtcNow();
            await talk.Ask("One?");
            talk.Journal.IsAway = false;
            await talk.Pass(30);
            Assert.All(talk.Journal.Entries, e => Assert.Equal(asked, e.At));
        },
        prepare: talk => talk.Journal.IsAway = true);
}
