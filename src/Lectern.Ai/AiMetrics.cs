using System.Diagnostics.Metrics;
using Lectern.Ai.Contracts;

namespace Lectern.Ai;

/// <summary>Metrics of the models, meter <c>Lectern.Ai</c>.</summary>
internal sealed class AiMetrics
{
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _failures;

    public AiMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Lectern.Ai");
        _firstToken = meter.CreateHistogram<double>("lectern.ai.time_to_first_token", "s");
        _duration = meter.CreateHistogram<double>("lectern.ai.duration", "s", "From the request to the end of the answer, however it ended.");
        _tokens = meter.CreateCounter<long>("lectern.ai.tokens", "{token}", "As the endpoint reports them; an answer that was stopped reports none.");
        _failures = meter.CreateCounter<long>("lectern.ai.failures");
    }

    public void FirstToken(TimeSpan after) => _firstToken.Record(after.TotalSeconds);

    /// <param name="outcome"><c>answered</c>, <c>failed</c> or <c>stopped</c> (by whoever asked).</param>
    public void Took(TimeSpan time, string outcome) => _duration.Record(time.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    public void Used(long input, long output)
    {
        _tokens.Add(input, new KeyValuePair<string, object?>("direction", "input"));
        _tokens.Add(output, new KeyValuePair<string, object?>("direction", "output"));
    }

    public void Failed(ModelFailure kind) => _failures.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()));
}
