using Lectern.Ai.Contracts;
using Lectern.Tests.Fakes.Speech;
using Lectern.Voice.Speech;

namespace Lectern.Tests.Ai.Speech;

/// <summary>A voice behind an endpoint that speaks OpenAI's audio/speech.</summary>
public sealed class EndpointVoiceTests
{
    [Fact]
    public async Task A_phrase_is_asked_for_as_the_format_has_it_and_its_sound_comes_whole()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);

        var spoken = await host.SpeakAsync("Cells divide.", pace: 1.25);

        var call = Assert.Single(server.Phrases);
        Assert.Equal(("tts-1", "alloy", "Cells divide.", "pcm", 1.25), (call.Model, call.Voice, call.Input, call.Format, call.Speed));
        Assert.Equal($"Bearer {SpeechHost.Key}", call.Headers["Authorization"]);
        Assert.Null(spoken.MarksIfTold);
        Assert.Equal(24_000, spoken.SampleRate);
        Assert.Equal(FakePhraseCall.Tone(TimeSpan.FromMilliseconds(13 * 60 / 1.25)), spoken.Pcm);
        Assert.Equal(0.624, Assert.Single(host.Metrics.Of("lectern.ai.speech.duration")), 6);
    }

    [Fact]
    public async Task A_teachers_own_voice_is_asked_for_and_the_pace_stays_within_bounds()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);

        await host.SpeakAsync("One", pace: 9, voice: new("nova"));
        await host.SpeakAsync("Two", pace: 0);

        Assert.Equal([("nova", 1.5), ("alloy", 0.75)], server.Phrases.Select(call => (call.Voice, call.Speed)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(777)]
    [InlineData(100_000)]
    public async Task Wherever_the_network_cuts_the_parts_are_whole_samples_and_short(int bytesPerPiece)
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        var sound = FakePhraseCall.Tone(TimeSpan.FromSeconds(bytesPerPiece == 1 ? 0.02 : 1));
        server.NextPhrase(async call =>
        {
            for (var at = 0; at < sound.Length; at += bytesPerPiece)
                await call.SoundAsync(sound.AsMemory(at, Math.Min(bytesPerPiece, sound.Length - at)));
            await call.SoundAsync(new byte[] { 7 }); // half a sample
        });

        var spoken = await host.SpeakAsync("Cells divide.");

        Assert.Equal(sound, spoken.Pcm);
        Assert.All(spoken.Parts, part => Assert.True(part.Length is > 0 and <= 9_600 && part.Length % 2 == 0));
    }

    [Fact]
    public async Task Sound_is_passed_on_before_the_rest_is_made()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        var heard = new TaskCompletionSource();
        server.NextPhrase(async call =>
        {
            await call.SoundAsync(new byte[100]);
            await call.WaitAsync(heard.Task);
            await call.SoundAsync(new byte[50]);
        });
        await using var parts = host.Voice.SpeakAsync(new("Cells divide.", "en", 1, new()), default).GetAsyncEnumerator();

        Assert.True(await parts.MoveNextAsync());
        Assert.Equal(100, Assert.IsType<SpeechSamples>(parts.Current).Pcm.Length);
        heard.SetResult();
        Assert.True(await parts.MoveNextAsync());
        Assert.Equal(50, Assert.IsType<SpeechSamples>(parts.Current).Pcm.Length);
        Assert.False(await parts.MoveNextAsync());
    }

    [Theory]
    [InlineData(400, ModelFailure.Faulty, "did not accept the question (400, some_error, again after 7 s)")]
    [InlineData(401, ModelFailure.Refused, "refused the key (401, some_error, again after 7 s): see Ai:Speech:ApiKey")]
    [InlineData(404, ModelFailure.Refused, "see Ai:Speech:BaseUrl and Ai:Speech:Name")]
    [InlineData(429, ModelFailure.Limited, "no more requests at the moment (429, some_error, again after 7 s)")]
    [InlineData(503, ModelFailure.Faulty, "answered with an error (503, some_error")]
    public async Task An_error_has_its_kind_and_repeats_nothing_of_what_was_said(int status, ModelFailure kind, string told)
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        server.NextPhrase(call => call.FailAsync(status, message: $"No: {SpeechHost.Key} said 'Cells divide.'", retryAfter: "7"));

        var failure = await host.FailureAsync("Cells divide.");

        Assert.Equal(kind, failure.Kind);
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", failure + host.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("divide", failure + host.Log.Text, StringComparison.Ordinal);
        Assert.Equal([1.0], host.Metrics.Of($"lectern.ai.speech.failures{{{kind}}}"));
    }

    [Theory]
    [InlineData("{}", "application/json")]
    [InlineData("<html>Welcome</html>", "text/html")]
    [InlineData("RIFFxxxxWAVEfmt ", "audio/wav")]
    [InlineData("ID3xxxx", "audio/mpeg")]
    [InlineData("", "audio/pcm")]
    public async Task What_is_no_raw_sound_is_not_played(string body, string type)
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        server.NextPhrase(call => call.RawAsync(body, type));

        var failure = await host.FailureAsync();

        Assert.Equal(ModelFailure.Faulty, failure.Kind);
        Assert.Contains("no raw sound", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_before_the_first_sound_ends_after_the_patience_for_it()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        var call = server.NextPhrase(call => call.HoldAsync());
        var failing = host.FailureAsync();
        await call.Arrived;

        host.Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(call.Gone.IsCompleted);
        host.Time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(ModelFailure.Slow, (await failing).Kind);
        Assert.Contains("5 s (Ai:Speech:FirstByteSeconds)", (await failing).Message, StringComparison.Ordinal);
        await call.Gone;
    }

    [Fact]
    public async Task A_pause_in_the_middle_ends_the_phrase_but_a_slow_listener_does_not()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server, ("Ai:Speech:IdleSeconds", "3"));
        var call = server.NextPhrase(async call =>
        {
            await call.SoundAsync(new byte[100]);
            await call.HoldAsync();
        });
        await using var parts = host.Voice.SpeakAsync(new("Cells divide.", "en", 1, new()), default).GetAsyncEnumerator();
        Assert.True(await parts.MoveNextAsync());
        host.Time.Advance(TimeSpan.FromMinutes(1));

        var next = parts.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        host.Time.Advance(TimeSpan.FromSeconds(3));

        var failure = await Assert.ThrowsAsync<ModelUnavailableException>(() => next);
        Assert.Equal(ModelFailure.Slow, failure.Kind);
        Assert.Contains("Ai:Speech:IdleSeconds", failure.Message, StringComparison.Ordinal);
        await call.Gone;
    }

    [Fact]
    public async Task A_connection_that_breaks_ends_the_phrase()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        server.NextPhrase(async call =>
        {
            await call.SoundAsync(new byte[100]);
            await call.CutAsync();
        });

        Assert.Equal(ModelFailure.Unreachable, (await host.FailureAsync()).Kind);
    }

    [Fact]
    public async Task Whoever_no_longer_listens_hangs_up()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        using var stop = new CancellationTokenSource();
        var call = server.NextPhrase(call => call.HoldAsync());
        var phrase = host.SpeakAsync("Cells divide.", ct: stop.Token);
        await call.Arrived;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => phrase);
        await call.Gone;
        Assert.Empty(host.Metrics.Of("lectern.ai.speech.failures{Slow}"));
    }

    [Fact]
    public async Task An_endpoint_that_keeps_failing_rests_and_is_asked_again()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        for (var i = 0; i < 3; i++)
        {
            server.NextPhrase(call => call.FailAsync(500));
            await host.FailureAsync();
        }

        Assert.Equal(ModelFailure.Resting, (await host.FailureAsync()).Kind);
        Assert.Equal(3, server.Phrases.Count);
        host.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.NotEmpty((await host.SpeakAsync("Cells divide.")).Pcm);
        Assert.Contains("Warning The voice tts-1 keeps failing and is left alone for 20 s", host.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_not_sent()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);

        Assert.Equal(ModelFailure.Faulty, (await host.FailureAsync(new string('x', 2_001))).Kind);
        Assert.Empty(server.Phrases);
    }
}
