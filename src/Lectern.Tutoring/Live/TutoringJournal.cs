using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Lectern.Tutoring.Grounding;
using Lectern.Voice;
using Lectern.Voice.Journal;
using Microsoft.EntityFrameworkCore;

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

    private async Task<bool> AskAsync(LecternDb db, QuestionAsked question, CancellationToken ct) => await CountAsync(db.Database.SqlQuery<int>($"""
        with ours as (update tutoring_session set last_active_at = greatest(last_active_at, {question.At}) where school_id = {school.Id} and id = {session} and epoch = {epoch} and ended_at is null returning id),
             written as (insert into tutoring_turn (school_id, id, session_id, number, client_id, question, asked_at)
                         select {school.Id}, {Id(question.At)}, ours.id, {question.Turn}, {question.ClientId}, {question.Text}, {question.At} from ours
                         on conflict (school_id, session_id, number) do nothing)
        select count(*)::int as "Value" from ours
        """), ct);

    private async Task<bool> AmendAsync(LecternDb db, QuestionAmendedTo question, CancellationToken ct) => await CountAsync(db.Database.SqlQuery<int>($"""
        with ours as (update tutoring_session set last_active_at = greatest(last_active_at, {question.At}) where school_id = {school.Id} and id = {session} and epoch = {epoch} and ended_at is null returning id),
             written as (update tutoring_turn set question = {question.Text} where school_id = {school.Id} and session_id in (select id from ours) and number = {question.Turn} and outcome is null)
        select count(*)::int as "Value" from ours
        """), ct);

    private async Task<bool> LeaveAsync(LecternDb db, AnswerLeft left, CancellationToken ct) => await CountAsync(db.Database.SqlQuery<int>($"""
        with ours as (update tutoring_session set last_active_at = greatest(last_active_at, {left.At}) where school_id = {school.Id} and id = {session} and epoch = {epoch} and ended_at is null returning id),
             written as (update tutoring_turn set heard = {left.Heard} where school_id = {school.Id} and session_id in (select id from ours) and number = {left.Turn} and outcome is null)
        select count(*)::int as "Value" from ours
        """), ct);

    // What the answer stands on so far is stored with it, so that whoever goes on with it knows what its marks mean.
    private async Task<bool> GiveAsync(LecternDb db, PhraseGiven phrase, CancellationToken ct)
    {
        var citations = phrase.Attachments.OfType<Citation>().ToList();
        return await CountAsync(citations.Count == 0
            ? db.Database.SqlQuery<int>($"""
            with ours as (select id from tutoring_session where school_id = {school.Id} and id = {session} and epoch = {epoch} and ended_at is null for share),
                 written as (insert into tutoring_phrase (school_id, id, session_id, turn, index, text, given_at, is_last)
                             select {school.Id}, {Id(phrase.At)}, ours.id, {phrase.Turn}, {phrase.Index}, {phrase.Text}, {phrase.At}, {phrase.IsLast} from ours
                             on conflict (school_id, session_id, turn, index) do nothing)
            select count(*)::int as "Value" from ours
            """)
            : db.Database.SqlQuery<int>($"""
            with ours as (select id from tutoring_session where school_id = {school.Id} and id = {session} and epoch = {epoch} and ended_at is null for share),
                 written as (insert into tutoring_phrase (school_id, id, session_id, turn, index, text, given_at, is_last)
                             select {school.Id}, {Id(phrase.At)}, ours.id, {phrase.Turn}, {phrase.Index}, {phrase.Text}, {phrase.At}, {phrase.IsLast} from ours
                             on conflict (school_id, session_id, turn, index) do nothing),
                 cited as (insert into tutoring_citation (school_id, id, session_id, turn, label, lesson_id, lesson_slug, lesson_title, revision, paragraph_id, section_id, section_title, quote)
                           select {school.Id}, c.id, ours.id, {phrase.Turn}, c.label, c.lesson_id, c.lesson_slug, c.lesson_title, c.revision, c.paragraph_id, c.section_id, c.section_title, c.quote
                           from ours, unnest({citations.Select(_ => Id(phrase.At)).ToArray()}, {citations.Select(c => c.Label).ToArray()}, {citations.Select(c => c.Passage.LessonId).ToArray()},
                               {citations.Select(c => c.Passage.LessonSlug).ToArray()}, {citations.Select(c => c.Passage.LessonTitle).ToArray()}, {citations.Select(c => c.Passage.Revision).ToArray()},
                               {citations.Select(c => c.Passage.ParagraphId).ToArray()}, {citations.Select(c => c.Passage.SectionId).ToArray()}, {citations.Select(c => c.Passage.SectionTitle).ToArray()},
                               {citations.Select(c => c.Quote).ToArray()}) as c(id, label, lesson_id, lesson_slug, lesson_title, revision, paragraph_id, section_id, section_title, quote)
                           on conflict (school_id, session_id, turn, label) do nothing)
            select count(*)::int as "Value" from ours
            """), ct);
    }

    // Citations were stored with their phrases; kept are those whose mark was heard. What was attached after the last phrase has no mark.
    private async Task<bool> EndAsync(LecternDb db, AnswerEnded answer, CancellationToken ct)
    {
        var grounded = (answer.Attachments.OfType<Footing>().LastOrDefault() ?? Footing.None).Kind;
        var outcome = TurnBoard.Word(answer.Outcome);
        return await CountAsync(db.Database.SqlQuery<int>($"""
            with ours as (update tutoring_session set last_active_at = greatest(last_active_at, {answer.At}) where school_id = {school.Id} and id = {session} and epoch = {epoch} and ended_at is null returning id),
                 used as (select c.id from tutoring_citation c where c.school_id = {school.Id} and c.session_id in (select id from ours) and c.turn = {answer.Turn}
                          and position('[' || c.label || ']' in left((select string_agg(p.text, '' order by p.index) from tutoring_phrase p
                              where p.school_id = {school.Id} and p.session_id = {session} and p.turn = {answer.Turn}), {answer.Heard ?? int.MaxValue})) > 0),
                 written as (update tutoring_turn set outcome = {outcome}, grounded = case when exists (select from used) then {grounded} else 'none' end, answered_at = {answer.At}, heard = {answer.Heard}
                             where school_id = {school.Id} and session_id in (select id from ours) and number = {answer.Turn} and outcome is null),
                 unused as (delete from tutoring_citation d where d.school_id = {school.Id} and d.session_id in (select id from ours) and d.turn = {answer.Turn} and d.id not in (select id from used))
            select count(*)::int as "Value" from ours
            """), ct);
    }

    // Read to a list: a statement that writes cannot be made a part of another.
    private static async Task<bool> CountAsync(IQueryable<int> rows, CancellationToken ct) => (await rows.ToListAsync(ct))[0] > 0;

    private Guid Id(DateTimeOffset at) => Guid.CreateVersion7(at > time.GetUtcNow() ? time.GetUtcNow() : at);
}
