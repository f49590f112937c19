using Lectern.Voice.Loop;

namespace Lectern.Voice.Hearing;

/// <summary>A piece of speech on its way to becoming words.</summary>
internal sealed class TranscriptionRun : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private volatile bool _isDone;
    private volatile bool _hasEnded;

    private TranscriptionRun(TimeSpan deadline) => Deadline = deadline;

    public TimeSpan Deadline { get; }

    public bool IsDone => _isDone;

    /// <summary>Valid once <see cref="IsDone"/>; empty if it failed.</summary>
    public string Text { get; private set; } = "";

    public Exception? Error { get; private set; }

    public static TranscriptionRun Start(ITranscriber ears, Recording recording, TimeSpan deadline, Wake wake)
    {
        var run = new TranscriptionRun(deadline);
        _ = run.RunAsync(ears, recording, wake);
        return run;
    }

    /// <summary>Nothing of it is wanted any more.</summary>
    public void Dispose()
    {
        if (_hasEnded)
            _cancellation.Dispose();
        else
            Cancel();
    }

    /// <summary>Gives up; what comes of it is not waited for.</summary>
    public void Fail(Exception error)
    {
        if (_isDone)
            return;
        (Error, _isDone) = (error, true);
        Cancel();
    }

    private void Cancel() => _ = _cancellation.CancelApartAsync();

    private async Task RunAsync(ITranscriber ears, Recording recording, Wake wake)
    {
        // Away from the loop: whatever is done before the first await must not hold it up.
        await Task.Yield();
        try
        {
            var text = await ears.TranscribeAsync(recording, _cancellation.Token);
            if (!_isDone)
                Text = text.Trim();
        }
        catch (Exception e)
        {
            if (!_isDone)
                Error = e;
        }
        _hasEnded = _isDone = true;
        wake.Set();
    }
}
