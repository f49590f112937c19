using Lectern.Voice.Loop;

namespace Lectern.Voice.Journal;

/// <summary>Entries on their way into the journal.</summary>
internal sealed class JournalWrite : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private volatile bool _isDone;

    private JournalWrite(IReadOnlyList<JournalEntry> entries, TimeSpan deadline) => (Entries, Deadline) = (entries, deadline);

    public IReadOnlyList<JournalEntry> Entries { get; }

    public TimeSpan Deadline { get; }

    public bool IsDone => _isDone;

    /// <summary>What was thrown, if anything; valid once <see cref="IsDone"/>.</summary>
    public Exception? Error { get; private set; }

    public bool IsCancelled { get; private set; }

    public static JournalWrite Start(IConversationJournal journal, IReadOnlyList<JournalEntry> entries, TimeSpan deadline, Wake wake)
    {
        var write = new JournalWrite(entries, deadline);
        _ = write.RunAsync(journal, wake);
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

    private async Task RunAsync(IConversationJournal journal, Wake wake)
    {
        // Away from the loop: a journal that blocks before its first await must not hold up a Stop.
        await Task.Yield();
        try
        {
            await journal.WriteAsync(Entries, _cancellation.Token);
        }
        catch (Exception e)
        {
            Error = e;
        }
        _isDone = true;
        wake.Set();
    }
}
