using Lectern.Tests.Voice.Hearing;
using Lectern.Voice;
using Lectern.Voice.Speech;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice.Aloud;

/// <summary>Devices with a voice of their own, and listeners who leave, come back and change their minds in the middle of an answer.</summary>
public sealed class DeviceTests
{
    private const string Long = BargeInTests.Long;
    private static readonly Device Loud = new(Speaker.Samples, HasMicrophone: true);
    private static readonly Device Own = new(Speaker.Own);
    private static readonly string[] Phrases = ["One two three four five six seven eight. ", "Nine ten eleven twelve thirteen fourteen. ", "Fifteen sixteen seventeen eighteen nineteen twenty."];

    [Fact]
    public void A_device_with_a_voice_of_its_own_is_two_phrases_ahead_at_most() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(5);
            Assert.Equal(Phrases[..2], talk.All<PhraseReady>().Select(p => p.Text));
            await talk.Post(new Played(1, null, Phrase: 1));
            Assert.Equal(3, talk.All<PhraseReady>().Count());
            await talk.Post(new Played(1, null, Phrase: 3));

            Assert.Single(talk.All<AnswerCompleted>());
            Assert.Empty(talk.All<SoundReady>());
            Assert.Empty(talk.Voice.Requests);
        },
        prepare: talk => talk.Responder.Answers(Long),
        device: Own);

    [Theory]
    [InlineData(0, 0, "")]
    [InlineData(0, 10, "One two")]
    [InlineData(1, 0, "One two three four five six seven eight.")]
    [InlineData(1, 8, "One two three four five six seven eight. Nine ten")]
    [InlineData(99, 0, "One two three four five six seven eight. Nine ten eleven twelve thirteen fourteen.")]
    [InlineData(-5, -5, "")]
    public void What_it_reports_is_what_was_heard(int phrase, int character, string heard) => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Post(new Stop(), new Played(1, null, phrase, character, IsFinal: true));
            Assert.Equal(heard, talk.All<AnswerStopped>().Single().Text.TrimEnd());
        },
        prepare: talk => talk.Responder.Answers(Long),
        device: Own);

    [Fact]
    public void One_that_never_reports_is_gone_on_with_after_a_while() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(60);
            Assert.Single(talk.All<AnswerCompleted>());
            Assert.Equal(Long, talk.Said());
        },
        prepare: talk => talk.Responder.Answers(Long),
        device: Own);

    [Fact]
    public void After_a_lost_line_it_goes_on_with_the_first_word_that_was_not_heard() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(2);
            var told = talk.All<PhraseSpoken>().Count();
            await talk.Post(new DeviceChanged(Device.Away));
            talk.Player.Break();
            await talk.Pass(20);
            Assert.Empty(talk.All<AnswerStopped>());
            await talk.Post(new DeviceChanged(Loud));
            Assert.InRange(talk.All<PhraseSpoken>().Count(), told + 1, told + 4);
            await talk.Pass(10);

            Assert.Single(talk.All<AnswerCompleted>());
            var sounded = talk.Player.Sounded;
            Assert.Equal(BargeInTests.AllWords, sounded.Distinct());
            // What was heard since the last report is heard again.
            Assert.InRange(sounded.Count, 20, 24);
        },
        prepare: talk => talk.Responder.Answers(Long));

    [Fact]
    public void Who_stays_away_for_a_minute_finds_the_rest_as_text() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(1);
            await talk.Post(new DeviceChanged(Device.Away));
            await talk.Pass(59);
            Assert.Empty(talk.All<AnswerCompleted>());
            await talk.Pass(2);
            Assert.Single(talk.All<AnswerCompleted>());
            Assert.Equal(Long, talk.Said());

            await talk.Post(new DeviceChanged(Loud));
            await talk.Ask("And?");
            await talk.Pass(3);
            Assert.Equal(4, talk.Player.WordsHeard);
        },
        prepare: talk => talk.Responder.Answers(Long));

    [Fact]
    public void Whoever_leaves_while_interrupting_is_gone_on_with_when_they_are_back() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.IsQuietAsync(1.2);
            await talk.SpeaksAsync(0.8);
            Assert.Single(talk.All<SpeechCleared>());
            await talk.Post(new DeviceChanged(Device.Away));
            await talk.Pass(5);
            Assert.DoesNotContain(talk.Outputs.SkipWhile(o => o is not SpeechCleared), o => o is SoundReady);
            await talk.Post(new DeviceChanged(Loud));
            await talk.Pass(15);
            Assert.Single(talk.All<AnswerCompleted>());
            BargeInTests.AssertHeardInOrder(talk, cuts: 1);
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Long);
            talk.Ears.Hears("mhm");
        });

    [Fact]
    public void A_microphone_switched_off_while_interrupting_leaves_nothing_waiting() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.IsQuietAsync(1.2);
            await talk.SpeaksAsync(0.8);
            await talk.Post(new DeviceChanged(new Device(Speaker.Samples)));
            await talk.Pass(15);
            Assert.Single(talk.All<AnswerCompleted>());
            BargeInTests.AssertHeardInOrder(talk, cuts: 1);
        },
        prepare: talk =>
        {
            talk.Responder.Answers(Long);
            talk.Ears.Hears("mhm");
        });

    [Fact]
    public void A_voice_switched_off_in_the_middle_leaves_the_rest_as_text() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Pass(1);
            await talk.Post(new DeviceChanged(Device.Text));
            Assert.Single(talk.All<SpeechCleared>());
            Assert.Single(talk.All<AnswerCompleted>());
            Assert.Equal(Long, talk.Said());
        },
        prepare: talk => talk.Responder.Answers(Long));

    [Fact]
    public void A_voice_switched_on_in_the_middle_speaks_what_is_still_to_come() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Post(new DeviceChanged(Loud));
            await talk.Pass(10);
            Assert.Single(talk.All<AnswerCompleted>());
            Assert.Equal(12, talk.Player.WordsHeard);
        },
        prepare: talk => talk.Responder.Answers(Phrases[0], "Nine ", Seconds(1), Long[(Phrases[0].Length + 5)..]),
        device: Device.Text);

    [Fact]
    public void The_pace_holds_from_the_next_phrase_the_voice_begins() => RunAloud(
        async talk =>
        {
            await talk.Ask("Why?");
            await talk.Post(new Slower());
            await talk.Pass(15);
            Assert.Equal(1, talk.Voice.Requests[0].Pace);
            Assert.True(talk.Voice.Requests[^1].Pace < 1);
            Assert.Equal(40, talk.Player.WordsHeard);
        },
        prepare: talk => talk.Responder.Answers($"{Long} {Long}"));
}
