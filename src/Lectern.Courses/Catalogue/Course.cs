using Lectern.Courses.Reading;
using Lectern.Platform.Data;

namespace Lectern.Courses.Catalogue;

internal sealed class Course : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public string Slug { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string Summary { get; private set; } = "";

    /// <summary>BCP 47.</summary>
    public string Language { get; private set; } = "en";

    public string Subject { get; private set; } = "";

    public string Level { get; private set; } = "";

    /// <summary>Slug of the AI teacher that suits the course, or empty.</summary>
    public string Teacher { get; private set; } = "";

    public string Licence { get; private set; } = "";

    public string Author { get; private set; } = "";

    public bool IsPublished { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public static Course Create(CourseFacts facts, DateTimeOffset now)
    {
        var course = new Course { Id = Guid.CreateVersion7(now), Slug = facts.Slug, CreatedAt = now, IsPublished = true };
        course.Describe(facts, now);
        return course;
    }

    public void Describe(CourseFacts facts, DateTimeOffset now)
    {
        (Title, Summary, Language, Subject, Level) = (facts.Title, facts.Summary, facts.Language, facts.Subject, facts.Level);
        (Teacher, Licence, Author, ChangedAt) = (facts.Teacher, facts.Licence, facts.Author, now);
    }
}
