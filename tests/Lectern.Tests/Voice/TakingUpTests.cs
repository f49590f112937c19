using Lectern.Voice;
using Lectern.Voice.Journal;
using Lectern.Voice.Speech;
using Lectern.Voice.Turns;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice;

/// <summary>An answer that begins in one conversation and ends in another.</summary>
public sealed class TakingUpTests
{
    private static readonly Turn[] Asked = [new(1, Role.User, "First?"), new(1, Role.Assistant, "One.", AnswerOutcome.Completed), new(2, Role.User, "Second?", ClientId: "m-2")];
    private static readonly string[] Phrases = ["One two three. ", "Four five six. "];

    [Fact]
    public void A_reader_gets_what_is_missing_and_the_answer_ends_once() => RunTakenUp(
        async talk =>
        {
            await talk.Post(new DeviceChanged(Device.Text));

            Assert.Equal("Seven eight.", talk.Said(2));
            Assert.Equal(2, talk.All<PhraseReady>().Single().Index);
            Assert.Equal("One two three. Four five six. Seven eight.", (await talk.Close()).History[^1].Text);
            Assert.Equal(["phrase 2.2", "Completed 2"], talk.Stored);
        });

    [Fact]
    public void The_responder_is_told_what_was_said() => RunTakenUp(
        async talk =>
        {
            await talk.Post(new DeviceChanged(Device.Text));

            var request = talk.Responder.Requests.Single();
            Assert.Equal((2, "Second?", "One two three. Four five six. "), (request.Turn, request.Question, request.Begun?.Text));
            Assert.Equal(["First?", "One."], request.History.Select(turn => turn.Text));
            Assert.Equal(["known", "new"], talk.All<AnswerCompleted>().Single().Attachments);
        });

    [Fact]
    public void A_listener_hears_it_from_the_first_word_that_was_not_heard() => RunTakenUp(
        async talk =>
        {
            await talk.Post(new DeviceChanged(new Device(Speaker.Samples), new HeardSoFar(2, "One two three. Four".Length)));
            await talk.Pass(6);

            Assert.Equal(["five six.", "Seven eight."], talk.Voice.Requests.Select(request => request.Text));
            var first = talk.All<PhraseSpoken>().First();
            Assert.Equal((1, 0), (first.Index, first.FromMilliseconds));
            Assert.Equal(["five", "six."], first.Words.Select(word => Phrases[1].Substring(word.Start, word.Length)));
            Assert.Single(talk.All<PhraseReady>());
            Assert.Single(talk.All<AnswerCompleted>());
        });

    [Fact]
    public void What_was_stored_of_what_was_heard_counts_where_the_listener_says_nothing() => RunTakenUp(
        async talk =>
        {
            await talk.Post(new DeviceChanged(new Device(Speaker.Samples)));
            await talk.Pass(6);

            Assert.Equal(["three.", "Four five six.", "Seven eight."], talk.Voice.Requests.Select(request => request.Text));
        },
        heard: "One two".Length);

    [Fact]
    public void A_stop_leaves_what_was_heard_in_both() => RunTakenUp(
        async talk =>
        {
            await talk.Post(new DeviceChanged(new Device(Speaker.Samples), new HeardSoFar(2, "One two".Length)));
            // 60 ms until it plays, then "three." lasts 180 ms.
            await talk.Pass(0.3);
            await talk.Post(new Stop());
            await talk.Pass(0.5);

            Assert.Equal("One two three.", talk.All<AnswerStopped>().Single().Text);
        });

    [Fact]
    public void Nobody_who_comes_back_gets_it_as_text_after_a_minute() => RunTakenUp(
        async talk =>
        {
            await talk.Pass(59);
            Assert.Empty(talk.All<AnswerCompleted>());
            await talk.Pass(2);
            Assert.Single(talk.All<AnswerCompleted>());
        });

    [Fact]
    public void A_question_that_was_only_stored_is_answered() => Run(
        async talk =>
        {
            await talk.Post(new DeviceChanged(Device.Text));

            Assert.Equal("This is the answer.", talk.Said(2));
            Assert.Equal(2, talk.All<AnswerCompleted>().Single().Turn);
        },
        history: Asked, unfinished: new UnfinishedAnswer(2, [], Heard: null, []));

    [Fact]
    public void A_host_that_goes_away_leaves_the_answer_behind_with_what_was_heard() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(0.4);
            talk.Cancel();
            await talk.Pass(6);

            Assert.Equal(EndReason.Host, (await talk.End).Reason);
            var left = Assert.IsType<AnswerLeft>(talk.Journal.Entries[^1]);
            Assert.InRange(left.Heard!.Value, 0, "One two".Length);
            Assert.Empty(talk.All<AnswerStopped>());
            Assert.Equal(0, talk.Responder.Running);
        },
        new ConversationOptions { HandsOver = true },
        prepare: talk => talk.Responder.Answers("One two three four five six seven eight. ", Seconds(100), "Nine."));

    [Fact]
    public void The_phrase_that_makes_it_whole_is_stored_as_the_last() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(2);

            Assert.Equal([false, true], talk.Journal.Entries.OfType<PhraseGiven>().Select(phrase => phrase.IsLast));
        },
        prepare: talk => talk.Responder.Answers("One two three. ", "Four five six."));

    [Fact]
    public void An_excuse_makes_nothing_whole() => Run(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(2);

            Assert.All(talk.Journal.Entries.OfType<PhraseGiven>(), phrase => Assert.False(phrase.IsLast));
        },
        prepare: talk => talk.Responder.Answers("One two three. ", new InvalidOperationException("Gone.")));

    private static void RunTakenUp(Func<Talk, Task> test, int? heard = null) => Run(
        test, history: Asked, prepare: talk => talk.Responder.Answers(new Attachment("new"), "Seven eight."), unfinished: new UnfinishedAnswer(2, Phrases, heard, ["known"]));
}
