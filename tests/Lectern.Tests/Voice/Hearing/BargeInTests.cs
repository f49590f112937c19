using Lectern.Tests.Voice.Aloud;
using Lectern.Voice;
using Lectern.Voice.Hearing;
using Lectern.Voice.Journal;
using Lectern.Voice.Speech;
using static Lectern.Tests.Voice.Hearing.EndOfTurnTests;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice.Hearing;

/// <summary>Speaking over an answer.</summary>
public sealed class BargeInTests
{
    internal const string Long = "One two three four five six seven eight. Nine ten eleven twelve thirteen fourteen. Fifteen sixteen seventeen eighteen nineteen twenty.";

    internal static IEnumerable<int> AllWords => Enumerable.Range(1, 20);

    [Fact]
    public void Speech_makes_the_answer_soft_after_150_ms_and_stops_it_after_500() => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await talk.SpeaksAsync(0.14);
            Assert.Empty(talk.All<SpeechDucked>());
            await talk.SpeaksAsync(0.06);
            Assert.True(talk.All<SpeechDucked>().Single().IsDucked);
            await talk.HearsAsync(0.24, (random, _) => Sounds.Noise(random, -20));
            Assert.Empty(talk.All<SpeechCleared>());
            await talk.HearsAsync(0.1, (random, _) => Sounds.Noise(random, -20));
            Assert.Single(talk.All<SpeechCleared>());
        },
        prepare: talk => talk.Responder.Answers(Long));

    [Fact]
    public void After_a_short_noise_it_is_as_loud_as_before_and_nothing_was_lost() => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await talk.HearsAsync(0.3, (random, _) => Sounds.Noise(random, -20));
            await talk.IsQuietAsync(1);
            Assert.Equal([true, false], talk.All<SpeechDucked>().Select(d => d.IsDucked));
            await talk.IsQuietAsync(12);

            Assert.Empty(talk.All<SpeechCleared>());
            Assert.Equal(AllWords, talk.Player.Sounded);
            Assert.Single(talk.All<AnswerCompleted>());
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Long);
            talk.Ears.Hears("");
        });

    [Theory]
    [InlineData("Mhm.")]
    [InlineData("Okay.")]
    [InlineData("Ja, genau.")]
    [InlineData("Yeah, right, I see.")]
    [InlineData("")]
    public void After_what_means_nothing_the_answer_goes_on_where_it_was(string words) => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await AskAloudAsync(talk, 14, speech: 0.8);

            Assert.Single(talk.All<SpeechCleared>());
            Assert.Single(talk.All<AnswerCompleted>());
            Assert.Single(talk.All<QuestionAccepted>());
            AssertHeardInOrder(talk, cuts: 1);
            Assert.Equal(AllWords.Count(), talk.Player.WordsHeard);
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Long);
            talk.Ears.Hears(words);
        });

    [Fact]
    public void Real_words_stop_it_and_the_history_holds_exactly_what_was_heard() => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await talk.SpeaksAsync(0.8);
            var heard = talk.Player.WordsHeard;
            await talk.IsQuietAsync(1);

            Assert.Equal(["Why?", "But why not red?"], talk.All<QuestionAccepted>().Select(q => q.Text));
            Assert.Equal(string.Join(' ', Long.Split(' ')[..heard]), talk.All<AnswerStopped>().Single().Text);
            Assert.Equal(talk.All<AnswerStopped>().Single().Text, talk.Responder.Requests[1].History[^1].Text);
            Assert.Equal(0, talk.Player.Stale);
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Long);
            talk.Ears.Hears("But why not red?");
        });

    [Theory]
    [InlineData("Stop.")]
    [InlineData("Warte bitte.")]
    [InlineData("One second!")]
    public void A_wish_for_silence_brings_silence_and_is_no_question(string words) => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await AskAloudAsync(talk, 3, speech: 0.8);

            Assert.Single(talk.All<QuestionAccepted>());
            Assert.Single(talk.All<AnswerStopped>());
            Assert.Equal(ConversationState.Listening, talk.All<StateChanged>().Last().State);
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Long);
            talk.Ears.Hears(words);
        });

    [Theory]
    [InlineData("No.")]
    [InlineData("A.")]
    [InlineData("Second.")]
    [InlineData("Okay?")]
    public void A_short_answer_is_neither_a_sign_of_listening_nor_a_wish_for_silence(string words) => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await AskAloudAsync(talk, 3, speech: 0.8);
            Assert.Equal(words, talk.All<QuestionAccepted>().Last().Text);
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Long);
            talk.Ears.Hears(words);
        });

    [Fact]
    public void Two_words_of_the_devices_own_recogniser_stop_it_and_one_does_not() => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await talk.Post(new WordsHeard("But"), new WordsHeard("mhm okay"));
            Assert.Empty(talk.All<SpeechCleared>());
            await talk.Post(new WordsHeard("But why"));
            Assert.Single(talk.All<SpeechCleared>());
            var heard = talk.Player.WordsHeard;
            await talk.Pass(1);
            await talk.Post(new Say("But why not red?", "v1", IsSpoken: true));
            await talk.Pass(0.5);

            Assert.Equal(heard, talk.All<AnswerStopped>().Single().Text.Split(' ').Length);
            Assert.Equal(2, talk.All<QuestionAccepted>().Count());
        },
        prepare: talk => talk.Responder.Answers(Long),
        device: new Device(Speaker.Samples));

    [Theory]
    [InlineData("mhm")]
    [InlineData("")]
    [InlineData("two three four five")]
    public void What_the_devices_own_recogniser_meant_nothing_by_lets_it_go_on(string words) => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await talk.Post(new WordsHeard("but why"));
            await talk.Pass(0.5);
            await talk.Post(new Say(words, IsSpoken: true));
            await talk.Pass(15);

            Assert.Single(talk.All<AnswerCompleted>());
            Assert.Single(talk.All<QuestionAccepted>());
            AssertHeardInOrder(talk, cuts: 1);
        },
        prepare: talk => talk.Responder.Answers(Long),
        device: new Device(Speaker.Samples));

    [Fact]
    public void A_recogniser_that_falls_silent_is_waited_for_five_seconds() => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await talk.Post(new WordsHeard("but why"));
            var heard = talk.Player.WordsHeard;
            await talk.Pass(4.9);
            Assert.Equal(heard, talk.Player.WordsHeard);
            await talk.Pass(15);

            Assert.Single(talk.All<AnswerCompleted>());
            AssertHeardInOrder(talk, cuts: 1);
        },
        prepare: talk => talk.Responder.Answers(Long),
        device: new Device(Speaker.Samples));

    [Fact]
    public void A_question_that_is_refused_lets_the_answer_go_on() => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await AskAloudAsync(talk, 15);

            Assert.Single(talk.All<LimitReached>());
            Assert.Single(talk.All<AnswerCompleted>());
            AssertHeardInOrder(talk, cuts: 1);
        },
        new ConversationOptions { MaxQuestions = 1 },
        prepare: talk => talk.Responder.Answers(Long));

    [Fact]
    public void An_interruption_whose_words_cannot_be_had_lets_it_go_on_and_is_told() => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await AskAloudAsync(talk, 15, speech: 0.8);

            Assert.IsType<IOException>(talk.All<NotUnderstood>().Single().Cause);
            Assert.Single(talk.All<AnswerCompleted>());
            AssertHeardInOrder(talk, cuts: 1);
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Long);
            talk.Ears.Fails(new IOException());
        });

    [Fact]
    public void It_can_be_interrupted_twice_and_still_is_heard_whole() => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await AskAloudAsync(talk, 1.5, speech: 0.8);
            await AskAloudAsync(talk, 15, speech: 0.7);

            Assert.Equal(2, talk.All<SpeechCleared>().Count());
            Assert.Single(talk.All<AnswerCompleted>());
            AssertHeardInOrder(talk, cuts: 2);
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Long);
            talk.Ears.Hears("Mhm.").Hears("Aha.");
        });

    [Theory]
    [InlineData("mhm", true)]
    [InlineData("But why?", false)]
    public void A_repetition_is_interrupted_like_an_answer(string words, bool isWhole) => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(15);
            await talk.Post(new Repeat());
            await talk.Pass(1);
            await AskAloudAsync(talk, 15, speech: 0.8);

            Assert.Equal(isWhole, talk.All<Repeated>().Single().IsWhole);
            Assert.Equal(isWhole ? 1 : 2, talk.All<QuestionAccepted>().Count());
            Assert.Empty(talk.All<AnswerStopped>());
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Long);
            talk.Ears.Hears(words);
        });

    [Fact]
    public void The_end_of_the_responder_while_it_is_silent_loses_nothing() => RunAloud(
        async talk =>
        {
            await StartAsync(talk);
            await talk.SpeaksAsync(0.8);
            await talk.IsQuietAsync(25);
            Assert.Single(talk.All<AnswerCompleted>());
            Assert.Empty(talk.All<AnswerFailed>());
            AssertHeardInOrder(talk, cuts: 1);
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Long[..60], Seconds(9), Long[60..]);
            talk.Ears.Hears("mhm", seconds: 10);
        });

    internal static void AssertHeardInOrder(Talk talk, int cuts)
    {
        Assert.Equal(AllWords.Count(), talk.Player.WordsHeard);
        var sounded = talk.Player.Sounded;
        Assert.Equal(AllWords, sounded.Distinct());
        Assert.Equal(sounded.Order(), sounded);
        Assert.InRange(sounded.Count - AllWords.Count(), 0, cuts);
    }

    private static async Task StartAsync(Talk talk)
    {
        await talk.Ask("Why?");
        await talk.IsQuietAsync(1.2);
    }
}
