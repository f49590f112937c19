using Lectern.Voice;
using Lectern.Voice.Turns;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice;

public sealed class AgainTests
{
    [Fact]
    public void Repeat_says_the_last_answer_again_without_asking_the_responder() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Post(new Repeat());

            Assert.Single(talk.Responder.Requests);
            var again = talk.All<PhraseReady>().Where(p => p.IsRepetition).ToList();
            Assert.Equal(talk.Said(), string.Concat(again.Select(p => p.Text)));
            Assert.All(again, p => Assert.Equal((2L, 1), (p.Generation, p.Turn)));
            Assert.Equal(new Repeated(2, 1, IsWhole: true), talk.All<Repeated>().Single());
        },
        prepare: talk => talk.Responder.Answers("Because, a leaf is green. It is."));

    [Fact]
    public void A_repetition_is_neither_stored_nor_a_turn() => Run(async talk =>
    {
        await talk.Ask("Why?");
        var stored = talk.Journal.Entries.Count;
        await talk.Post(new Repeat());

        Assert.Equal(stored, talk.Journal.Entries.Count);
        Assert.Equal(2, (await talk.Close()).History.Count);
    });

    [Fact]
    public void Repeat_of_a_stopped_answer_says_what_stood() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Post(new Stop(), new Repeat());
            Assert.Equal("Because, ", talk.All<PhraseReady>().Single(p => p.IsRepetition).Text);
        },
        prepare: talk => talk.Responder.Answers("Because, a", Seconds(9)));

    [Fact]
    public void Repeat_before_any_answer_says_that_there_is_none() => Run(async talk =>
    {
        await talk.Post(new Repeat());
        Assert.Equal([new NothingToRepeat(0)], talk.Outputs);
    });

    [Fact]
    public void Repeat_that_is_not_for_afterwards_does_nothing_during_an_answer() => Run(
        async talk =>
        {
            await talk.Post(new Say("Why?"), new Repeat(Afterwards: false));
            await talk.Pass(20);
            Assert.Single(talk.All<AnswerCompleted>());
            Assert.DoesNotContain(talk.All<PhraseReady>(), phrase => phrase.IsRepetition);
        },
        prepare: talk => talk.Responder.Answers("Because, a leaf is green. It is."));

    [Fact]
    public void Repeat_during_an_answer_waits_for_its_end() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Post(new Repeat());
            Assert.DoesNotContain(talk.All<PhraseReady>(), p => p.IsRepetition);
            await talk.Pass(2);

            Assert.Single(talk.All<AnswerCompleted>());
            Assert.Single(talk.All<Repeated>());
        },
        prepare: talk => talk.Responder.Answers("Because, a", Seconds(1), " leaf is green."));

    [Fact]
    public void A_stop_forgets_a_repeat_that_waited() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Post(new Repeat(), new Stop());
            await talk.Pass(2);
            Assert.Empty(talk.All<Repeated>());
        },
        prepare: talk => talk.Responder.Answers("Because, a", Seconds(1), " leaf is green."));

    [Fact]
    public void A_question_stops_a_repetition() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            for (var i = 0; i < 3; i++)
                talk.Read();
            await talk.Post(new Repeat(), new Say("And?"));
            talk.Read();

            Assert.False(talk.All<Repeated>().Single().IsWhole);
            Assert.True(talk.All<PhraseReady>().Count(p => p.IsRepetition) < 100);
        },
        reads: false,
        prepare: talk => talk.Responder.Answers(string.Concat(Enumerable.Repeat("It is green. ", 100))));

    [Fact]
    public void Slower_says_the_last_answer_again_at_a_lower_pace_and_keeps_it() => Run(async talk =>
    {
        await talk.Ask("Why?");
        await talk.Post(new Slower());
        await talk.Ask("And?");

        Assert.Equal([1, 0.875, 0.875], talk.All<PhraseReady>().Select(p => p.Pace));
        Assert.Equal(0.875, talk.All<PaceChanged>().Single().Pace);
        Assert.Equal(0.875, talk.Responder.Requests[1].Pace);
    });

    [Fact]
    public void Slower_during_an_answer_slows_the_phrases_that_follow() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Post(new Slower());
            await talk.Pass(2);
            Assert.Equal([1, 0.875], talk.All<PhraseReady>().Select(p => p.Pace));
            Assert.Empty(talk.All<Repeated>());
        },
        prepare: talk => talk.Responder.Answers("Because, a", Seconds(1), " leaf is green."));

    [Fact]
    public void The_pace_stays_within_its_bounds() => Run(async talk =>
    {
        await talk.Post([.. Enumerable.Repeat(new Slower(), 9)]);
        Assert.Equal(0.75, talk.All<PaceChanged>().Last().Pace);
        await talk.Post([.. Enumerable.Repeat(new Faster(), 20)]);
        Assert.Equal(1.5, talk.All<PaceChanged>().Last().Pace);
    });
}
