using System.Threading.Channels;

namespace Lectern.Voice.Loop;

/// <summary>A responder at work on one question. Its parts wait in a small bounded channel, so it can never run far ahead.</summary>
internal sealed class ResponderRun : IDisposable
{
    private const int PartsAhead = 8;

    private readonly Channel<ResponsePart> _parts = Channel.CreateBounded<ResponsePart>(
        new BoundedChannelOptions(PartsAhead) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _cancellation = new();
    private volatile bool _isDone;

    private ResponderRun()
    {
    }

    /// <summary>It has come to its end; parts may still wait to be taken.</summary>
    public bool IsDone => _isDone;

    /// <summary>What was thrown, if anything; valid once <see cref="IsDone"/>.</summary>
    public Exception? Error { get; private set; }

    public static ResponderRun Start(IResponder responder, ResponseRequest request, Wake wake)
    {
        var run = new ResponderRun();
        _ = run.RunAsync(responder, request, wake);
        return run;
    }

    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ResponsePart? part) => _parts.Reader.TryRead(out part);

    public void Cancel() => _ = _cancellation.CancelApartAsync();

    /// <summary>Once it <see cref="IsDone"/>.</summary>
    public void Dispose() => _cancellation.Dispose();

    private async Task RunAsync(IResponder responder, ResponseRequest request, Wake wake)
    {
        // Away from the loop: whatever a responder does before its first await must not hold up a Stop.
        await Task.Yield();
        try
        {
            await foreach (var part in responder.RespondAsync(request, _cancellation.Token))
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
