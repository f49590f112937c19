using Lectern.Tests.Voice.Aloud;
using Lectern.Voice;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice.Hearing;

/// <summary>A microphone that is open for long.</summary>
public sealed class OpenMicrophoneTests
{
    private const int SamplesPerTick = 3_200;

    [Fact]
    public void Silence_is_not_presence_and_the_conversation_ends_for_it() => RunAloud(
        async talk =>
        {
            await HearAsync(talk, minutes: 5.1, peak: 4);

            Assert.Equal(EndReason.Idle, (await talk.End).Reason);
            Assert.Empty(talk.Ears.Recordings);
        });

    [Fact]
    public void A_word_now_and_then_is_presence() => RunAloud(
        async talk =>
        {
            talk.Ears.Hears("Mhm.").Hears("Mhm.");
            await HearAsync(talk, minutes: 4, peak: 4);
            await talk.SpeaksAsync(0.6);
            await HearAsync(talk, minutes: 4, peak: 4);

            Assert.False(talk.End.IsCompleted);
        });

    private static async Task HearAsync(Talk talk, double minutes, int peak)
    {
        var random = new Random(11);
        for (var i = 0; i < minutes * 300 && !talk.End.IsCompleted; i++)
        {
            talk.Conversation.TryPost(new MicrophoneHeard(Enumerable.Range(0, SamplesPerTick).Select(_ => (short)random.Next(-peak, peak)).ToArray()));
            await talk.Pass(0.2);
        }
    }
}
