using System.Collections.Concurrent;
using Lectern.Ai.Contracts;
using Microsoft.Extensions.Logging;

namespace Lectern.Ai.Speech.Espeak;

/// <summary>
/// The processes of the helper, started when they are first needed. A phrase that ends or hangs its process fails alone, and the process is replaced;
/// after several in a row the helper is left alone for a while. The processes end with the server, however that ends: their input closes.
/// </summary>
internal sealed partial class EspeakWorkers : IDisposable
{
    /// <summary>What somebody who no longer listens waits for a worker to come to its end.</summary>
    public static readonly TimeSpan PatienceAfterCancellation = TimeSpan.FromSeconds(0.5);

    private const int MaxWaiting = 256;
    private const int FailuresToRest = 3;
    private static readonly TimeSpan PatienceForStart = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    private readonly string _helper;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _free;
    private readonly ConcurrentStack<EspeakWorker> _idle = new();
    private readonly Lock _lock = new();
    private int _waiting;
    private int _failures;
    private bool _isStartFailing;
    private DateTimeOffset _restsUntil = DateTimeOffset.MinValue;
    private bool _isDisposed;

    public EspeakWorkers(string helper, int workers, TimeProvider time, ILogger log)
    {
        (_helper, _time, _log) = (helper, time, log);
        _free = new SemaphoreSlim(workers);
    }

    /// <summary>False while the helper is left alone because it did not even start.</summary>
    public bool CanStart
    {
        get
        {
            lock (_lock)
                return !_isStartFailing || _time.GetUtcNow() >= _restsUntil;
        }
    }

    /// <summary>Speaks a phrase as soon as a worker is free.</summary>
    /// <exception cref="ModelUnavailableException">It could not be spoken.</exception>
    public async Task<EspeakSpeech> SpeakAsync(EspeakPhrase phrase, CancellationToken ct)
    {
        await WaitAsync(ct);
        try
        {
            var worker = _idle.TryPop(out var idle) ? idle : await StartAsync(ct);
            var speech = await TryAsync(worker, phrase, ct) ?? await TryAsync(await StartAsync(ct), phrase, ct);
            ct.ThrowIfCancellationRequested();
            return speech ?? throw new ModelUnavailableException(ModelFailure.Unreachable, "The helper of espeak-ng ended twice over a phrase.");
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _isDisposed = true;
        while (_idle.TryPop(out var worker))
            worker.Dispose();
    }

    private async Task WaitAsync(CancellationToken ct)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new ModelUnavailableException(ModelFailure.Limited, "Too many phrases wait to be spoken.");
        }
        using var limit = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await _free.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new ModelUnavailableException(ModelFailure.Slow, "A phrase waited too long for a free worker (Ai:Speech:Workers).");
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    // Null when the process ended, which may have been long before this phrase: that is worth a second try.
    private async Task<EspeakSpeech?> TryAsync(EspeakWorker worker, EspeakPhrase phrase, CancellationToken ct)
    {
        var isWell = false;
        try
        {
            var speech = await worker.SpeakAsync(phrase, Patience, _time, ct);
            isWell = true;
            Succeeded();
            return speech;
        }
        catch (ModelUnavailableException failure)
        {
            isWell = failure.IsOfThisQuestion;
            if (!isWell)
                Failed(failure, isStart: false);
            if (failure.Kind != ModelFailure.Unreachable)
                throw;
            return null;
        }
        finally
        {
            if (isWell)
                Return(worker);
            else
                worker.Dispose();
        }
    }

    private async Task<EspeakWorker> StartAsync(CancellationToken ct)
    {
        lock (_lock)
        {
            if (_time.GetUtcNow() < _restsUntil)
                throw new ModelUnavailableException(ModelFailure.Resting, "The helper of espeak-ng failed repeatedly and is being left alone for a while.");
        }
        try
        {
            var worker = await EspeakWorker.StartAsync(_helper, PatienceForStart, _time, _log, ct);
            if (worker.SampleRate != EspeakSynthesizer.Rate)
            {
                worker.Dispose();
                throw new ModelUnavailableException(ModelFailure.Faulty, $"The helper of espeak-ng gives {worker.SampleRate} samples a second instead of {EspeakSynthesizer.Rate}.");
            }
            Log.Started(_log, worker.Version, worker.Id);
            return worker;
        }
        catch (ModelUnavailableException failure)
        {
            Failed(failure, isStart: true);
            throw;
        }
    }

    private void Return(EspeakWorker worker)
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _idle.Push(worker);
                return;
            }
        }
        worker.Dispose();
    }

    private void Succeeded()
    {
        lock (_lock)
        {
            if (_isStartFailing)
                Log.Speaks(_log);
            (_failures, _isStartFailing, _restsUntil) = (0, false, DateTimeOffset.MinValue);
        }
    }

    // What does not start will not start in a second either; what ends now and then is replaced at once, and less quickly the more often it happens.
    private void Failed(ModelUnavailableException failure, bool isStart)
    {
        lock (_lock)
        {
            _failures++;
            if (isStart && !_isStartFailing)
                Log.DoesNotStart(_log, failure.Message);
            else
                Log.Failed(_log, failure.Message);
            _isStartFailing |= isStart;
            var rest = isStart ? LongestRest : _failures < FailuresToRest ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Pow(2, Math.Min(10, _failures - FailuresToRest)));
            _restsUntil = _time.GetUtcNow() + (rest < LongestRest ? rest : LongestRest);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "espeak-ng speaks ({Version}, process {Id})")]
        public static partial void Started(ILogger log, string version, int id);

        [LoggerMessage(Level = LogLevel.Warning, Message = "espeak-ng cannot be used, so that the teacher has no voice of the server: {Reason} It is tried again every minute.")]
        public static partial void DoesNotStart(ILogger log, string reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "espeak-ng can be used again")]
        public static partial void Speaks(ILogger log);

        [LoggerMessage(Level = LogLevel.Debug, Message = "A process of espeak-ng is replaced: {Reason}")]
        public static partial void Failed(ILogger log, string reason);
    }
}
