using System.ClientModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Lectern.Ai.Contracts;
using Microsoft.Extensions.AI;
using Polly;
using Polly.CircuitBreaker;

namespace Lectern.Ai.Resilience;

/// <summary>
/// Bounds every call in time and leaves a model alone that keeps failing. Until the first word a failure counts for the circuit
/// breaker; what breaks later only ends its own answer, since part of it has been said.
/// </summary>
internal sealed class GuardedChatClient : DelegatingChatClient
{
    private readonly ModelOptions _model;
    private readonly TimeProvider _time;
    private readonly AiMetrics _metrics;
    private readonly ResiliencePipeline _breaker;

    public GuardedChatClient(IChatClient inner, ModelOptions model, TimeProvider time, AiMetrics metrics)
        : base(inner)
    {
        (_model, _time, _metrics) = (model, time, metrics);
        _breaker = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<ModelUnavailableException>(),
                FailureRatio = 0.5,
                MinimumThroughput = 4,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(model.BreakSeconds),
            }).Build();
    }

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in GetStreamingResponseAsync(messages, options, cancellationToken))
            updates.Add(update);
        return updates.ToChatResponse();
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var total = new CancellationTokenSource(TimeSpan.FromSeconds(_model.TotalSeconds), _time);
        await using var call = new GuardedCall(_time, total.Token, cancellationToken);
        var began = _time.GetTimestamp();
        var hasMore = await OpenAsync(call, messages, options ?? new ChatOptions(), cancellationToken);
        _metrics.FirstToken(_time.GetElapsedTime(began));
        while (hasMore)
        {
            Count(call.Current);
            yield return call.Current;
            hasMore = await call.NextAsync(TimeSpan.FromSeconds(_model.IdleSeconds));
        }
    }

    private async ValueTask<bool> OpenAsync(GuardedCall call, IEnumerable<ChatMessage> messages, ChatOptions options, CancellationToken ct)
    {
        options.MaxOutputTokens ??= _model.MaxOutputTokens;
        options.Temperature ??= _model.Temperature;
        try
        {
            return await _breaker.ExecuteAsync(_ => call.OpenAsync(token => InnerClient.GetStreamingResponseAsync(messages, options, token), TimeSpan.FromSeconds(_model.FirstTokenSeconds)), ct);
        }
        catch (BrokenCircuitException)
        {
            _metrics.Failed(ModelFailure.Resting);
            throw new ModelUnavailableException(ModelFailure.Resting, "The model failed repeatedly and is being left alone for a while.");
        }
        catch (ModelUnavailableException failure)
        {
            _metrics.Failed(failure.Kind);
            throw;
        }
    }

    private void Count(ChatResponseUpdate update)
    {
        foreach (var usage in update.Contents.OfType<UsageContent>())
            _metrics.Used(usage.Details.InputTokenCount ?? 0, usage.Details.OutputTokenCount ?? 0);
    }
}

/// <summary>One answer being received. What goes wrong in it becomes a <see cref="ModelUnavailableException"/>.</summary>
internal sealed class GuardedCall : IAsyncDisposable
{
    private readonly CancellationTokenSource _patience;
    private readonly CancellationTokenSource _any;
    private readonly CancellationToken _caller;
    private IAsyncEnumerator<ChatResponseUpdate>? _updates;

    public GuardedCall(TimeProvider time, CancellationToken total, CancellationToken caller)
    {
        _caller = caller;
        _patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _any = CancellationTokenSource.CreateLinkedTokenSource(caller, total, _patience.Token);
    }

    public ChatResponseUpdate Current => _updates!.Current; // read only after NextAsync said there is one

    /// <summary>Starts the call and waits for its first words; updates without any are passed over.</summary>
    public async ValueTask<bool> OpenAsync(Func<CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> call, TimeSpan patience)
    {
        _updates = call(_any.Token).GetAsyncEnumerator(_any.Token);
        _patience.CancelAfter(patience);
        bool hasMore;
        do
        {
            hasMore = await MoveAsync();
        }
        while (hasMore && Current.Text.Length == 0);
        return hasMore ? true : throw new ModelUnavailableException(ModelFailure.Faulty, "The model ended without a word.");
    }

    public async ValueTask<bool> NextAsync(TimeSpan patience)
    {
        _patience.CancelAfter(patience);
        return await MoveAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // The connection is cut before the rest is asked for: a cancelled answer must not be read to its end.
        await _any.CancelAsync();
        if (_updates is not null)
            await CloseAsync(_updates);
        _any.Dispose();
        _patience.Dispose();
    }

    private static async Task CloseAsync(IAsyncEnumerator<ChatResponseUpdate> updates)
    {
        try
        {
            await updates.DisposeAsync();
        }
        catch (OperationCanceledException)
        {
            // Asked for by DisposeAsync.
        }
    }

    private async ValueTask<bool> MoveAsync()
    {
        try
        {
            return await _updates!.MoveNextAsync(); // set by OpenAsync
        }
        catch (OperationCanceledException) when (_caller.IsCancellationRequested)
        {
            throw new OperationCanceledException(_caller);
        }
        catch (Exception failure)
        {
            throw Told(failure);
        }
    }

    private ModelUnavailableException Told(Exception failure) => failure switch
    {
        OperationCanceledException => new(ModelFailure.Slow, "The model did not answer in time.", failure),
        _ when _any.IsCancellationRequested => new(ModelFailure.Slow, "The model did not answer in time.", failure),
        ClientResultException { Status: 401 or 403 or 404 } refused => new(ModelFailure.Refused, $"The endpoint refused the key or does not know the model ({refused.Status}).", failure),
        ClientResultException { Status: 429 } => new(ModelFailure.Limited, "The endpoint allows no more requests at the moment (429).", failure),
        ClientResultException { Status: 0 } => new(ModelFailure.Unreachable, "The endpoint cannot be reached.", failure),
        ClientResultException error => new(ModelFailure.Faulty, $"The endpoint answered with an error ({error.Status}).", failure),
        HttpRequestException or IOException => new(ModelFailure.Unreachable, "The connection to the endpoint failed or broke.", failure),
        AggregateException { InnerExceptions: [.., var last] } => Told(last),
        JsonException or FormatException or ArgumentException or InvalidOperationException => new(ModelFailure.Faulty, "The endpoint answered with something that is no chat completion.", failure),
        _ => new(ModelFailure.Faulty, failure.GetType().Name, failure),
    };
}
