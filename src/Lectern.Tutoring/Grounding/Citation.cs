using Lectern.Courses.Contracts;

namespace Lectern.Tutoring.Grounding;

/// <summary>A place an answer stands on.</summary>
/// <param name="Label">From 1, in the order in which the answer refers to them; the text holds <c>[1]</c>.</param>
/// <param name="Quote">The words used: whole sentences of the passage.</param>
internal sealed record Citation(int Label, Passage Passage, string Quote);

/// <summary>How an answer stands on the course; goes with the answer as an attachment, as its citations do.</summary>
internal sealed record Footing(string Kind)
{
    /// <summary>The words are the course's own.</summary>
    public static readonly Footing Quoted = new("quoted");

    /// <summary>A language model's words, from the cited passages.</summary>
    public static readonly Footing Model = new("model");

    /// <summary>Nothing in the course was used.</summary>
    public static readonly Footing None = new("none");
}

/// <summary>What a conversation is about.</summary>
/// <param name="Language">BCP 47 of the course; the teacher speaks it.</param>
/// <param name="Title">Of the lesson, else of the course.</param>
/// <param name="LessonId">Null for the whole course.</param>
internal sealed record Subject(Guid CourseId, string Language, string Title, Guid? LessonId, string TeacherName, string TeacherManner);
