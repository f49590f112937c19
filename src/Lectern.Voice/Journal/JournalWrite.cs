using Lectern.Voice.Loop;

namespace Lectern.Voice.Journal;

/// <summary>One entry on its way into the journal.</summary>
internal sealed class JournalWrite : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private volatile bool _isDone;

    private JournalWrite(TimeSpan deadline) => Deadline = deadline;

    public TimeSpan Deadline { get; }

    public bool IsDone => _isDone;

    /// <summary>What was thrown, if anything; valid once <see cref="IsDone"/>.</summary>
    public Exception? Error { get; private set; }

    public bool IsCancelled { get; private set; }

    public static JournalWrite Start(IConversationJournal journal, JournalEntry entry, TimeSpan deadline, Wake wake)
    {
        var write = new JournalWrite(deadline);
        _ = write.RunAsync(journal, entry, wake);
        return write;
    }

    public void Cancel()
    {
        IsCancelled = true;
        _ = _cancellation.CancelApartAsync();
    }

    public void Dispose()
    {
        if (!IsCancelled)
            _cancellation.Dispose();
    }

    private async Task RunAsync(IConversationJournal journal, JournalEntry entry, Wake wake)
    {
        // Away from the loop: a journal that blocks before its first await must not hold up a Stop.
        await Task.Yield();
        try
        {
            await journal.WriteAsync(entry, _cancellation.Token);
        }
        catch (Exception e)
        {
            Error = e;
        }
        _isDone = true;
        wake.Set();
    }
}
