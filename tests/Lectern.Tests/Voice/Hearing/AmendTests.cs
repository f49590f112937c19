using Lectern.Tests.Voice.Aloud;
using Lectern.Voice;
using Lectern.Voice.Journal;
using Lectern.Voice.Turns;
using static Lectern.Tests.Voice.Hearing.EndOfTurnTests;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice.Hearing;

/// <summary>Speaking on after the question was taken and before its answer is heard.</summary>
public sealed class AmendTests
{
    [Fact]
    public void What_is_added_belongs_to_the_question_and_there_is_one_answer() => RunAloud(
        async talk =>
        {
            await AskAloudAsync(talk, 1);
            Assert.Equal("Why is it green?", talk.All<QuestionAccepted>().Single().Text);
            await AskAloudAsync(talk, 12);

            Assert.Equal("Why is it green? In autumn too?", talk.All<QuestionAmended>().Single().Text);
            Assert.Equal(1, talk.All<QuestionAmended>().Single().Turn);
            Assert.Single(talk.All<AnswerCompleted>());
            Assert.Empty(talk.All<AnswerStopped>());
            Assert.Equal("Why is it green? In autumn too?", talk.Journal.Entries.OfType<QuestionAmendedTo>().Single().Text);
            Assert.Equal("Why is it green? In autumn too?", talk.Responder.Requests[1].Question);
            Assert.Empty(talk.Responder.Requests[1].History);
            var end = await talk.Close();
            Assert.Equal([Role.User, Role.Assistant], end.History.Select(t => t.Role));
            Assert.Equal(0, talk.Responder.Running);
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Seconds(5), "Because.").Answers(Seconds(1), "It is not.");
            talk.Ears.Hears("Why is it green?").Hears("In autumn too?");
        });

    [Fact]
    public void The_answer_waits_while_somebody_still_speaks() => RunAloud(
        async talk =>
        {
            await AskAloudAsync(talk, 0.6);
            await talk.SpeaksAsync(30);
            Assert.Empty(talk.All<PhraseReady>());
            await talk.IsQuietAsync(3);

            Assert.Single(talk.All<QuestionAmended>());
            Assert.Equal("It is not.", talk.Said());
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Seconds(0.7), "Because.").Answers("It is not.");
            talk.Ears.Hears("Why is it green?").Hears("In autumn too?");
        });

    [Fact]
    public void A_loop_that_waits_for_somebody_to_end_sleeps() => RunAloud(
        async talk =>
        {
            await AskAloudAsync(talk, 0.6);
            await talk.SpeaksAsync(25);
            var before = talk.Time.Fired;
            await talk.SpeaksAsync(5);
            // Frames come without timers.
            Assert.InRange(talk.Time.Fired - before, 0, 20);
            Assert.Empty(talk.All<AnswerFailed>());
        },
        prepare: talk => talk.Responder.Answers(Seconds(600)));

    [Fact]
    public void After_a_sign_of_listening_the_answer_comes_and_the_wait_was_not_the_responders_fault() => RunAloud(
        async talk =>
        {
            await AskAloudAsync(talk, 0.6);
            await talk.SpeaksAsync(25);
            await talk.IsQuietAsync(13);

            Assert.Empty(talk.All<QuestionAmended>());
            Assert.Empty(talk.All<AnswerFailed>());
            Assert.Equal("Because.", talk.Said());
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Seconds(30), "Because.");
            talk.Ears.Hears("Why is it green?").Hears("mhm");
        });

    [Fact]
    public void A_sign_of_listening_while_a_typed_question_is_thought_about_is_no_question() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await AskAloudAsync(talk, 10, speech: 0.5);
            Assert.Single(talk.All<QuestionAccepted>());
            Assert.Equal("Because.", talk.Said());
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Seconds(5), "Because.");
            talk.Ears.Hears("Okay.");
        });

    [Fact]
    public void A_wish_for_silence_while_it_is_thought_about_ends_it() => RunAloud(
        async talk =>
        {
            await AskAloudAsync(talk, 1);
            await AskAloudAsync(talk, 10, speech: 0.5);
            Assert.Equal("", talk.All<AnswerStopped>().Single().Text);
            Assert.Empty(talk.All<QuestionAmended>());
            Assert.Single(talk.All<QuestionAccepted>());
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Seconds(5), "Because.");
            talk.Ears.Hears("Why?").Hears("Stop!");
        });

    [Fact]
    public void What_would_make_the_question_too_long_is_a_question_of_its_own() => RunAloud(
        async talk =>
        {
            await AskAloudAsync(talk, 1);
            await AskAloudAsync(talk, 10);
            Assert.Equal(2, talk.All<QuestionAccepted>().Count());
            Assert.Empty(talk.All<QuestionAmended>());
        },
        new ConversationOptions { QuestionCharacters = 20 },
        prepare: talk =>
        {
            talk.Responder.Answers(Seconds(5), "Because.");
            talk.Ears.Hears("Why is it green?").Hears("In autumn too?");
        });
}
