using System.Net.Http.Headers;
using System.Text.Json;
using Lectern.Ai.Contracts;
using Lectern.Ai.Resilience;
using Lectern.Voice.Hearing;
using Microsoft.Extensions.Logging;

namespace Lectern.Ai.Speech.Endpoints;

/// <summary>OpenAI's <c>POST audio/transcriptions</c>. Format: https://platform.openai.com/docs/api-reference/audio/createTranscription.</summary>
internal sealed class EndpointTranscriber(TranscriptionOptions options, HttpClient http, TimeProvider time, AiMetrics metrics, ILogger log) : ITranscriber
{
    private const int MaxAnswerLength = 262_144;

    private readonly EndpointBreaker _breaker = new($"The transcription by {options.Name}", options.TimeoutSeconds, options.BreakSeconds, time, log);

    public async Task<string> TranscribeAsync(Recording recording, CancellationToken ct)
    {
        if (recording.Samples.IsEmpty)
            return "";
        var began = time.GetTimestamp();
        var outcome = "stopped";
        try
        {
            var text = await HearAsync(recording, ct);
            outcome = "heard";
            return HeardText.Plausible(text, recording.Duration);
        }
        catch (ModelUnavailableException failure)
        {
            outcome = "failed";
            metrics.TranscriptionFailed(failure.Kind);
            throw;
        }
        finally
        {
            metrics.Transcribed(time.GetElapsedTime(began), outcome);
        }
    }

    private async Task<string> HearAsync(Recording recording, CancellationToken ct)
    {
        var text = "";
        await _breaker.ExecuteAsync(
            async () =>
            {
                using var call = new AudioCall("Ai:Transcription", options, time, ct);
                text = await call.WithinAsync(options.TimeoutSeconds, nameof(options.TimeoutSeconds), token => AskAsync(call, recording, token));
            },
            ct);
        return text;
    }

    private async Task<string> AskAsync(AudioCall call, Recording recording, CancellationToken ct)
    {
        using var form = Form(recording);
        var answer = await call.SendAsync(http, "audio/transcriptions", form, ct);
        return await AudioCall.ReadAsync(answer, MaxAnswerLength, ct) is { } body && Text(body) is { } text
            ? text
            : throw new ModelUnavailableException(ModelFailure.Faulty, "The endpoint answered with something that is no transcription: see Ai:Transcription:BaseUrl.");
    }

    private MultipartFormDataContent Form(Recording recording)
    {
        var sound = new ByteArrayContent(WavFile.Of(recording));
        sound.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        var form = new MultipartFormDataContent
        {
            { sound, "file", "audio.wav" },
            { Field(options.Name), "model" },
            { Field("json"), "response_format" },
        };
        if (options.HintLanguage && LanguageTag.Base(recording.Language) is { Length: > 0 } language)
            form.Add(Field(language), "language");
        return form;
    }

    // Without a type of its own, as browsers send a form's fields.
    private static StringContent Field(string value)
    {
        var field = new StringContent(value);
        field.Headers.ContentType = null;
        return field;
    }

    // {"text": "…", …}
    private static string? Text(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
