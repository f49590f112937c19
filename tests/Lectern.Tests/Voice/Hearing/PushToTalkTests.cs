using Lectern.Tests.Voice.Aloud;
using Lectern.Voice;
using Lectern.Voice.Hearing;
using Lectern.Voice.Speech;
using static Lectern.Tests.Voice.Hearing.EndOfTurnTests;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice.Hearing;

/// <summary>The button to talk.</summary>
public sealed class PushToTalkTests
{
    private static readonly Lectern.Voice.Talk Press = new(IsHeld: true);
    private static readonly Lectern.Voice.Talk LetGo = new(IsHeld: false);

    [Fact]
    public void What_was_said_counts_at_once_when_the_button_is_let_go() => RunAloud(
        async talk =>
        {
            await HoldAsync(talk, 1.1);
            await talk.Pass(0.11);
            Assert.Equal("Why because", talk.All<QuestionAccepted>().Single().Text);
        },
        prepare: talk => talk.Ears.Hears("Why because"));

    [Fact]
    public void Nothing_is_a_pause_while_it_is_held() => RunAloud(
        async talk =>
        {
            await talk.Post(Press);
            await talk.SpeaksAsync(1);
            await talk.IsQuietAsync(8);
            await talk.Pass(4);
            await talk.SpeaksAsync(1);
            Assert.Empty(talk.Ears.Recordings);
            await talk.Post(LetGo);
            await talk.Pass(0.5);

            Assert.InRange(talk.Ears.Recordings.Single().Duration, Seconds(9.9), Seconds(10.3));
            Assert.Single(talk.All<QuestionAccepted>());
        });

    [Fact]
    public void It_may_be_held_for_two_minutes_and_no_longer() => RunAloud(async talk =>
    {
        await talk.Post(Press);
        await talk.IsQuietAsync(100);
        await talk.SpeaksAsync(10);
        Assert.Empty(talk.All<QuestionAccepted>());
        await talk.IsQuietAsync(11);

        Assert.Single(talk.All<QuestionAccepted>());
        Assert.All(talk.Ears.Recordings, recording => Assert.InRange(recording.Duration, Seconds(1), Seconds(30.1)));
        await talk.Post(LetGo);
        Assert.Empty(talk.All<NotUnderstood>());
    });

    [Fact]
    public void A_button_that_is_stuck_without_any_sound_ends_after_two_minutes_too() => RunAloud(async talk =>
    {
        await talk.Post(Press);
        await talk.Pass(121);
        Assert.Single(talk.All<NotUnderstood>());
        Assert.Equal(HearingState.Nothing, talk.All<HearingChanged>().Last().State);
        await AskAloudAsync(talk, 1);
        Assert.Single(talk.All<QuestionAccepted>());
    });

    [Fact]
    public void Let_go_without_a_word_it_is_told_that_nothing_was_understood() => RunAloud(async talk =>
    {
        await talk.Post(Press);
        await talk.IsQuietAsync(1);
        await talk.Post(LetGo);
        Assert.Null(talk.All<NotUnderstood>().Single().Cause);
        Assert.Empty(talk.Ears.Recordings);
        Assert.Empty(talk.All<QuestionAccepted>());
    });

    [Fact]
    public void Pressed_again_before_the_words_are_known_it_is_one_question() => RunAloud(
        async talk =>
        {
            await HoldAsync(talk, 1);
            await talk.IsQuietAsync(0.5);
            await HoldAsync(talk, 1);
            Assert.Empty(talk.All<QuestionAccepted>());
            await talk.Pass(3);
            Assert.Equal("Why is it green?", talk.All<QuestionAccepted>().Single().Text);
        },
        prepare: talk => talk.Ears.Hears("Why is it", seconds: 2).Hears("green?"));

    [Fact]
    public void The_end_of_the_last_word_after_the_button_delays_nothing() => RunAloud(
        async talk =>
        {
            await HoldAsync(talk, 1);
            await talk.SpeaksAsync(0.3);
            Assert.Equal("Why?", talk.All<QuestionAccepted>().Single().Text);
        },
        prepare: talk => talk.Ears.Hears("Why?"));

    [Fact]
    public void Pressing_it_silences_an_answer_and_letting_go_without_a_word_resumes_it() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(1.5);
            await talk.Post(Press);
            Assert.Single(talk.All<SpeechCleared>());
            var heard = talk.Player.WordsHeard;
            await talk.IsQuietAsync(3);
            Assert.Equal(heard, talk.Player.WordsHeard);
            await talk.Post(LetGo);
            await talk.Pass(20);

            Assert.Single(talk.All<AnswerCompleted>());
            Assert.Equal(BargeInTests.AllWords, talk.Player.Sounded.Distinct());
        },
        prepare: talk => talk.Responder.Answers(BargeInTests.Long));

    [Fact]
    public void A_question_with_the_button_over_an_answer_leaves_exactly_what_was_heard() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(1.5);
            var heard = talk.Player.WordsHeard;
            await HoldAsync(talk, 2);
            await talk.Pass(1);

            Assert.Equal(heard, talk.All<AnswerStopped>().Single().Text.Split(' ').Length);
            Assert.Equal(2, talk.All<QuestionAccepted>().Count());
        },
        prepare: talk => talk.Responder.Answers(BargeInTests.Long));

    [Fact]
    public void The_line_lost_while_it_is_held_without_a_word_leaves_nothing_waiting() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(1.5);
            await talk.Post(Press);
            await talk.IsQuietAsync(1);
            await talk.Post(new DeviceChanged(Device.Away));
            await talk.Pass(5);
            await talk.Post(new DeviceChanged(new Device(Speaker.Samples, HasMicrophone: true)));
            await talk.Pass(20);

            Assert.Single(talk.All<AnswerCompleted>());
            Assert.Equal(BargeInTests.AllWords, talk.Player.Sounded.Distinct());
        },
        prepare: talk => talk.Responder.Answers(BargeInTests.Long));

    [Fact]
    public void The_longest_duration_ends_a_conversation_while_it_is_held() => RunAloud(
        async talk =>
        {
            await talk.Post(Press);
            await talk.SpeaksAsync(61);
            Assert.Equal(EndReason.Duration, (await talk.End).Reason);
        },
        new ConversationOptions { MaxDuration = Seconds(60) });
}
