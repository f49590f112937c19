using Lectern.Courses.Lessons;
using Lectern.Courses.Reading;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Courses.Catalogue;

/// <summary>
/// Brings a course package into the school: a new course, or the next revision of one with the same slug. Paragraphs keep their ids through
/// edits and moves; a lesson whose text did not change keeps its revision; a lesson that is gone from the package is removed.
/// </summary>
internal sealed class ImportCourse(LecternDb db, SchoolContext school, CourseShelf shelf, TimeProvider time)
{
    /// <summary>Returns the course's id.</summary>
    public async Task<Guid> ImportAsync(CoursePackage package, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        // Whoever sees that the course has changed sees all of the change.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var course = await db.Set<Course>().SingleOrDefaultAsync(row => row.Slug == package.Facts.Slug, ct);
        if (course is null)
            db.Add(course = Course.Create(package.Facts, now));
        else
            course.Describe(package.Facts, now);
        var known = await db.Set<Lesson>().Where(lesson => lesson.CourseId == course.Id).ToDictionaryAsync(lesson => lesson.Slug, ct);
        foreach (var packaged in package.Lessons)
            await ImportLesson(course, known.GetValueOrDefault(packaged.Slug), packaged, now, ct);
        db.RemoveRange(known.Values.Where(lesson => package.Lessons.All(packaged => packaged.Slug != lesson.Slug)));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        shelf.Forget(new ShelfPlace(school.Required.Id, course.Slug));
        return course.Id;
    }

    private async Task ImportLesson(Course course, Lesson? lesson, PackagedLesson packaged, DateTimeOffset now, CancellationToken ct)
    {
        if (lesson is null)
            db.Add(lesson = Lesson.Create(course.Id, packaged.Slug, now));
        await ImportQuestions(lesson, packaged.Document.Questions, now, ct);
        var old = await db.Set<Paragraph>().Where(paragraph => paragraph.LessonId == lesson.Id).OrderBy(paragraph => paragraph.Ordinal).ToListAsync(ct);
        var blocks = ParagraphIds.Carry(packaged.Slug, [.. old.Select(Known)], packaged.Document.Blocks);
        var html = LessonHtml.Join(blocks);
        var revision = lesson.Revision;
        var current = await db.Set<LessonRevision>().Where(row => row.LessonId == lesson.Id && row.Number == revision).Select(row => row.Html).SingleOrDefaultAsync(ct);
        if (current == html && lesson.Title == packaged.Document.Title && lesson.Position == packaged.Position)
            return;
        lesson.Revise(packaged.Document, packaged.Position);
        db.Add(LessonRevision.Create(lesson, html, now));
        db.RemoveRange(old);
        // Deleted and inserted rows share a unique key, so the old ones go first.
        await db.SaveChangesAsync(ct);
        db.AddRange(blocks.Select(block => Paragraph.Create(lesson, block, SearchLanguages.Of(course.Language), now)));
    }

    // They are no part of the lesson's text, so they change without a new revision.
    private async Task ImportQuestions(Lesson lesson, IReadOnlyList<SectionQuestion> questions, DateTimeOffset now, CancellationToken ct)
    {
        db.RemoveRange(await db.Set<SectionQuestionRow>().Where(row => row.LessonId == lesson.Id).ToListAsync(ct));
        db.AddRange(questions.Select((question, i) => SectionQuestionRow.Create(lesson, question, i + 1, now)));
    }

    private static KnownParagraph Known(Paragraph paragraph) =>
        new(paragraph.ParagraphId, Enum.Parse<BlockKind>(paragraph.Kind, ignoreCase: true), paragraph.Text);
}

/// <summary>PostgreSQL's text-search configurations by language.</summary>
internal static class SearchLanguages
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ar"] = "arabic", ["da"] = "danish", ["de"] = "german", ["en"] = "english", ["es"] = "spanish", ["fi"] = "finnish", ["fr"] = "french", ["hu"] = "hungarian",
        ["id"] = "indonesian", ["it"] = "italian", ["nl"] = "dutch", ["no"] = "norwegian", ["pt"] = "portuguese", ["ro"] = "romanian", ["ru"] = "russian", ["sv"] = "swedish", ["tr"] = "turkish",
    };

    /// <summary>Falls back to <c>simple</c>, which knows no grammar but finds every word as it is.</summary>
    public static string Of(string language) => Names.GetValueOrDefault(language.Split('-')[0], "simple");
}
