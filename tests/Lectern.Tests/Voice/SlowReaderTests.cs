using Lectern.Tests.Fakes;
using Lectern.Voice;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice;

public sealed class SlowReaderTests
{
    private static readonly object[] ManySentences = [.. Enumerable.Repeat("It is green. ", 1_000)];

    [Fact]
    public void A_slow_reader_slows_the_responder_instead_of_filling_memory() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(1);

            Assert.InRange(talk.Conversation.Outputs.Count, 100, 256);
            Assert.InRange(talk.Responder.Given, 100, 256);
        },
        reads: false,
        prepare: talk => talk.Responder.Answers(ManySentences));

    [Fact]
    public void A_stop_passes_a_slow_reader() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Post(new Stop());
            Assert.Equal(0, talk.Responder.Running);
            talk.Read();
            await VirtualTime.Settle();
            talk.Read();
            Assert.Equal(talk.Said(), talk.All<AnswerStopped>().Single().Text);
        },
        reads: false,
        prepare: talk => talk.Responder.Answers(ManySentences));

    [Fact]
    public void A_reader_that_comes_back_gets_the_whole_answer() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            while (!talk.All<AnswerCompleted>().Any())
            {
                await talk.Pass(25);
                talk.Read();
            }
            Assert.Equal(string.Concat(ManySentences), talk.Said());
        },
        reads: false,
        prepare: talk => talk.Responder.Answers(ManySentences));

    [Fact]
    public void Waiting_for_the_reader_does_not_count_as_the_responders_silence() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(25);
            talk.Read();
            await talk.Pass(16);
            talk.Read();
            Assert.Empty(talk.All<AnswerFailed>());
            Assert.EndsWith("The end.", talk.Said(), StringComparison.Ordinal);
        },
        reads: false,
        prepare: talk => talk.Responder.Answers(string.Concat(Enumerable.Repeat("It is green. ", 240)), Seconds(40), "The end."));

    [Fact]
    public void A_conversation_nobody_reads_ends() => Run(
        async talk =>
        {
            for (var i = 0; i < 300; i++)
            {
                talk.Conversation.TryPost(new Faster());
                await VirtualTime.Settle();
            }
            Assert.InRange(talk.Conversation.Outputs.Count, 200, 256);
            await talk.Pass(29);
            Assert.False(talk.End.IsCompleted);
            await talk.Pass(2);
            Assert.Equal(EndReason.NobodyReads, (await talk.End).Reason);
            talk.Read();
            Assert.Equal(EndReason.NobodyReads, talk.All<Ended>().Single().Reason);
        },
        reads: false);
}
