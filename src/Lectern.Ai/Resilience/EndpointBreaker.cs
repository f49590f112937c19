using Lectern.Ai.Contracts;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace Lectern.Ai.Resilience;

/// <summary>Leaves an endpoint alone that keeps failing, and lets one call try it after a while.</summary>
internal sealed partial class EndpointBreaker
{
    // Few and long enough that a single student's questions, each failing at the end of its patience, are noticed.
    private const int FailuresToRest = 3;
    private static readonly TimeSpan ShortestMemory = TimeSpan.FromMinutes(1);

    private readonly string _whose;
    private readonly double _breakSeconds;
    private readonly ILogger _log;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline _breaker;

    /// <param name="whose">For the log: <c>The model wise-owl-1</c>.</param>
    /// <param name="patienceSeconds">How long a call takes to fail at most.</param>
    public EndpointBreaker(string whose, double patienceSeconds, double breakSeconds, TimeProvider time, ILogger log)
    {
        (_whose, _breakSeconds, _log) = (whose, breakSeconds, log);
        var memory = TimeSpan.FromSeconds(patienceSeconds * (FailuresToRest + 1));
        _breaker = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = outcome => ValueTask.FromResult(IsFailure(outcome.Outcome.Exception)),
                FailureRatio = 0.5,
                MinimumThroughput = FailuresToRest,
                SamplingDuration = memory > ShortestMemory ? memory : ShortestMemory,
                BreakDuration = TimeSpan.FromSeconds(breakSeconds),
                StateProvider = _state,
                OnOpened = opened => Rests(opened.Outcome.Exception),
                OnClosed = _ => Answers(),
            }).Build();
    }

    /// <exception cref="ModelUnavailableException"><see cref="ModelFailure.Resting"/>, or what the call throws.</exception>
    public async ValueTask ExecuteAsync(Func<ValueTask> call, CancellationToken ct)
    {
        try
        {
            await _breaker.ExecuteAsync(_ => call(), ct);
        }
        catch (BrokenCircuitException)
        {
            throw new ModelUnavailableException(ModelFailure.Resting, $"{_whose} failed repeatedly and is being left alone for a while.");
        }
    }

    // Whoever tries a resting model and gives up has not seen it answer: it rests on.
    private bool IsFailure(Exception? outcome) =>
        outcome is ModelUnavailableException { IsOfThisQuestion: false } || (outcome is OperationCanceledException && _state.CircuitState == CircuitState.HalfOpen);

    private ValueTask Rests(Exception? failure)
    {
        Log.Rests(_log, _whose, _breakSeconds, failure?.Message);
        return ValueTask.CompletedTask;
    }

    private ValueTask Answers()
    {
        Log.Answers(_log, _whose);
        return ValueTask.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Whose} keeps failing and is left alone for {Seconds} s: {Reason}")]
        public static partial void Rests(ILogger log, string whose, double seconds, string? reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Whose} answers again")]
        public static partial void Answers(ILogger log, string whose);
    }
}
