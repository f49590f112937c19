using Lectern.Tests.Voice.Aloud;
using Lectern.Voice;
using Lectern.Voice.Hearing;
using Lectern.Voice.Speech;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice.Hearing;

/// <summary>Our own sound leaks from the loudspeaker into the microphone.</summary>
public sealed class EchoTests
{
    private static readonly Device Speakerphone = new(Speaker.Samples, HasMicrophone: true, CancelsEcho: false);

    [Theory]
    [InlineData(-6, 80)]
    [InlineData(-6, 240)]
    [InlineData(-6, 400)]
    [InlineData(-18, 80)]
    [InlineData(-18, 240)]
    [InlineData(-18, 400)]
    [InlineData(-30, 80)]
    [InlineData(-30, 240)]
    [InlineData(-30, 400)]
    public void A_minute_of_leaked_sound_neither_interrupts_nor_softens_the_answer(double leak, int milliseconds) => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.HearsAsync(60, (random, _) => Echo(talk, random, leak, milliseconds));

            Assert.Empty(talk.All<SpeechCleared>());
            Assert.Empty(talk.All<SpeechDucked>());
            Assert.Empty(talk.All<HearingChanged>());
            Assert.True(talk.Player.WordsHeard > 200, $"{talk.Player.WordsHeard} words");
        },
        prepare: Talkative);

    [Theory]
    [InlineData(-12, -12)]
    [InlineData(-18, -20)]
    [InlineData(-30, -25)]
    public void Somebody_who_speaks_over_it_is_heard_within_about_a_second(double leak, double level) => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.HearsAsync(10, (random, _) => Echo(talk, random, leak, 160));
            Assert.Empty(talk.All<SpeechCleared>());
            await talk.HearsAsync(1.2, (random, i) => Mix(Echo(talk, random, leak, 160), Sounds.Syllable(random, i, level)));
            Assert.Single(talk.All<SpeechCleared>());
            await talk.HearsAsync(2, (random, _) => Echo(talk, random, leak, 160));
            Assert.Equal(["Why?", "What about this?"], talk.All<QuestionAccepted>().Select(q => q.Text));
        },
        prepare: Talkative);

    [Fact]
    public void Without_echo_cancellation_the_microphone_is_deaf_while_we_speak() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(0.2);
            await talk.SpeaksAsync(1.6);
            Assert.Empty(talk.All<SpeechCleared>());
            Assert.Empty(talk.All<HearingChanged>());
        },
        prepare: talk => talk.Responder.Answers(BargeInTests.Long),
        device: Speakerphone);

    [Fact]
    public void And_for_300_ms_after_and_then_it_hears_again() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            while (!talk.All<AnswerCompleted>().Any())
                await talk.HearsAsync(0.02, (random, _) => Sounds.Noise(random, -60));
            await talk.SpeaksAsync(0.28);
            Assert.Empty(talk.All<HearingChanged>());
            await EndOfTurnTests.AskAloudAsync(talk, 1);
            Assert.Equal(2, talk.All<QuestionAccepted>().Count());
        },
        prepare: talk => talk.Responder.Answers("It is green."),
        device: Speakerphone);

    [Fact]
    public void Without_echo_cancellation_the_button_still_interrupts() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(1);
            await EndOfTurnTests.HoldAsync(talk, 1);
            await talk.Pass(1);
            Assert.Equal(2, talk.All<QuestionAccepted>().Count());
        },
        prepare: talk => talk.Responder.Answers(BargeInTests.Long),
        device: Speakerphone);

    [Theory]
    [InlineData("three four five six")]
    [InlineData("Two, tree, four, five, six, seven.")]
    public void Words_of_our_own_that_come_back_are_dropped_and_the_answer_goes_on(string words) => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.IsQuietAsync(1.5);
            await EndOfTurnTests.AskAloudAsync(talk, 15, speech: 0.8);

            Assert.Single(talk.All<QuestionAccepted>());
            Assert.Single(talk.All<AnswerCompleted>());
            BargeInTests.AssertHeardInOrder(talk, cuts: 1);
        },
        prepare: talk =>
        {
            talk.Responder.Answers(BargeInTests.Long);
            talk.Ears.Hears(words);
        });

    private static void Talkative(Talk talk)
    {
        talk.Voice.IsLively = true;
        talk.Responder.Answers(string.Concat(Enumerable.Repeat("The leaves of most plants are green because of chlorophyll. It takes in red light and blue light, and what is left is green. ", 20)));
    }

    /// <summary>The loudspeaker as the microphone hears it, in a room that is not quite silent.</summary>
    private static short[] Echo(Talk talk, Random random, double leak, int milliseconds)
    {
        var gain = Math.Pow(10, leak / 20);
        var sound = Sounds.Noise(random, -58);
        var loudspeaker = talk.Player.Loudspeaker(TimeSpan.FromMilliseconds(milliseconds));
        for (var i = 0; i < sound.Length; i++)
            sound[i] = (short)Math.Clamp(sound[i] + gain * loudspeaker[i / 2], short.MinValue, short.MaxValue);
        return sound;
    }

    private static short[] Mix(short[] a, short[] b) => [.. a.Zip(b, (x, y) => (short)Math.Clamp(x + y, short.MinValue, short.MaxValue))];
}
