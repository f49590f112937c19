using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using Lectern.Ai.Contracts;
using Lectern.Ai.Resilience;
using Lectern.Voice.Speech;
using Microsoft.Extensions.Logging;

namespace Lectern.Ai.Speech.Endpoints;

/// <summary>
/// OpenAI's <c>POST audio/speech</c> with raw sound, passed on as it comes. The format tells no marks.
/// Format: https://platform.openai.com/docs/api-reference/audio/createSpeech.
/// </summary>
internal sealed class EndpointSynthesizer(SpeechOptions options, HttpClient http, TimeProvider time, ILogger log) : ISpeechSynthesizer
{
    private const int LongestSeconds = 300;

    private readonly EndpointBreaker _breaker = new($"The voice {options.Name}", options.FirstByteSeconds, options.BreakSeconds, time, log);

    public int SampleRate => options.SampleRate;

    public async IAsyncEnumerable<SpeechPart> SpeakAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        SpeechText.Check(request);
        using var call = new AudioCall("Ai:Speech", options, time, ct);
        var sound = await OpenAsync(call, request, ct);
        await using var closing = sound;
        for (var bytes = 0L; sound.Part.Length > 0; bytes += sound.Part.Length)
        {
            if (bytes > (long)LongestSeconds * SampleRate * sizeof(short))
                throw new ModelUnavailableException(ModelFailure.Faulty, $"The endpoint's speech does not end within {LongestSeconds} s.");
            yield return new SpeechSamples(sound.Part);
            await call.WithinAsync(options.IdleSeconds, nameof(options.IdleSeconds), sound.ReadAsync);
        }
    }

    // Until the first sound a failure counts for the breaker; what breaks later only ends its own phrase.
    private async Task<PcmStream> OpenAsync(AudioCall call, SpeechRequest request, CancellationToken ct)
    {
        PcmStream? sound = null;
        await _breaker.ExecuteAsync(async () => sound = await call.WithinAsync(options.FirstByteSeconds, nameof(options.FirstByteSeconds), token => StartAsync(call, request, token)), ct);
        return sound!; // or the breaker has thrown
    }

    private async Task<PcmStream> StartAsync(AudioCall call, SpeechRequest request, CancellationToken ct)
    {
        using var body = JsonContent.Create(new
        {
            model = options.Name,
            voice = request.Voice.Name.Length > 0 ? request.Voice.Name : options.Voice,
            input = request.Text,
            response_format = "pcm",
            speed = SpeechText.Pace(request),
        });
        await body.LoadIntoBufferAsync(ct); // several servers of one's own refuse a body without a length
        var answer = await call.SendAsync(http, "audio/speech", body, ct);
        if (answer.Headers.ContentType?.MediaType is { } type && (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || type.EndsWith("json", StringComparison.OrdinalIgnoreCase)))
            throw NoSound();
        var sound = new PcmStream(await answer.ReadAsStreamAsync(ct), maxBytes: SampleRate / 5 * sizeof(short));
        await sound.ReadAsync(ct);
        return sound.Part.Length == 0 || sound.IsFile ? throw NoSound() : sound;
    }

    private static ModelUnavailableException NoSound() => new(ModelFailure.Faulty, "The endpoint answered with something that is no raw sound (response_format pcm): see Ai:Speech:BaseUrl.");
}
