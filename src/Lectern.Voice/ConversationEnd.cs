using Lectern.Voice.Journal;
using Lectern.Voice.Turns;

namespace Lectern.Voice;

/// <summary>What is left when a conversation has ended.</summary>
/// <param name="History">All turns, those it began with included.</param>
/// <param name="Unsaved">Entries the journal did not take in time, in order; empty when all is well.</param>
/// <param name="RespondersLeft">Responders that had not heeded cancellation when the conversation stopped waiting for them; 0 when all is well.</param>
public sealed record ConversationEnd(EndReason Reason, IReadOnlyList<Turn> History, IReadOnlyList<JournalEntry> Unsaved, int RespondersLeft);
