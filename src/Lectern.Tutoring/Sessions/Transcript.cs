using Lectern.Platform.Data;
using Lectern.Voice.Turns;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Tutoring.Sessions;

/// <param name="Slug">Of the lesson.</param>
public sealed record CitedLesson(string Slug, string Title);

/// <summary>A place in the course that an answer stands on, as the live protocol and the API show it.</summary>
/// <param name="Label">From 1; the answer's text holds it as <c>[1]</c>.</param>
/// <param name="Paragraph">The lesson's stable paragraph id.</param>
/// <param name="Quote">The words used, as they were then.</param>
/// <param name="Url">Opens the lesson at the paragraph; on the same host.</param>
public sealed record CitationView(int Label, string Paragraph, CitedLesson Lesson, string Section, string Quote, string Url);

public sealed record QuestionView(string Id, string Text);

/// <param name="Outcome"><c>completed</c>, <c>stopped</c>, <c>failed</c> or <c>running</c>.</param>
/// <param name="Phrases">How many phrases the text is made of.</param>
/// <param name="Grounded"><c>quoted</c>, <c>model</c> or <c>none</c>.</param>
public sealed record AnswerView(string Outcome, string Text, int Phrases, IReadOnlyList<CitationView> Citations, string Grounded);

/// <param name="Question">Null where the teacher began.</param>
/// <param name="Answer">Null while the teacher is thinking.</param>
public sealed record TurnView(int Turn, QuestionView? Question, AnswerView? Answer);

/// <summary>Reads what was said in a session.</summary>
internal sealed class Transcript(LecternDb db)
{
    public async Task<IReadOnlyList<TurnView>> ReadAsync(TutoringSession session, CancellationToken ct)
    {
        var turns = await db.Set<TutoringTurn>().AsNoTracking().Frequent().Where(turn => turn.SessionId == session.Id).OrderBy(turn => turn.Number).ToListAsync(ct);
        var phrases = (await db.Set<TutoringPhrase>().AsNoTracking().Frequent().Where(phrase => phrase.SessionId == session.Id).OrderBy(phrase => phrase.Turn).ThenBy(phrase => phrase.Index).ToListAsync(ct))
            .ToLookup(phrase => phrase.Turn, phrase => phrase.Text);
        // What nobody has asked stands on nothing.
        var citations = (turns.TrueForAll(turn => turn.Question is null) ? []
            : await db.Set<TutoringCitation>().AsNoTracking().Frequent().Where(citation => citation.SessionId == session.Id).OrderBy(citation => citation.Turn).ThenBy(citation => citation.Label).ToListAsync(ct))
            .ToLookup(citation => citation.Turn, citation => View(session.CourseSlug, citation));
        return [.. turns.Select(turn => View(turn, [.. phrases[turn.Number]], [.. citations[turn.Number]]))];
    }

    /// <summary>The answer that is under way, with all that is needed to go on with it; null if none is.</summary>
    public async Task<UnfinishedAnswer?> FindUnfinishedAsync(Guid session, CancellationToken ct)
    {
        var turn = await db.Set<TutoringTurn>().AsNoTracking().Frequent().SingleOrDefaultAsync(turn => turn.SessionId == session && turn.Outcome == null, ct);
        if (turn is null)
            return null;
        var phrases = await db.Set<TutoringPhrase>().Frequent().Where(phrase => phrase.SessionId == session && phrase.Turn == turn.Number).OrderBy(phrase => phrase.Index).Select(phrase => new { phrase.Text, phrase.IsLast }).ToListAsync(ct);
        var citations = await db.Set<TutoringCitation>().AsNoTracking().Frequent().Where(citation => citation.SessionId == session && citation.Turn == turn.Number).OrderBy(citation => citation.Label).ToListAsync(ct);
        return new UnfinishedAnswer(turn.Number, [.. phrases.Select(phrase => phrase.Text)], turn.Heard, [.. citations.Select(citation => citation.ToCitation())]) { IsWhole = phrases.Exists(phrase => phrase.IsLast) };
    }

    private static TurnView View(TutoringTurn turn, IReadOnlyList<string> phrases, IReadOnlyList<CitationView> citations) => new(
        turn.Number,
        turn.Question is null ? null : new QuestionView(turn.ClientId ?? $"t-{turn.Number}", turn.Question),
        turn.Outcome is null && phrases.Count == 0 ? null : new AnswerView(turn.Outcome ?? "running", Heard(turn, string.Concat(phrases)), phrases.Count, citations, turn.Grounded));

    // Of an answer that goes on, what was heard is only where to go on.
    private static string Heard(TutoringTurn turn, string given) => turn.Outcome is not null && turn.Heard is { } heard && heard < given.Length ? given[..heard] : given;

    private static CitationView View(string course, TutoringCitation row) => new(
        row.Label, row.ParagraphId, new CitedLesson(row.LessonSlug, row.LessonTitle), row.SectionTitle, row.Quote, CitationUrl(course, row.LessonSlug, row.ParagraphId));

    public static string CitationUrl(string course, string lesson, string paragraph) => $"/courses/{course}/{lesson}#p-{paragraph}";
}
