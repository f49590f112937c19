using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Lectern.Voice.Loop;

/// <summary>
/// A responder at work on a question, or a voice on a phrase. What it gives waits in a small bounded channel, so it can never run far ahead.
/// </summary>
internal sealed class StreamRun<TPart> : IDisposable
    where TPart : class
{
    private readonly Channel<TPart> _parts;
    private readonly CancellationTokenSource _cancellation = new();
    private volatile bool _isDone;

    private StreamRun(int partsAhead) =>
        _parts = Channel.CreateBounded<TPart>(new BoundedChannelOptions(partsAhead) { SingleReader = true, SingleWriter = true });

    /// <summary>It has come to its end; parts may still wait to be taken.</summary>
    public bool IsDone => _isDone;

    /// <summary>Something can be taken.</summary>
    public bool HasParts => _parts.Reader.Count > 0;

    /// <summary>What was thrown, if anything; valid once <see cref="IsDone"/>.</summary>
    public Exception? Error { get; private set; }

    /// <param name="partsAhead">How many parts may wait before the source has to.</param>
    public static StreamRun<TPart> Start(int partsAhead, Func<CancellationToken, IAsyncEnumerable<TPart>> source, Wake wake)
    {
        var run = new StreamRun<TPart>(partsAhead);
        _ = run.RunAsync(source, wake);
        return run;
    }

    /// <summary>One that is done and gave nothing.</summary>
    public static StreamRun<TPart> Nothing() => new(1) { _isDone = true };

    public bool TryTake([NotNullWhen(true)] out TPart? part) => _parts.Reader.TryRead(out part);

    public void Cancel() => _ = _cancellation.CancelApartAsync();

    /// <summary>Once it <see cref="IsDone"/>.</summary>
    public void Dispose() => _cancellation.Dispose();

    private async Task RunAsync(Func<CancellationToken, IAsyncEnumerable<TPart>> source, Wake wake)
    {
        // Away from the loop: whatever a source does before its first await must not hold up a Stop.
        await Task.Yield();
        try
        {
            await foreach (var part in source(_cancellation.Token))
            {
                await _parts.Writer.WriteAsync(part, _cancellation.Token);
                wake.Set();
            }
        }
        catch (Exception e)
        {
            Error = e;
        }
        _isDone = true;
        wake.Set();
    }
}
