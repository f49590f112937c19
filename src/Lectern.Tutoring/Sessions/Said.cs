using Lectern.Platform.Data;

namespace Lectern.Tutoring.Sessions;

/// <summary>A question and how its answer ended. Turn 0 is the teacher's greeting and has no question.</summary>
internal sealed class TutoringTurn : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public Guid SessionId { get; private set; }

    public int Number { get; private set; }

    /// <summary>The client's own name of the question.</summary>
    public string? ClientId { get; private set; }

    public string? Question { get; private set; }

    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>completed, stopped or failed; null while it runs.</summary>
    public string? Outcome { get; private set; }

    /// <summary>quoted, model or none.</summary>
    public string Grounded { get; private set; } = "none";

    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>How many characters of the answer's phrases, joined, were heard; null for all.</summary>
    public int? Heard { get; private set; }

    public static TutoringTurn Greeting(Guid session, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), SessionId = session, AskedAt = now, Outcome = "completed", AnsweredAt = now };
}

/// <summary>A piece of an answer.</summary>
internal sealed class TutoringPhrase : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public Guid SessionId { get; private set; }

    public int Turn { get; private set; }

    public int Index { get; private set; }

    public string Text { get; private set; } = "";

    public DateTimeOffset GivenAt { get; private set; }

    /// <summary>With it the answer was whole, though perhaps not heard.</summary>
    public bool IsLast { get; private set; }

    public static TutoringPhrase Of(Guid session, int turn, int index, string text, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), SessionId = session, Turn = turn, Index = index, Text = text, GivenAt = now };
}

/// <summary>A place in the course that an answer stands on.</summary>
internal sealed class TutoringCitation : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public Guid SessionId { get; private set; }

    public int Turn { get; private set; }

    public int Label { get; private set; }

    public Guid LessonId { get; private set; }

    public string LessonSlug { get; private set; } = "";

    public string LessonTitle { get; private set; } = "";

    public int Revision { get; private set; }

    public string ParagraphId { get; private set; } = "";

    public string SectionId { get; private set; } = "";

    public string SectionTitle { get; private set; } = "";

    public string Quote { get; private set; } = "";

    /// <summary>As it was attached, without the passage's text.</summary>
    public Grounding.Citation ToCitation() => new(
        Label, new Courses.Contracts.Passage(LessonId, LessonSlug, LessonTitle, LessonPosition: 0, Revision, ParagraphId, Ordinal: 0, Kind: "", SectionId, SectionTitle, Box: "", Text: "", Spoken: ""), Quote);

    public static TutoringCitation Of(Guid session, int turn, Grounding.Citation citation, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        SessionId = session,
        Turn = turn,
        Label = citation.Label,
        LessonId = citation.Passage.LessonId,
        LessonSlug = citation.Passage.LessonSlug,
        LessonTitle = citation.Passage.LessonTitle,
        Revision = citation.Passage.Revision,
        ParagraphId = citation.Passage.ParagraphId,
        SectionId = citation.Passage.SectionId,
        SectionTitle = citation.Passage.SectionTitle,
        Quote = citation.Quote,
    };
}
