using Lectern.Ai.Contracts;
using Lectern.Ai.Metering;
using Lectern.Ai.Resilience;
using Lectern.Ai.Speech.Endpoints;
using Lectern.Ai.Speech.Espeak;
using Lectern.Costs.Contracts;
using Lectern.Voice.Hearing;
using Lectern.Voice.Speech;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lectern.Ai.Speech;

internal sealed partial class SpeechEngines : ISpeechEngines, IDisposable
{
    private readonly HttpClient _http = EndpointConnection.Open();
    private readonly EspeakWorkers? _espeak;
    private readonly ISpeechSynthesizer? _voice;
    private readonly AiOptions _options;
    private readonly PaidCalls _calls;

    public SpeechEngines(IOptions<AiOptions> options, PaidCalls calls, TimeProvider time, AiMetrics metrics, ILogger<SpeechEngines> log)
    {
        (_options, _calls) = (options.Value, calls);
        var (speech, transcription) = (options.Value.Speech, options.Value.Transcription);
        if (transcription.BaseUrl.Length > 0)
            Ears = new EndpointTranscriber(transcription, _http, time, metrics, log);
        if (speech.Engine is SpeechEngine.Auto or SpeechEngine.Endpoint && speech.BaseUrl.Length > 0)
            _voice = new MeasuredSynthesizer(new EndpointSynthesizer(speech, _http, time, log), metrics, time);
        else if (speech.Engine is SpeechEngine.Auto or SpeechEngine.Espeak && Helper(speech, log) is { } helper)
            _voice = new MeasuredSynthesizer(new EspeakSynthesizer(_espeak = new EspeakWorkers(helper, speech.Workers, time, log)), metrics, time);
    }

    public ISpeechSynthesizer? Voice => _espeak is { CanStart: false } ? null : _voice;

    public bool IsEspeak => _espeak is not null;

    public ITranscriber? Ears { get; }

    public bool PaysVoice => _voice is not null && _espeak is null && _options.Speech.Price != PaidEndpoint.Nothing;

    public bool PaysEars => Ears is not null && _options.Transcription.Price != PaidEndpoint.Nothing;

    public ISpeechEngines PaidBy(Payer payer)
    {
        var state = _calls.Spending.StateOf(payer.SchoolId, payer.CourseId);
        return new Paid(
            _espeak is not null ? Voice : Voice is { } voice && (state.AllowsVoice || !PaysVoice) ? new PaidSynthesizer(voice, _options.Speech, payer, _calls) : null,
            IsEspeak,
            Ears is { } ears && (state.AllowsEars || !PaysEars) ? new PaidTranscriber(ears, _options.Transcription, payer, _calls) : null);
    }

    public void Dispose()
    {
        _espeak?.Dispose();
        _http.Dispose();
    }

    // What is missing is only spoken of where somebody asked for it.
    private static string? Helper(SpeechOptions speech, ILogger log)
    {
        var helper = EspeakInstallation.HasLibrary() ? EspeakInstallation.Helper(speech) : null;
        if (helper is null && speech.Engine == SpeechEngine.Espeak)
            Log.IsMissing(log, EspeakInstallation.HasLibrary() ? "its helper Lectern.Espeak.dll (Ai:Speech:Helper)" : "libespeak-ng");
        return helper;
    }

    private sealed record Paid(ISpeechSynthesizer? Voice, bool IsEspeak, ITranscriber? Ears) : ISpeechEngines;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Ai:Speech:Engine asks for espeak-ng, but {Missing} is not installed: the teacher has no voice of the server")]
        public static partial void IsMissing(ILogger log, string missing);
    }
}
