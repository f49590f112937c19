using Lectern.Ai.Contracts;
using Lectern.Costs.Contracts;
using Lectern.Tests.Fakes.Speech;
using Lectern.Voice.Speech;

namespace Lectern.Tests.Ai.Speech;

/// <summary>Voices and ears that somebody pays for.</summary>
public sealed class PaidSpeechTests
{
    private static readonly Payer Payer = new(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());

    [Fact]
    public async Task A_voice_is_reported_by_the_character()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);

        await SpeakAsync(host, "Cells divide.");

        var usage = Assert.Single(host.Spending.Reported);
        Assert.Equal((UsageKind.SpokenCharacters, 13m, "127.0.0.1-tts-1", Payer.SessionId), (usage.Kind, usage.Quantity, usage.PriceId, usage.SessionId));
    }

    [Fact]
    public async Task A_voice_that_is_paid_by_time_is_reported_by_the_sound_it_made()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server, ("Ai:Speech:Price", "openai-gpt-4o-mini-tts"));
        host.Spending.ByTime.Add("openai-gpt-4o-mini-tts");

        await SpeakAsync(host, "Cells divide, again and again."); // the fake makes 60 ms a character

        var usage = Assert.Single(host.Spending.Reported);
        Assert.Equal((UsageKind.SpokenSeconds, 2m), (usage.Kind, usage.Quantity));
    }

    [Fact]
    public async Task Ears_are_reported_by_the_second()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);

        await host.Engines.PaidBy(Payer).Ears!.TranscribeAsync(new(new short[24_000], "en"), default); // a host with ears

        var usage = Assert.Single(host.Spending.Reported);
        Assert.Equal((UsageKind.HeardSeconds, 1.5m, "127.0.0.1-whisper-1"), (usage.Kind, usage.Quantity, usage.PriceId));
    }

    [Theory]
    [InlineData(SpendingLevel.Everything, true, true)]
    [InlineData(SpendingLevel.Voice, true, true)]
    [InlineData(SpendingLevel.Written, false, true)]
    [InlineData(SpendingLevel.Typed, false, false)]
    [InlineData(SpendingLevel.Closed, false, false)]
    public async Task A_conversation_begins_with_what_the_budget_allows(SpendingLevel level, bool speaks, bool hears)
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        host.Spending.Level = level;

        var engines = host.Engines.PaidBy(Payer);

        Assert.Equal((speaks, hears), (engines.Voice is not null, engines.Ears is not null));
        Assert.True(host.Engines is { PaysVoice: true, PaysEars: true });
    }

    [Fact]
    public async Task A_voice_that_is_switched_off_meanwhile_fails_as_one_that_is_away_and_comes_back()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        var engines = host.Engines.PaidBy(Payer);
        host.Spending.Level = SpendingLevel.Written;

        Assert.Equal(ModelFailure.OverBudget, (await Assert.ThrowsAsync<ModelUnavailableException>(() => SpeakAsync(engines.Voice!))).Kind); // was there at the beginning
        Assert.Empty(server.Phrases);
        host.Spending.Level = SpendingLevel.Everything;
        await SpeakAsync(engines.Voice!); // as above

        Assert.Single(host.Spending.Reported);
    }

    [Fact]
    public async Task A_voice_of_ones_own_server_stays_whatever_the_budget_says()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server, ("Ai:Speech:Price", "none"), ("Ai:Transcription:Price", "none"));
        host.Spending.Level = SpendingLevel.Closed;
        host.Spending.Left = 0;

        await SpeakAsync(host, "Cells divide.");

        Assert.True(host.Engines is { PaysVoice: false, PaysEars: false });
        Assert.Null(Assert.Single(host.Spending.Reported).PriceId);
    }

    [Fact]
    public async Task A_phrase_that_fails_before_its_first_sound_costs_nothing()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        server.NextPhrase(call => call.FailAsync(503));

        await Assert.ThrowsAsync<ModelUnavailableException>(() => SpeakAsync(host, "Cells divide."));

        Assert.Empty(host.Spending.Reported);
        Assert.Equal(0, host.Spending.Held);
    }

    private static Task SpeakAsync(SpeechHost host, string text) => SpeakAsync(host.Engines.PaidBy(Payer).Voice!, text); // a host with a voice

    private static async Task SpeakAsync(ISpeechSynthesizer voice, string text = "Cells divide.")
    {
        await foreach (var _ in voice.SpeakAsync(new(text, "en", 1, new()), default))
        {
        }
    }
}
