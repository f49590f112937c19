using Lectern.Voice.Journal;

namespace Lectern.Tests.Voice;

/// <summary>Keeps what it is given, or fails, or is slow, as told.</summary>
public sealed class ScriptedJournal(TimeProvider time, List<object> log) : IConversationJournal
{
    public bool IsAway { get; set; }

    public bool IsDeaf { get; set; }

    public TimeSpan Takes { get; set; }

    public List<JournalEntry> Entries { get; } = [];

    public int Tries { get; private set; }

    public int Writing { get; private set; }

    public int MostAtOnce { get; private set; }

    public async Task WriteAsync(IReadOnlyList<JournalEntry> entries, CancellationToken ct)
    {
        Tries++;
        MostAtOnce = Math.Max(MostAtOnce, ++Writing);
        try
        {
            if (Takes > TimeSpan.Zero)
                await Task.Delay(Takes, time, IsDeaf ? CancellationToken.None : ct);
            if (IsAway)
                throw new IOException("The journal is away.");
            Entries.AddRange(entries);
            log.AddRange(entries);
        }
        finally
        {
            Writing--;
        }
    }
}
