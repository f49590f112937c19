using Lectern.Voice;
using Lectern.Voice.Turns;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice;

public sealed class LimitTests
{
    [Fact]
    public void A_conversation_ends_after_five_minutes_without_input_warned_a_minute_before() => Run(async talk =>
    {
        await talk.Pass(239.9);
        Assert.Empty(talk.Outputs);
        await talk.Pass(0.2);
        Assert.Equal([new TimeWarning(0, TimeSpan.FromMinutes(1), TimeLimit.Idle)], talk.Outputs);
        await talk.Pass(60);
        Assert.Equal(new Ended(0, EndReason.Idle), talk.Outputs[^1]);
        Assert.Equal(EndReason.Idle, (await talk.End).Reason);
    });

    [Fact]
    public void Presence_puts_off_the_end_by_idleness_and_is_warned_anew() => Run(async talk =>
    {
        await talk.Pass(290);
        await talk.Post(new Presence());
        await talk.Pass(290);
        Assert.False(talk.End.IsCompleted);
        Assert.Equal(2, talk.All<TimeWarning>().Count());
        await talk.Pass(11);
        Assert.Equal(EndReason.Idle, (await talk.End).Reason);
    });

    [Fact]
    public void A_conversation_is_not_idle_while_it_thinks_or_speaks() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(600);
            Assert.Empty(talk.All<TimeWarning>());
            await talk.Pass(299);
            Assert.False(talk.End.IsCompleted);
            await talk.Pass(2);
            Assert.Equal(EndReason.Idle, (await talk.End).Reason);
        },
        new ConversationOptions { DurationWarnings = [] },
        prepare: talk => talk.Responder.Answers([.. Enumerable.Repeat(new object[] { Seconds(10), "It goes on. " }, 60).SelectMany(x => x)]));

    [Fact]
    public void The_longest_duration_is_warned_of_twice_and_then_ends_even_an_answer() => Run(
        async talk =>
        {
            for (var minute = 0; minute < 29; minute++)
            {
                await talk.Post(new Presence());
                await talk.Pass(60);
            }
            await talk.Ask("Why?");
            await talk.Pass(60);

            Assert.Equal([TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1)], talk.All<TimeWarning>().Select(w => w.Remaining));
            Assert.Single(talk.All<AnswerStopped>());
            Assert.Equal(EndReason.Duration, (await talk.End).Reason);
        },
        prepare: talk => talk.Responder.Answers([.. Enumerable.Repeat(new object[] { Seconds(10), "It goes on. " }, 60).SelectMany(x => x)]));

    [Fact]
    public void A_conversation_taken_up_again_ends_when_it_would_have_ended() => Run(
        async talk =>
        {
            Assert.Equal([new TimeWarning(0, TimeSpan.FromMinutes(3), TimeLimit.Duration)], talk.Outputs);
            await talk.Pass(180);
            Assert.Equal(EndReason.Duration, (await talk.End).Reason);
        },
        new ConversationOptions { StartedAt = new DateTimeOffset(2026, 9, 1, 7, 33, 0, TimeSpan.Zero) });

    [Fact]
    public void More_questions_than_allowed_are_refused_and_nothing_else() => Run(
        async talk =>
        {
            await talk.Ask("One?");
            await talk.Ask("Two?", "q3");
            await talk.Post(new Repeat());

            Assert.Equal(new LimitReached(1, LimitKind.Questions, "q3"), talk.All<LimitReached>().Single());
            Assert.Single(talk.Responder.Requests);
            Assert.Single(talk.All<Repeated>());
        },
        new ConversationOptions { MaxQuestions = 2 },
        history: [new Turn(1, Role.User, "Zero?")]);

    [Fact]
    public void A_question_too_long_is_refused_and_the_answer_goes_on() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Ask(new string('x', 4_001), "long");
            await talk.Pass(2);

            Assert.Equal(LimitKind.QuestionLength, talk.All<LimitReached>().Single().Kind);
            Assert.Single(talk.All<AnswerCompleted>());
        },
        prepare: talk => talk.Responder.Answers("Because, a", Seconds(1), " leaf is green."));

    [Fact]
    public void Inputs_beyond_the_capacity_are_refused() => Run(
        async talk =>
        {
            for (var i = 0; i < 4; i++)
                Assert.True(talk.Conversation.TryPost(new Presence()));
            Assert.False(talk.Conversation.TryPost(new Presence()));
            var waiting = talk.Conversation.PostAsync(new Say("Why?"), CancellationToken.None);
            Assert.False(waiting.IsCompleted);
            await talk.Pass(0);
            await waiting;
            await talk.Pass(0);
            Assert.Single(talk.All<QuestionAccepted>());
        },
        new ConversationOptions { InputCapacity = 4 });
}
