using Lectern.Courses.Search;
using Lectern.Voice.Turns;

namespace Lectern.Tutoring.Grounding;

/// <summary>Looks a student's question up in the course, with what was asked before where it says too little by itself.</summary>
internal sealed class Enquiry(QuestionSearch search, FollowUps followUps, Subject subject)
{
    /// <summary>Below this confidence the course is taken not to answer.</summary>
    public const double LeastConfidence = 0.5;

    /// <param name="take">How many passages at most.</param>
    public async Task<QuestionMatches> FindAsync(string question, IReadOnlyList<Turn> history, int take, CancellationToken ct)
    {
        var found = await search.FindAsync(Question(question), take, ct);
        // "And why is that?" says too little to be looked for; together with the question before it, it says enough.
        if (found.Confidence >= LeastConfidence || found.Words > 1 || history.LastOrDefault(turn => turn.Role == Role.User && followUps.Of(turn.Text) == Wish.Answer) is not { } before)
            return found;
        var together = await search.FindAsync(Question($"{before.Text} {question}"), take, ct);
        return together.Confidence > found.Confidence ? together : found;
    }

    private CourseQuestion Question(string text) => new(subject.CourseId, subject.Language, subject.LessonId, text);
}
