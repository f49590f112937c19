using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using Lectern.Ai.Contracts;
using Lectern.Tests.Fakes;
using Lectern.Tests.Fakes.Speech;
using Lectern.Voice.Hearing;
using Lectern.Voice.Speech;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lectern.Tests.Ai.Speech;

/// <summary>The room Ai as the program sets it up, with a voice and ears, on a clock that the test moves.</summary>
internal sealed class SpeechHost : IAsyncDisposable
{
    public const string Key = AiHost.Key;

    private readonly ServiceProvider _services;

    public SpeechHost(params (string Name, string Value)[] settings)
    {
        _services = AiHost.Services(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
            .AddSingleton<TimeProvider>(Time).AddSingleton<ILoggerProvider>(Log).BuildServiceProvider(validateScopes: true);
        Metrics = new MetricsSeen(_services.GetRequiredService<IMeterFactory>());
    }

    public VirtualTime Time { get; } = new();

    public LogSeen Log { get; } = new();

    public MetricsSeen Metrics { get; }

    public FakeSpending Spending => _services.GetRequiredService<FakeSpending>();

    public ISpeechEngines Engines => _services.GetRequiredService<ISpeechEngines>();

    public ISpeechSynthesizer Voice => Engines.Voice!; // a host with a voice was asked for

    public ITranscriber Ears => Engines.Ears!; // a host with ears was asked for

    public static SpeechHost WithEspeak(int workers = 2) =>
        new(("Ai:Speech:Engine", "espeak"), ("Ai:Speech:Helper", EspeakOnThisMachine.Helper), ("Ai:Speech:Workers", $"{workers}"));

    public static SpeechHost WithEndpoint(FakeSpeechServer server, params (string Name, string Value)[] settings) => new(
    [
        ("Ai:Speech:BaseUrl", server.BaseUrl), ("Ai:Speech:ApiKey", Key), ("Ai:Speech:Name", "tts-1"), ("Ai:Speech:Voice", "alloy"),
        ("Ai:Transcription:BaseUrl", server.BaseUrl), ("Ai:Transcription:ApiKey", Key), ("Ai:Transcription:Name", "whisper-1"), .. settings,
    ]);

    public async Task<Spoken> SpeakAsync(string text, string language = "en-US", double pace = 1, VoiceProfile? voice = null, CancellationToken ct = default)
    {
        SpeechMarks? marks = null;
        var parts = new List<byte[]>();
        await foreach (var part in Voice.SpeakAsync(new(text, language, pace, voice ?? new()), ct))
        {
            if (part is SpeechMarks told)
            {
                Assert.True(marks is null && parts.Count == 0, "marks come once, and first");
                marks = told;
            }
            else if (part is SpeechSamples samples)
                parts.Add(samples.Pcm.ToArray());
        }
        return new(marks, parts, Voice.SampleRate);
    }

    public async Task<ModelUnavailableException> FailureAsync(string text = "Hello.") => await Assert.ThrowsAsync<ModelUnavailableException>(() => SpeakAsync(text));

    public Task<string> HearAsync(double seconds = 2, string language = "en-GB", CancellationToken ct = default) =>
        Ears.TranscribeAsync(new(new short[(int)(seconds * Recording.SampleRate)], language), ct);

    public async ValueTask DisposeAsync()
    {
        Metrics.Dispose();
        await _services.DisposeAsync();
    }
}

/// <summary>A phrase that was spoken to its end.</summary>
internal sealed record Spoken(SpeechMarks? MarksIfTold, IReadOnlyList<byte[]> Parts, int SampleRate)
{
    public SpeechMarks Marks => MarksIfTold!; // of an engine that tells them

    public byte[] Pcm => [.. Parts.SelectMany(part => part)];

    public short[] Samples => MemoryMarshal.Cast<byte, short>(Pcm).ToArray();

    public double Milliseconds => Pcm.Length / (double)sizeof(short) / SampleRate * 1_000;
}
