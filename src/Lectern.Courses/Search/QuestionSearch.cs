using Lectern.Courses.Catalogue;
using Lectern.Courses.Contracts;
using Lectern.Courses.Lessons;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Courses.Search;

/// <summary>A question put to a course.</summary>
/// <param name="Language">BCP 47 of the course.</param>
/// <param name="LessonId">Where the asker is; null for nowhere in particular.</param>
public sealed record CourseQuestion(Guid CourseId, string Language, Guid? LessonId, string Text);

/// <param name="Sentences">The passage's.</param>
/// <param name="Best">Index of the sentence that says most about the question.</param>
public sealed record PassageMatch(Passage Passage, IReadOnlyList<string> Sentences, int Best);

/// <param name="Best">Best first; <see cref="Passage.Rank"/> compares within one question only.</param>
/// <param name="Confidence">0 to 1: how sure it is that the course answers the question at all; from 0.5 on it rather does.</param>
/// <param name="Words">How many words the question has, stop words left out.</param>
public sealed record QuestionMatches(IReadOnlyList<PassageMatch> Best, double Confidence, int Words);

/// <summary>
/// Finds where a course answers a question. Unlike a search it takes whole sentences, and says how well they are covered. While the database is away,
/// courses that were asked about before are answered for from memory, as they were then.
/// </summary>
public sealed class QuestionSearch
{
    private const int MaximumWords = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly LecternDbFactory _databases;
    private readonly SchoolContext _school;
    private readonly CourseIndexes _indexes;
    private readonly WordStems _stems;
    private readonly DatabaseWatch _watch;

    internal QuestionSearch(LecternDbFactory databases, SchoolContext school, CourseIndexes indexes, WordStems stems, DatabaseWatch watch) =>
        (_databases, _school, _indexes, _stems, _watch) = (databases, school, indexes, stems, watch);

    /// <param name="take">How many passages at most.</param>
    public async Task<QuestionMatches> FindAsync(CourseQuestion question, int take, CancellationToken ct)
    {
        var words = CourseWords.Of(question.Text).Where(word => !CourseWords.IsAsking(word, question.Language)).Distinct(StringComparer.Ordinal).Take(MaximumWords).ToArray();
        var (index, stems) = await AskAsync(question.CourseId,
            async (db, patience) => await IndexAsync(db, question.CourseId, question.Language, patience) is { } found ? (found, await _stems.OfAsync(db, question.Language, words, patience)) : default,
            known => (known, known.StemsOf(words)), ct);
        if (index is null)
            return new QuestionMatches([], 0, 0);
        return index.Rank([.. words.Where(stems.ContainsKey).Select(word => (word, stems[word]))], question.LessonId, take);
    }

    /// <summary>All paragraphs of the course in order, headings left out.</summary>
    public async Task<IReadOnlyList<Passage>> PassagesAsync(Guid courseId, string language, CancellationToken ct) =>
        (await AskAsync(courseId, (db, patience) => IndexAsync(db, courseId, language, patience), known => known, ct))?.Passages ?? [];

    /// <summary>The database's answer, or memory's where it gives none in time and there is one.</summary>
    private async Task<T> AskAsync<T>(Guid courseId, Func<LecternDb, CancellationToken, Task<T>> database, Func<CourseIndex, T> memory, CancellationToken ct)
    {
        if (_indexes.FindLast(Key(courseId)) is not { } known)
        {
            _watch.ThrowIfAway();
            return await OnceAsync(database, ct);
        }
        if (_watch.IsAway)
            return memory(known);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            // Not waited for beyond that even if it does not heed: one who asks waits for an answer.
            return await OnceAsync(database, patience.Token).WaitAsync(patience.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && (e is OperationCanceledException || DatabaseTrouble.IsAway(e)))
        {
            _watch.Suspect();
            return memory(known);
        }
    }

    // A context of its own, as it may still be at work when nobody waits for it any more.
    private async Task<T> OnceAsync<T>(Func<LecternDb, CancellationToken, Task<T>> database, CancellationToken ct)
    {
        await using var db = _databases.Create(_school.Required);
        return await database(db, ct);
    }

    private async Task<CourseIndex?> IndexAsync(LecternDb db, Guid courseId, string language, CancellationToken ct)
    {
        if (_indexes.FindFresh(Key(courseId)) is { } fresh)
            return fresh;
        var changed = await db.Set<Course>().AsNoTracking().Where(course => course.Id == courseId && course.IsPublished).Select(course => (DateTimeOffset?)course.ChangedAt).SingleOrDefaultAsync(ct);
        return changed is { } at ? await _indexes.GetAsync(Key(courseId), at, () => MakeAsync(db, courseId, language, ct), ct) : null;
    }

    private CourseKey Key(Guid courseId) => new(_school.Required.Id, courseId);

    private async Task<CourseIndex> MakeAsync(LecternDb db, Guid courseId, string language, CancellationToken ct)
    {
        var passages = await ReadAsync(db, courseId, ct);
        var answered = await db.Set<SectionQuestionRow>().AsNoTracking().Where(row => row.CourseId == courseId).OrderBy(row => row.LessonId).ThenBy(row => row.Ordinal)
            .Select(row => new AnsweredQuestion(row.LessonId, row.SectionId, row.Text)).ToListAsync(ct);
        var texts = passages.SelectMany(passage => new[] { passage.Text, passage.SectionTitle, passage.LessonTitle }).Concat(answered.Select(question => question.Text));
        string[] words = [.. texts.SelectMany(CourseWords.Of).Distinct(StringComparer.Ordinal)];
        var stems = await _stems.OfAsync(db, language, words, ct);
        return new CourseIndex(passages, answered, stems, language) { StopWords = words.Where(word => !stems.ContainsKey(word)).ToHashSet(StringComparer.Ordinal) };
    }

    private static Task<List<Passage>> ReadAsync(LecternDb db, Guid courseId, CancellationToken ct) => (
        from paragraph in db.Set<Paragraph>().AsNoTracking()
        join lesson in db.Set<Lesson>() on paragraph.LessonId equals lesson.Id
        where paragraph.CourseId == courseId && paragraph.Kind != "heading"
        orderby lesson.Position, paragraph.Ordinal
        select new Passage(lesson.Id, lesson.Slug, lesson.Title, lesson.Position, paragraph.Revision, paragraph.ParagraphId, paragraph.Ordinal,
            paragraph.Kind, paragraph.SectionId, paragraph.SectionTitle, paragraph.Box, paragraph.Text, paragraph.Spoken, 0)).ToListAsync(ct);
}
