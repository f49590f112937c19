using Lectern.Courses.Contracts;
using Lectern.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Courses.Search;

/// <summary>
/// Full-text search over one course's paragraphs. Narrowed by the course first: row-level security keeps PostgreSQL from using a text index
/// (its operators are not leakproof), while a course has some hundreds of paragraphs.
/// </summary>
public sealed class PassageSearch(LecternDb db)
{
    private const int MaximumQuery = 400;

    /// <summary>The paragraphs that hold every word of the query, best first; if there is none, those that hold any.</summary>
    /// <param name="language">BCP 47 of the course: it decides how words are reduced to stems.</param>
    public async Task<IReadOnlyList<Passage>> FindAsync(Guid courseId, string language, string query, int take, CancellationToken ct)
    {
        var trimmed = query.Length > MaximumQuery ? query[..MaximumQuery] : query;
        if (string.IsNullOrWhiteSpace(trimmed))
            return [];
        var all = await QueryAsync(courseId, language, trimmed, anyWord: false, take, ct);
        return all.Count > 0 ? all : await QueryAsync(courseId, language, trimmed, anyWord: true, take, ct);
    }

    private async Task<IReadOnlyList<Passage>> QueryAsync(Guid courseId, string language, string query, bool anyWord, int take, CancellationToken ct)
    {
        var configuration = Catalogue.SearchLanguages.Of(language);
        // plainto_tsquery joins by "and"; its text form is rewritten to "or", so that no operator in the student's words is obeyed.
        return await db.Database.SqlQuery<Passage>($"""
            select l.id as "LessonId", l.slug as "LessonSlug", l.title as "LessonTitle", l.position as "LessonPosition", p.revision as "Revision", p.paragraph_id as "ParagraphId",
                   p.ordinal as "Ordinal", p.kind as "Kind", p.section_id as "SectionId", p.section_title as "SectionTitle", p.box as "Box", p.text as "Text", p.spoken as "Spoken",
                   ts_rank_cd(p.search, q.query, 1)::float8 as "Rank"
            from paragraph p join lesson l on l.school_id = p.school_id and l.id = p.lesson_id,
                 lateral (select case when {anyWord} then replace(plainto_tsquery({configuration}::regconfig, {query})::text, '&', '|')::tsquery
                                 else websearch_to_tsquery({configuration}::regconfig, {query}) end as query) q
            where p.course_id = {courseId} and p.kind <> 'heading' and p.search @@ q.query
            order by "Rank" desc, l.position, p.ordinal
            limit {take}
            """).ToListAsync(ct);
    }
}
