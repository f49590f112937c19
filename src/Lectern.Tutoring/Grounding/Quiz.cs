using System.Text.RegularExpressions;
using Lectern.Courses.Contracts;
using Lectern.Courses.Search;
using Lectern.Platform.Localization;
using Lectern.Voice.Turns;

namespace Lectern.Tutoring.Grounding;

/// <summary>Asks for the missing word of a sentence of the lesson, and explains from the text.</summary>
internal sealed partial class Quiz(QuestionSearch search, Subject subject, Texts t)
{
    private const int LongestReply = 60;

    public async Task<Reply> AskAsync(IReadOnlyList<Turn> history, CancellationToken ct)
    {
        var (lesson, terms) = await MaterialAsync(ct);
        var asked = history.Where(turn => turn.Role == Role.Assistant).Select(turn => turn.Text).ToList();
        var fresh = Clozes.From(lesson, terms, subject.Language).Where(cloze => !asked.Any(text => text.Contains(cloze.WithGap, StringComparison.Ordinal))).ToList();
        if (fresh.Count == 0)
            return QuotingReader.Plain(t["I have no further questions about “{title}”.", ("title", subject.Title)]);
        // Walks through the lesson rather than through one section: the asked ones tell how far it is.
        var cloze = fresh[asked.Count * 7 % Math.Min(fresh.Count, 12)];
        return QuotingReader.Plain($"{t["Which word is missing?"]} {cloze.WithGap}");
    }

    /// <summary>The verdict, if the last thing the teacher said was a question of this quiz and the message replies to it; else null.</summary>
    public async Task<Reply?> JudgeAsync(string message, Wish wish, IReadOnlyList<Turn> history, CancellationToken ct)
    {
        if (history.LastOrDefault(turn => turn.Role == Role.Assistant)?.Text is not { } last || !last.Contains(Cloze.Gap, StringComparison.Ordinal))
            return null;
        if (await FindAsync(last, ct) is not { } cloze)
            return null;
        // Before any wish: the missing word may be one of its words.
        var isRight = Clozes.IsRight(message, cloze.Missing);
        if (!isRight && wish is (Wish.Example or Wish.Next or Wish.Hello))
            return null;
        if (!isRight && wish is (Wish.Hint or Wish.Simpler))
            return QuotingReader.Plain(t["It begins with “{letters}” and has {count} letters. {question}", ("letters", cloze.Missing[..1]), ("count", cloze.Missing.Length), ("question", cloze.WithGap)]);
        if (!isRight && wish == Wish.Again)
            return QuotingReader.Plain(cloze.WithGap);
        if (!isRight && (message.Length > LongestReply || IsQuestion(message)))
            return null;
        return Explain(cloze, isRight ? t["Yes, “{word}” is right.", ("word", cloze.Missing)] : GivesUp().IsMatch(message) || wish != Wish.Answer
            ? t["It is “{word}”.", ("word", cloze.Missing)]
            : t["Not quite. It is “{word}”.", ("word", cloze.Missing)]);
    }

    private Reply Explain(Cloze cloze, string verdict)
    {
        var text = $"{verdict} {t["In “{section}” it says:", ("section", cloze.Passage.SectionTitle)]} “{QuotedAnswer.Flat(cloze.Sentence)}” [1]\n\n{t["Say “another” for the next question."]}";
        return new Reply(text, [new Citation(1, cloze.Passage, cloze.Sentence)], Footing.Quoted);
    }

    private async Task<Cloze?> FindAsync(string asked, CancellationToken ct)
    {
        var (lesson, terms) = await MaterialAsync(ct);
        return Clozes.From(lesson, terms, subject.Language).FirstOrDefault(cloze => asked.Contains(cloze.WithGap, StringComparison.Ordinal));
    }

    private async Task<(IReadOnlyList<Passage> Passages, IReadOnlyList<string> Terms)> MaterialAsync(CancellationToken ct)
    {
        var all = await search.PassagesAsync(subject.CourseId, subject.Language, ct);
        var lesson = subject.LessonId is null ? all : [.. all.Where(passage => passage.LessonId == subject.LessonId)];
        var terms = Clozes.Terms(lesson);
        return (lesson, terms.Count > 0 ? terms : Clozes.Terms(all));
    }

    private static bool IsQuestion(string message) => message.TrimEnd().EndsWith('?') && message.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > 2;

    [GeneratedRegex(@"^\W*(i\s+(don.?t|do\s+not)\s+know|no\s+idea|dunno|pass|tell\s+me|keine\s+ahnung|wei(ß|ss)\s+(ich\s+)?nicht|ich\s+wei(ß|ss)\s+(es\s+)?nicht|sag\s+es\s+mir)\W*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GivesUp();
}
