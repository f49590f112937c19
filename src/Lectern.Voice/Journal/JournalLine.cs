using Lectern.Voice.Loop;

namespace Lectern.Voice.Journal;

/// <summary>
/// Keeps things in order: what is put into the line happens only after all before it was stored. When the journal fails, the line
/// lets everything pass at once and remembers the entries, until a new try has stored them all. Used by the loop's thread only.
/// </summary>
internal sealed class JournalLine(IConversationJournal journal, ConversationOptions options, Wake wake, Action<Exception?> onNotSaved, Action onSavedAgain)
{
    private const int CharactersPerEntry = 64;
    private const int MostAtOnce = 50;

    private readonly Queue<(JournalEntry? Entry, Action Release)> _waiting = new();
    private readonly Queue<JournalEntry> _unsaved = new();
    private JournalWrite? _write;
    private int _unsavedCharacters;
    private int _failures;
    private TimeSpan _retryAt;

    /// <summary>The loop's time; whoever uses the line sets it first.</summary>
    public TimeSpan Now { get; set; }

    /// <summary>False while something waits for the journal.</summary>
    public bool IsClear => _waiting.Count == 0;

    public int Waiting => _waiting.Count;

    public bool IsSaved => IsClear && !IsUnsaved;

    public bool IsUnsaved { get; private set; }

    public bool IsFull => _unsavedCharacters >= options.UnsavedCharacters;

    public IReadOnlyList<JournalEntry> Unsaved => [.. _unsaved];

    /// <summary>Stores <paramref name="entry"/>, if there is one, and then calls <paramref name="release"/>; at once if nothing is in the way.</summary>
    public void Put(JournalEntry? entry, Action release)
    {
        if (IsUnsaved)
        {
            Remember(entry);
            release();
            return;
        }
        _waiting.Enqueue((entry, release));
        if (_waiting.Count == 1)
            PassOn();
    }

    /// <summary>Goes on as far as possible; true if anything happened.</summary>
    public bool Advance()
    {
        if (_write is { IsDone: true } done)
            Finish(done);
        else if (_write is { IsCancelled: false } slow && Now >= slow.Deadline)
            GiveUpWaiting(slow);
        else if (IsUnsaved && _write is null && Now >= _retryAt)
            Start([.. _unsaved.Take(MostAtOnce)]);
        else
            return false;
        return true;
    }

    public TimeSpan NextDue => _write is { IsCancelled: false } write ? write.Deadline
        : IsUnsaved && _write is null ? _retryAt
        : TimeSpan.MaxValue;

    /// <summary>Waits for the journal no longer: what is not stored stays in <see cref="Unsaved"/>.</summary>
    public void LetGo()
    {
        if (!IsClear)
            LetPass(new TimeoutException("The conversation ended before the journal had stored everything."));
        _write?.Cancel();
    }

    private void PassOn()
    {
        while (_write is null && _waiting.TryPeek(out var next))
        {
            if (next.Entry is not null)
            {
                Start([.. _waiting.Select(waiting => waiting.Entry).OfType<JournalEntry>().Take(MostAtOnce)]);
                return;
            }
            _waiting.Dequeue();
            next.Release();
        }
    }

    private void Start(IReadOnlyList<JournalEntry> entries) => _write = JournalWrite.Start(journal, entries, Now + options.JournalPatience, wake);

    private void Finish(JournalWrite done)
    {
        _write = null;
        done.Dispose();
        if (done.Error is not null)
            Fail(done.Error);
        else if (IsUnsaved)
            FinishUnsaved(done.Entries.Count);
        else
            FinishWaiting(done.Entries.Count);
    }

    /// <summary>What was released may have put more into the line; what waits between entries is released with them.</summary>
    private void FinishWaiting(int stored)
    {
        while (stored > 0 && _waiting.TryDequeue(out var next))
        {
            stored -= next.Entry is null ? 0 : 1;
            next.Release();
        }
        PassOn();
    }

    private void FinishUnsaved(int stored)
    {
        _failures = 0;
        for (; stored > 0; stored--)
            _unsavedCharacters -= Size(_unsaved.Dequeue());
        if (_unsaved.Count > 0)
        {
            Start([.. _unsaved.Take(MostAtOnce)]);
            return;
        }
        IsUnsaved = false;
        onSavedAgain();
    }

    private void Fail(Exception error)
    {
        LetPass(error);
        _retryAt = Now + Delay();
        _failures++;
    }

    /// <summary>The entry may still arrive, so no second try begins before this one has come back.</summary>
    private void GiveUpWaiting(JournalWrite slow)
    {
        LetPass(new TimeoutException($"The journal took longer than {options.JournalPatience}."));
        slow.Cancel();
    }

    private void LetPass(Exception cause)
    {
        if (IsUnsaved)
            return;
        IsUnsaved = true;
        onNotSaved(cause);
        while (_waiting.TryDequeue(out var next))
        {
            Remember(next.Entry);
            next.Release();
        }
    }

    // Spread, so that the conversations of a node do not all come at once to a database that has just come back.
    private TimeSpan Delay()
    {
        var delay = options.RetryDelay * Math.Pow(2, Math.Min(_failures, 16));
        return Moments.Earliest(delay, options.MaxRetryDelay) * (1 + Random.Shared.NextDouble() * options.RetrySpread);
    }

    private void Remember(JournalEntry? entry)
    {
        if (entry is null)
            return;
        _unsaved.Enqueue(entry);
        _unsavedCharacters += Size(entry);
    }

    private static int Size(JournalEntry entry) => entry.Characters + CharactersPerEntry;
}
