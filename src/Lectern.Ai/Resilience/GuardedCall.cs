using Lectern.Ai.Contracts;
using Microsoft.Extensions.AI;

namespace Lectern.Ai.Resilience;

/// <summary>One answer being received. What goes wrong in it becomes a <see cref="ModelUnavailableException"/>.</summary>
internal sealed class GuardedCall : IAsyncDisposable
{
    private readonly ModelOptions _model;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _total;
    private readonly CancellationTokenSource _patience;
    private readonly CancellationTokenSource _any;
    private IAsyncEnumerator<ChatResponseUpdate>? _updates;
    private bool _hasWords;
    private ChatFinishReason? _finish;

    public GuardedCall(ModelOptions model, TimeProvider time, CancellationToken caller)
    {
        (_model, _caller) = (model, caller);
        _total = new CancellationTokenSource(TimeSpan.FromSeconds(model.TotalSeconds), time);
        _patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _any = CancellationTokenSource.CreateLinkedTokenSource(caller, _total.Token, _patience.Token);
    }

    public ChatResponseUpdate Current => _updates!.Current; // read only after OpenAsync, or after NextAsync said there is one

    /// <summary>As last reported: some endpoints repeat the sum so far with every word.</summary>
    public UsageDetails? Usage { get; private set; }

    /// <summary>Null as long as nothing went wrong.</summary>
    public ModelFailure? Failure { get; private set; }

    public bool HasBegun => _updates is not null;

    public bool IsComplete { get; private set; }

    /// <summary>Starts the call and waits for its first words; updates without any are passed over.</summary>
    public async ValueTask OpenAsync(Func<CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> call)
    {
        _updates = call(_any.Token).GetAsyncEnumerator(_any.Token);
        _patience.CancelAfter(TimeSpan.FromSeconds(_model.FirstTokenSeconds));
        while (!_hasWords)
        {
            if (!await MoveAsync())
                throw Fail(EndedWithoutWords());
        }
        _patience.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits for more of the answer. Patience runs only meanwhile: whoever speaks the words may take longer over them than the model.</summary>
    public async ValueTask<bool> NextAsync()
    {
        _patience.CancelAfter(TimeSpan.FromSeconds(_model.IdleSeconds));
        var hasMore = await MoveAsync();
        _patience.CancelAfter(Timeout.InfiniteTimeSpan);
        if (!hasMore && _finish is null)
            throw Fail(new(ModelFailure.Unreachable, "The connection to the endpoint ended in the middle of the answer."));
        IsComplete = !hasMore;
        return hasMore;
    }

    public async ValueTask DisposeAsync()
    {
        // The connection is cut before the rest is asked for: a cancelled answer must not be read to its end.
        await _any.CancelAsync();
        if (_updates is not null)
            await CloseAsync(_updates);
        _any.Dispose();
        _patience.Dispose();
        _total.Dispose();
    }

    private static async Task CloseAsync(IAsyncEnumerator<ChatResponseUpdate> updates)
    {
        try
        {
            await updates.DisposeAsync();
        }
        catch (Exception closing) when (closing is OperationCanceledException or IOException)
        {
            // Asked for by DisposeAsync.
        }
    }

    private async ValueTask<bool> MoveAsync()
    {
        try
        {
            if (!await _updates!.MoveNextAsync()) // set by OpenAsync
                return false;
        }
        catch (Exception) when (_caller.IsCancellationRequested)
        {
            throw new OperationCanceledException(_caller);
        }
        catch (Exception failure)
        {
            throw Fail(OutOfTime() ?? EndpointErrors.Of(failure));
        }
        Note(Current);
        return true;
    }

    private void Note(ChatResponseUpdate update)
    {
        _hasWords |= update.Text.Length > 0;
        _finish = update.FinishReason ?? _finish;
        Usage = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? Usage;
    }

    private ModelUnavailableException Fail(ModelUnavailableException failure)
    {
        Failure = failure.Kind;
        return failure;
    }

    private ModelUnavailableException? OutOfTime() =>
        _total.IsCancellationRequested ? new(ModelFailure.Slow, $"The answer took longer than {_model.TotalSeconds} s (Ai:Model:TotalSeconds).")
        : !_patience.IsCancellationRequested ? null
        : _hasWords ? new(ModelFailure.Slow, $"The model paused for {_model.IdleSeconds} s in the middle of its answer (Ai:Model:IdleSeconds).")
        : new(ModelFailure.Slow, $"The model said nothing for {_model.FirstTokenSeconds} s (Ai:Model:FirstTokenSeconds).");

    // Reasoning models think before they speak, and their thoughts count.
    private ModelUnavailableException EndedWithoutWords() =>
        _finish == ChatFinishReason.Length ? OfThisQuestion("The model used up its tokens before its first word: raise Ai:Model:MaxOutputTokens.")
        : _finish == ChatFinishReason.ContentFilter ? OfThisQuestion("The endpoint's filter held the answer back.")
        : _finish is not null ? OfThisQuestion("The model ended without a word.")
        : new(ModelFailure.Faulty, "The endpoint answered with something that is no chat completion: see Ai:Model:BaseUrl.");

    private static ModelUnavailableException OfThisQuestion(string message) => new(ModelFailure.Faulty, message) { IsOfThisQuestion = true };
}
