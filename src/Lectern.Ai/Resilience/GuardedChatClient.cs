using System.Runtime.CompilerServices;
using Lectern.Ai.Contracts;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Lectern.Ai.Resilience;

/// <summary>
/// Bounds every call in time and leaves a model alone that keeps failing. Until the first word a failure counts for the circuit
/// breaker; what breaks later only ends its own answer, since part of it has been said. Nothing is tried again here: a second try would
/// double the wait and the cost, and the caller has something better to offer.
/// </summary>
internal sealed class GuardedChatClient : DelegatingChatClient
{
    private readonly ModelOptions _model;
    private readonly TimeProvider _time;
    private readonly AiMetrics _metrics;
    private readonly EndpointBreaker _breaker;

    public GuardedChatClient(IChatClient inner, ModelOptions model, TimeProvider time, AiMetrics metrics, ILogger log)
        : base(inner)
    {
        (_model, _time, _metrics) = (model, time, metrics);
        _breaker = new EndpointBreaker($"The model {model.Name}", model.FirstTokenSeconds, model.BreakSeconds, time, log);
    }

    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var call = new GuardedCall(_model, _time, cancellationToken);
        var began = _time.GetTimestamp();
        try
        {
            await OpenAsync(call, messages, Bounded(options), cancellationToken);
            _metrics.FirstToken(_time.GetElapsedTime(began));
            do
            {
                yield return call.Current;
            }
            while (await call.NextAsync());
        }
        finally
        {
            Record(call, _time.GetElapsedTime(began));
        }
    }

    private async ValueTask OpenAsync(GuardedCall call, IEnumerable<ChatMessage> messages, ChatOptions options, CancellationToken ct)
    {
        try
        {
            await _breaker.ExecuteAsync(() => call.OpenAsync(token => InnerClient.GetStreamingResponseAsync(messages, options, token)), ct);
        }
        catch (ModelUnavailableException resting) when (resting.Kind == ModelFailure.Resting)
        {
            _metrics.Failed(ModelFailure.Resting);
            throw;
        }
    }

    // The caller's own options stay as they are.
    private ChatOptions Bounded(ChatOptions? options)
    {
        var bounded = options?.Clone() ?? new ChatOptions();
        bounded.MaxOutputTokens ??= _model.MaxOutputTokens;
        bounded.Temperature ??= (float?)_model.Temperature;
        return bounded;
    }

    private void Record(GuardedCall call, TimeSpan took)
    {
        if (!call.HasBegun)
            return;
        _metrics.Took(took, call.IsComplete ? "answered" : call.Failure is null ? "stopped" : "failed");
        if (call.Failure is { } kind)
            _metrics.Failed(kind);
        if (call.Usage is { } usage)
            _metrics.Used(usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0);
    }
}
