using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Lectern.Voice.Loop;

namespace Lectern.Voice.Speech;

/// <summary>A voice at work on one phrase. Its parts wait in a bounded channel, so it can never run far ahead.</summary>
internal sealed class SpeechRun : IDisposable
{
    private const int PartsAhead = 32;

    private readonly Channel<SpeechPart> _parts = Channel.CreateBounded<SpeechPart>(new BoundedChannelOptions(PartsAhead) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _cancellation = new();
    private volatile bool _isDone;

    private SpeechRun()
    {
    }

    /// <summary>It has come to its end; parts may still wait to be taken.</summary>
    public bool IsDone => _isDone;

    /// <summary>Something can be taken.</summary>
    public bool HasParts => _parts.Reader.Count > 0;

    /// <summary>What was thrown, if anything; valid once <see cref="IsDone"/>.</summary>
    public Exception? Error { get; private set; }

    public static SpeechRun Start(ISpeechSynthesizer voice, SpeechRequest request, Wake wake)
    {
        var run = new SpeechRun();
        _ = run.RunAsync(voice, request, wake);
        return run;
    }

    /// <summary>For what has no sound.</summary>
    public static SpeechRun Nothing() => new() { _isDone = true };

    public bool TryTake([NotNullWhen(true)] out SpeechPart? part) => _parts.Reader.TryRead(out part);

    public void Cancel() => _ = _cancellation.CancelApartAsync();

    public void Dispose() => _cancellation.Dispose();

    private async Task RunAsync(ISpeechSynthesizer voice, SpeechRequest request, Wake wake)
    {
        // Away from the loop: whatever a voice does before its first await must not hold up a Stop.
        await Task.Yield();
        try
        {
            await foreach (var part in voice.SpeakAsync(request, _cancellation.Token))
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
