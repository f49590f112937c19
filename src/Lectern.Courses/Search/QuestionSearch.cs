using Lectern.Courses.Catalogue;
using Lectern.Courses.Contracts;
using Lectern.Courses.Lessons;
using Lectern.Platform.Data;
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

/// <summary>Finds where a course answers a question. Unlike a search it takes whole sentences, and says how well they are covered.</summary>
public sealed class QuestionSearch
{
    private const int MaximumWords = 200;

    private readonly LecternDb _db;
    private readonly CourseIndexes _indexes;

    internal QuestionSearch(LecternDb db, CourseIndexes indexes) => (_db, _indexes) = (db, indexes);

    /// <param name="take">How many passages at most.</param>
    public async Task<QuestionMatches> FindAsync(CourseQuestion question, int take, CancellationToken ct)
    {
        var index = await IndexAsync(question.CourseId, question.Language, ct);
        if (index is null)
            return new QuestionMatches([], 0, 0);
        var words = CourseWords.Of(question.Text).Where(word => !CourseWords.IsAsking(word, question.Language)).Distinct(StringComparer.Ordinal).Take(MaximumWords).ToArray();
        var stems = await StemsAsync(question.Language, words, ct);
        return index.Rank([.. words.Where(stems.ContainsKey).Select(word => (word, stems[word]))], question.LessonId, take);
    }

    /// <summary>All paragraphs of the course in order, headings left out.</summary>
    public async Task<IReadOnlyList<Passage>> PassagesAsync(Guid courseId, string language, CancellationToken ct) => (await IndexAsync(courseId, language, ct))?.Passages ?? [];

    private async Task<CourseIndex?> IndexAsync(Guid courseId, string language, CancellationToken ct)
    {
        var changed = await _db.Set<Course>().AsNoTracking().Where(course => course.Id == courseId && course.IsPublished).Select(course => (DateTimeOffset?)course.ChangedAt).SingleOrDefaultAsync(ct);
        if (changed is not { } at)
            return null;
        if (_indexes.Find(courseId, at) is { } known)
            return known;
        var passages = await ReadAsync(courseId, ct);
        var answered = await _db.Set<SectionQuestionRow>().AsNoTracking().Where(row => row.CourseId == courseId).OrderBy(row => row.LessonId).ThenBy(row => row.Ordinal)
            .Select(row => new AnsweredQuestion(row.LessonId, row.SectionId, row.Text)).ToListAsync(ct);
        var texts = passages.SelectMany(passage => new[] { passage.Text, passage.SectionTitle, passage.LessonTitle }).Concat(answered.Select(question => question.Text));
        var index = new CourseIndex(passages, answered, await StemsAsync(language, [.. texts.SelectMany(CourseWords.Of).Distinct(StringComparer.Ordinal)], ct), language);
        _indexes.Keep(courseId, at, index);
        return index;
    }

    private Task<List<Passage>> ReadAsync(Guid courseId, CancellationToken ct) => (
        from paragraph in _db.Set<Paragraph>().AsNoTracking()
        join lesson in _db.Set<Lesson>() on paragraph.LessonId equals lesson.Id
        where paragraph.CourseId == courseId && paragraph.Kind != "heading"
        orderby lesson.Position, paragraph.Ordinal
        select new Passage(lesson.Id, lesson.Slug, lesson.Title, lesson.Position, paragraph.Revision, paragraph.ParagraphId, paragraph.Ordinal,
            paragraph.Kind, paragraph.SectionId, paragraph.SectionTitle, paragraph.Box, paragraph.Text, paragraph.Spoken, 0)).ToListAsync(ct);

    // The database knows the stems and stop words of many languages; the words themselves are cut here, so that both sides agree on them.
    private async Task<Dictionary<string, string>> StemsAsync(string language, string[] words, CancellationToken ct)
    {
        var configuration = SearchLanguages.Of(language);
        var stems = await _db.Database.SqlQuery<WordStem>($"""
            select w.word as "Word", s.lexeme as "Stem"
            from unnest({words}) as w(word), lateral (select lexeme from unnest(to_tsvector({configuration}::regconfig, w.word)) limit 1) s
            """).ToListAsync(ct);
        return stems.ToDictionary(row => row.Word, row => row.Stem, StringComparer.Ordinal);
    }

    private sealed record WordStem(string Word, string Stem);
}
