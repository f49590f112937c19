using System.Runtime.CompilerServices;
using Lectern.Ai.Contracts;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace Lectern.Ai.Resilience;

/// <summary>
/// Bounds every call in time and leaves a model alone that keeps failing. Until the first word a failure counts for the circuit
/// breaker; what breaks later only ends its own answer, since part of it has been said. Nothing is tried again here: a second try would
/// double the wait and the cost, and the caller has something better to offer.
/// </summary>
internal sealed partial class GuardedChatClient : DelegatingChatClient
{
    // Few and long enough that a single student's questions, each failing at the end of its patience, are noticed.
    private const int FailuresToRest = 3;
    private static readonly TimeSpan ShortestMemory = TimeSpan.FromMinutes(1);

    private readonly ModelOptions _model;
    private readonly TimeProvider _time;
    private readonly AiMetrics _metrics;
    private readonly ILogger _log;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline _breaker;

    public GuardedChatClient(IChatClient inner, ModelOptions model, TimeProvider time, AiMetrics metrics, ILogger log)
        : base(inner)
    {
        (_model, _time, _metrics, _log) = (model, time, metrics, log);
        var memory = TimeSpan.FromSeconds(model.FirstTokenSeconds * (FailuresToRest + 1));
        _breaker = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = outcome => ValueTask.FromResult(IsFailure(outcome.Outcome.Exception)),
                FailureRatio = 0.5,
                MinimumThroughput = FailuresToRest,
                SamplingDuration = memory > ShortestMemory ? memory : ShortestMemory,
                BreakDuration = TimeSpan.FromSeconds(model.BreakSeconds),
                StateProvider = _state,
                OnOpened = opened => Rests(opened.Outcome.Exception),
                OnClosed = _ => Answers(),
            }).Build();
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
            await _breaker.ExecuteAsync(_ => call.OpenAsync(token => InnerClient.GetStreamingResponseAsync(messages, options, token)), ct);
        }
        catch (BrokenCircuitException)
        {
            _metrics.Failed(ModelFailure.Resting);
            throw new ModelUnavailableException(ModelFailure.Resting, "The model failed repeatedly and is being left alone for a while.");
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

    // Whoever tries a resting model and gives up has not seen it answer: it rests on.
    private bool IsFailure(Exception? outcome) =>
        outcome is ModelUnavailableException { IsOfThisQuestion: false } || (outcome is OperationCanceledException && _state.CircuitState == CircuitState.HalfOpen);

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

    private ValueTask Rests(Exception? failure)
    {
        Log.Rests(_log, _model.Name, _model.BreakSeconds, failure?.Message);
        return ValueTask.CompletedTask;
    }

    private ValueTask Answers()
    {
        Log.Answers(_log, _model.Name);
        return ValueTask.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The model {Model} keeps failing and is left alone for {Seconds} s: {Reason}")]
        public static partial void Rests(ILogger log, string model, double seconds, string? reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "The model {Model} answers again")]
        public static partial void Answers(ILogger log, string model);
    }
}
