using Lectern.Courses.Reading;
using Lectern.Platform.Data;

namespace Lectern.Courses.Lessons;

internal sealed class Lesson : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public Guid CourseId { get; private set; }

    public string Slug { get; private set; } = "";

    /// <summary>From 1.</summary>
    public int Position { get; private set; }

    public string Title { get; private set; } = "";

    public string Summary { get; private set; } = "";

    public int Minutes { get; private set; }

    public List<string> Objectives { get; private set; } = [];

    /// <summary>Number of the current revision, from 1.</summary>
    public int Revision { get; private set; }

    public static Lesson Create(Guid courseId, string slug, DateTimeOffset now) => new() { Id = Guid.CreateVersion7(now), CourseId = courseId, Slug = slug };

    public void Revise(LessonDocument document, int position)
    {
        (Title, Summary, Minutes, Objectives) = (document.Title, document.Summary, document.Minutes, [.. document.Objectives]);
        Position = position;
        Revision++;
    }
}

internal sealed class LessonRevision : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public Guid LessonId { get; private set; }

    public int Number { get; private set; }

    public string Html { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public static LessonRevision Create(Lesson lesson, string html, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), LessonId = lesson.Id, Number = lesson.Revision, Html = html, CreatedAt = now };
}

/// <summary>A question that a section of the lesson's current revision answers.</summary>
internal sealed class SectionQuestionRow : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public Guid CourseId { get; private set; }

    public Guid LessonId { get; private set; }

    public string SectionId { get; private set; } = "";

    /// <summary>Place in the lesson, from 1.</summary>
    public int Ordinal { get; private set; }

    public string Text { get; private set; } = "";

    public static SectionQuestionRow Create(Lesson lesson, SectionQuestion question, int ordinal, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), CourseId = lesson.CourseId, LessonId = lesson.Id, SectionId = question.SectionId, Ordinal = ordinal, Text = question.Text,
    };
}

/// <summary>A citable paragraph of a lesson's current revision.</summary>
internal sealed class Paragraph : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public Guid CourseId { get; private set; }

    public Guid LessonId { get; private set; }

    /// <summary>Stable through revisions; unique in the lesson.</summary>
    public string ParagraphId { get; private set; } = "";

    public int Revision { get; private set; }

    public int Ordinal { get; private set; }

    public string Kind { get; private set; } = "";

    public string SectionId { get; private set; } = "";

    public string SectionTitle { get; private set; } = "";

    /// <summary>Title of the box the paragraph stands in, or empty.</summary>
    public string Box { get; private set; } = "";

    public string Html { get; private set; } = "";

    public string Text { get; private set; } = "";

    public string Spoken { get; private set; } = "";

    public string SearchLanguage { get; private set; } = "simple";

    public static Paragraph Create(Lesson lesson, Block block, string searchLanguage, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        CourseId = lesson.CourseId,
        LessonId = lesson.Id,
        ParagraphId = block.ParagraphId,
        Revision = lesson.Revision,
        Ordinal = block.Ordinal,
        Kind = block.Kind.ToString().ToLowerInvariant(),
        SectionId = block.SectionId,
        SectionTitle = block.SectionTitle,
        Box = block.Box?.Title ?? "",
        Html = block.Html,
        Text = block.Text,
        Spoken = block.Spoken,
        SearchLanguage = searchLanguage,
    };
}
