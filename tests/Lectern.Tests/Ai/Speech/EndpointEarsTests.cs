using System.Text;
using Lectern.Ai.Contracts;
using Lectern.Tests.Fakes.Speech;
using Lectern.Voice.Hearing;

namespace Lectern.Tests.Ai.Speech;

/// <summary>Ears behind an endpoint that speaks OpenAI's audio/transcriptions.</summary>
public sealed class EndpointEarsTests
{
    [Fact]
    public async Task A_recording_is_sent_as_a_file_of_wav()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        short[] samples = [.. Enumerable.Range(0, 8_000).Select(i => (short)(i * 4))];

        var heard = await host.Ears.TranscribeAsync(new(samples, "de-AT"), default);

        Assert.Equal("What is a cell?", heard);
        var call = Assert.Single(server.Transcriptions);
        Assert.Equal($"Bearer {SpeechHost.Key}", call.Headers["Authorization"]);
        Assert.Equal(("audio.wav", "audio/wav"), (call.FileName, call.FileType));
        Assert.Equal(new Dictionary<string, string> { ["model"] = "whisper-1", ["response_format"] = "json", ["language"] = "de" }, call.Fields.OrderBy(field => field.Key).ToDictionary());
        Assert.Equal(samples, call.Samples);
        using var header = new BinaryReader(new MemoryStream(call.Wav));
        Assert.Equal("RIFF", Encoding.ASCII.GetString(header.ReadBytes(4)));
        Assert.Equal(call.Wav.Length - 8, header.ReadInt32());
        Assert.Equal("WAVEfmt ", Encoding.ASCII.GetString(header.ReadBytes(8)));
        Assert.Equal((16, 1, 1, 16_000, 32_000, 2, 16), (header.ReadInt32(), header.ReadInt16(), header.ReadInt16(), header.ReadInt32(), header.ReadInt32(), header.ReadInt16(), header.ReadInt16()));
        Assert.Equal("data", Encoding.ASCII.GetString(header.ReadBytes(4)));
        Assert.Equal(16_000, header.ReadInt32());
    }

    [Fact]
    public async Task The_language_is_hinted_at_only_where_it_is_known_and_wanted()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var silent = SpeechHost.WithEndpoint(server, ("Ai:Transcription:HintLanguage", "false"));
        await using var host = SpeechHost.WithEndpoint(server);

        await silent.HearAsync(language: "de");
        await host.HearAsync(language: "");
        await host.HearAsync(language: "en-GB");

        Assert.Equal([null, null, "en"], server.Transcriptions.Select(call => call.Language));
    }

    [Theory]
    [InlineData("  Why is\r\n\tthe sky   blue?\u0000 ", "Why is the sky blue?")]
    [InlineData("", "")]
    [InlineData(" \n ", "")]
    [InlineData("Größe 😀 光", "Größe 😀 光")]
    public async Task What_was_heard_is_tidied(string said, string heard)
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        server.NextTranscription(call => call.SayAsync(said));

        Assert.Equal(heard, await host.HearAsync());
    }

    [Theory]
    [InlineData(1, 50, 50)]
    [InlineData(1, 51, 0)]
    [InlineData(0.1, 24, 0)]
    [InlineData(60, 1_820, 1_820)]
    [InlineData(60, 1_821, 0)]
    [InlineData(120, 3_000, 2_000)]
    public async Task More_words_than_anybody_can_have_said_are_an_invention(double seconds, int said, int heard)
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        server.NextTranscription(call => call.SayAsync(new string('x', said)));

        Assert.Equal(heard, (await host.HearAsync(seconds)).Length);
    }

    [Fact]
    public async Task Nothing_recorded_is_nothing_heard_and_asks_nobody()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);

        Assert.Equal("", await host.HearAsync(seconds: 0));
        Assert.Empty(server.Transcriptions);
    }

    [Theory]
    [InlineData(401, ModelFailure.Refused, "see Ai:Transcription:ApiKey")]
    [InlineData(413, ModelFailure.Faulty, "did not accept the question (413, some_error)")]
    [InlineData(429, ModelFailure.Limited, "no more requests at the moment")]
    [InlineData(500, ModelFailure.Faulty, "answered with an error (500, some_error)")]
    public async Task An_error_has_its_kind_and_repeats_nothing_of_the_endpoints_words(int status, ModelFailure kind, string told)
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        server.NextTranscription(call => call.FailAsync(status, message: $"{SpeechHost.Key} is wrong"));

        var failure = await Assert.ThrowsAsync<ModelUnavailableException>(() => host.HearAsync());

        Assert.Equal(kind, failure.Kind);
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", failure + host.Log.Text, StringComparison.Ordinal);
        Assert.Equal([1.0], host.Metrics.Of($"lectern.ai.transcription.failures{{{kind}}}"));
        Assert.Single(host.Metrics.Of("lectern.ai.transcription.duration{failed}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"text":7}""")]
    [InlineData("""{"text":"\ud800"}""")]
    public async Task What_is_no_transcription_is_an_error(string body)
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        server.NextTranscription(call => call.RawAsync(body));

        Assert.Equal(ModelFailure.Faulty, (await Assert.ThrowsAsync<ModelUnavailableException>(() => host.HearAsync())).Kind);
    }

    [Fact]
    public async Task An_answer_without_end_is_an_error()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        server.NextTranscription(call => call.RawAsync($$"""{"text":"{{new string('x', 1_000_000)}}"}"""));

        Assert.Equal(ModelFailure.Faulty, (await Assert.ThrowsAsync<ModelUnavailableException>(() => host.HearAsync())).Kind);
    }

    [Fact]
    public async Task Patience_with_the_endpoint_ends()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        var call = server.NextTranscription(call => call.HoldAsync());
        var hearing = host.HearAsync();
        await call.Arrived;

        host.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(call.Gone.IsCompleted);
        host.Time.Advance(TimeSpan.FromSeconds(0.2));

        var failure = await Assert.ThrowsAsync<ModelUnavailableException>(() => hearing);
        Assert.Equal(ModelFailure.Slow, failure.Kind);
        Assert.Contains("Ai:Transcription:TimeoutSeconds", failure.Message, StringComparison.Ordinal);
        await call.Gone;
    }

    [Fact]
    public async Task Whoever_no_longer_waits_hangs_up()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        using var stop = new CancellationTokenSource();
        var call = server.NextTranscription(call => call.HoldAsync());
        var hearing = host.HearAsync(ct: stop.Token);
        await call.Arrived;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hearing);
        await call.Gone;
        Assert.Single(host.Metrics.Of("lectern.ai.transcription.duration{stopped}"));
    }

    [Fact]
    public async Task An_endpoint_that_keeps_failing_rests_and_the_voice_goes_on()
    {
        await using var server = await FakeSpeechServer.StartAsync();
        await using var host = SpeechHost.WithEndpoint(server);
        server.OtherTranscriptions = call => call.FailAsync(503);
        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<ModelUnavailableException>(() => host.HearAsync());

        Assert.Equal(ModelFailure.Resting, (await Assert.ThrowsAsync<ModelUnavailableException>(() => host.HearAsync())).Kind);
        Assert.Equal(3, server.Transcriptions.Count);
        Assert.NotEmpty((await host.SpeakAsync("Cells divide.")).Pcm);
        Assert.Contains("The transcription by whisper-1 keeps failing", host.Log.Text, StringComparison.Ordinal);
    }
}
