using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Lectern.Tutoring.Grounding;
using Lectern.Voice;
using Lectern.Voice.Journal;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using static Lectern.Platform.Data.FrequentStatement;

namespace Lectern.Tutoring.Live;

/// <summary>
/// Stores a conversation. Each entry is written in one statement that makes sure that this node still speaks for the session: a node that was taken
/// over, however late it notices, cannot write. Entries may come twice; the second time changes nothing.
/// </summary>
/// <param name="onLost">Called when the session belongs to another node, or is over.</param>
/// <param name="watch">While it says that the database is away, entries fail at once instead of each waiting for it.</param>
internal sealed class TutoringJournal(LecternDbFactory databases, School school, Guid session, int epoch, TimeProvider time, Action onLost, DatabaseWatch watch) : IConversationJournal
{
    public async Task WriteAsync(IReadOnlyList<JournalEntry> entries, CancellationToken ct)
    {
        watch.ThrowIfAway();
        await using var db = databases.Create(school);
        // One entry is one statement, which is a transaction by itself.
        await using var transaction = entries.Count > 1 ? await db.Database.BeginTransactionAsync(ct) : null;
        foreach (var entry in entries)
        {
            if (await WriteAsync(db, entry, ct))
                continue;
            onLost();
            break;
        }
        if (transaction is not null)
            await transaction.CommitAsync(ct);
    }

    private Task<bool> WriteAsync(LecternDb db, JournalEntry entry, CancellationToken ct) => entry switch
    {
        QuestionAsked question => AskAsync(db, question, ct),
        PhraseGiven phrase => GiveAsync(db, phrase, ct),
        AnswerEnded answer => EndAsync(db, answer, ct),
        QuestionAmendedTo question => AmendAsync(db, question, ct),
        AnswerLeft left => LeaveAsync(db, left, ct),
        _ => throw new InvalidOperationException($"Unknown entry {entry.GetType()}."),
    };

    private Task<bool> AskAsync(LecternDb db, QuestionAsked question, CancellationToken ct) =>
        RunAsync(JournalStatements.Ask, db, question.At, ct, Value(Id(question.At)), Value(question.Turn), Value(question.ClientId), Value(question.Text));

    private Task<bool> AmendAsync(LecternDb db, QuestionAmendedTo question, CancellationToken ct) =>
        RunAsync(JournalStatements.Amend, db, question.At, ct, Value(question.Turn), Value(question.Text));

    private Task<bool> LeaveAsync(LecternDb db, AnswerLeft left, CancellationToken ct) =>
        RunAsync(JournalStatements.Leave, db, left.At, ct, Value(left.Turn), Value(left.Heard));

    // What the answer stands on so far is stored with it, so that whoever goes on with it knows what its marks mean.
    private Task<bool> GiveAsync(LecternDb db, PhraseGiven phrase, CancellationToken ct)
    {
        NpgsqlParameter[] given = [Value(Id(phrase.At)), Value(phrase.Turn), Value(phrase.Index), Value(phrase.Text), Value(phrase.IsLast)];
        var cited = phrase.Attachments.OfType<Citation>().ToList();
        return cited.Count == 0 ? RunAsync(JournalStatements.Give, db, phrase.At, ct, given) : RunAsync(JournalStatements.GiveCited, db, phrase.At, ct,
        [
            .. given, Column(_ => Id(phrase.At)), Column(citation => citation.Label), Column(citation => citation.Passage.LessonId), Column(citation => citation.Passage.LessonSlug),
            Column(citation => citation.Passage.LessonTitle), Column(citation => citation.Passage.Revision), Column(citation => citation.Passage.ParagraphId),
            Column(citation => citation.Passage.SectionId), Column(citation => citation.Passage.SectionTitle), Column(citation => citation.Quote),
        ]);

        NpgsqlParameter Column<T>(Func<Citation, T> value) => Value(cited.Select(value).ToArray());
    }

    // Citations were stored with their phrases; kept are those whose mark was heard. What was attached after the last phrase has no mark.
    private Task<bool> EndAsync(LecternDb db, AnswerEnded answer, CancellationToken ct)
    {
        var grounded = (answer.Attachments.OfType<Footing>().LastOrDefault() ?? Footing.None).Kind;
        return RunAsync(JournalStatements.End, db, answer.At, ct, Value(answer.Turn), Value(TurnBoard.Word(answer.Outcome)), Value(grounded), Value(answer.Heard));
    }

    private async Task<bool> RunAsync(FrequentStatement statement, LecternDb db, DateTimeOffset at, CancellationToken ct, params NpgsqlParameter[] values) =>
        await statement.RunAsync(db, [Value(school.Id), Value(session), Value(epoch), Value(at), .. values], ct) > 0;

    private Guid Id(DateTimeOffset at) => Guid.CreateVersion7(at > time.GetUtcNow() ? time.GetUtcNow() : at);
}
