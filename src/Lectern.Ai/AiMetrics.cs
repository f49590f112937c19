using System.Diagnostics.Metrics;
using Lectern.Ai.Contracts;

namespace Lectern.Ai;

/// <summary>Metrics of the models, the voice and the ears, meter <c>Lectern.Ai</c>.</summary>
internal sealed class AiMetrics
{
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _firstSound;
    private readonly Counter<double> _speech;
    private readonly Counter<long> _speechFailures;
    private readonly Histogram<double> _transcription;
    private readonly Counter<long> _transcriptionFailures;

    public AiMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Lectern.Ai");
        _firstToken = meter.CreateHistogram<double>("lectern.ai.time_to_first_token", "s");
        _duration = meter.CreateHistogram<double>("lectern.ai.duration", "s", "From the request to the end of the answer, however it ended.");
        _tokens = meter.CreateCounter<long>("lectern.ai.tokens", "{token}", "As the endpoint reports them; an answer that was stopped reports none.");
        _failures = meter.CreateCounter<long>("lectern.ai.failures");
        _firstSound = meter.CreateHistogram<double>("lectern.ai.speech.time_to_first_sound", "s", "From the request for a phrase to its first samples.");
        _speech = meter.CreateCounter<double>("lectern.ai.speech.duration", "s", "Sound that was made, whether or not it was heard.");
        _speechFailures = meter.CreateCounter<long>("lectern.ai.speech.failures");
        _transcription = meter.CreateHistogram<double>("lectern.ai.transcription.duration", "s", "From the request to the text, however it ended.");
        _transcriptionFailures = meter.CreateCounter<long>("lectern.ai.transcription.failures");
    }

    public void FirstToken(TimeSpan after) => _firstToken.Record(after.TotalSeconds);

    /// <param name="outcome"><c>answered</c>, <c>failed</c> or <c>stopped</c> (by whoever asked).</param>
    public void Took(TimeSpan time, string outcome) => _duration.Record(time.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    public void Used(long input, long output)
    {
        _tokens.Add(input, new KeyValuePair<string, object?>("direction", "input"));
        _tokens.Add(output, new KeyValuePair<string, object?>("direction", "output"));
    }

    public void Failed(ModelFailure kind) => _failures.Add(1, Kind(kind));

    public void FirstSound(TimeSpan after) => _firstSound.Record(after.TotalSeconds);

    public void Spoke(TimeSpan sound) => _speech.Add(sound.TotalSeconds);

    public void SpeechFailed(ModelFailure kind) => _speechFailures.Add(1, Kind(kind));

    /// <param name="outcome"><c>heard</c>, <c>failed</c> or <c>stopped</c> (by whoever asked).</param>
    public void Transcribed(TimeSpan time, string outcome) => _transcription.Record(time.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    public void TranscriptionFailed(ModelFailure kind) => _transcriptionFailures.Add(1, Kind(kind));

    private static KeyValuePair<string, object?> Kind(ModelFailure kind) => new("kind", kind.ToString());
}
