using Lectern.Courses.Contracts;
using Lectern.Courses.Reading;

namespace Lectern.Tutoring.Grounding;

/// <summary>Places near the passage that was quoted last which were not quoted yet.</summary>
/// <param name="said">The teacher's answers so far.</param>
/// <param name="language">BCP 47 of the passages.</param>
internal sealed class Neighbourhood(IReadOnlyList<Passage> passages, Passage last, IReadOnlyList<string> said, string language)
{
    private static readonly string[] ExampleWords = ["for example", "for instance", "such as", "imagine", "picture", "suppose", "zum beispiel", "etwa", "stell dir vor", "angenommen"];

    /// <summary>What the course goes on with: the next paragraph of the lesson.</summary>
    public (Passage Passage, string Words)? Next() =>
        InLesson().Where(passage => passage.Ordinal > last.Ordinal && passage.Kind is not ("formula" or "figure")).Where(IsNew).Select(Whole).FirstOrDefault();

    /// <summary>The nearest worked example, else the nearest sentence that gives one.</summary>
    public (Passage Passage, string Words)? Example()
    {
        var near = InLesson().OrderBy(Distance).ToList();
        var boxes = near.Where(passage => passage.Box.Length > 0 && passage.Kind is "paragraph" or "list").Where(IsNew).Take(1).Select(Whole);
        var mentions = near.SelectMany(passage => Sentences.Split(passage.Text, language).Where(IsExample).Select(words => ((Passage, string)?)(passage, words))).Where(place => IsNew(place!.Value.Item2)); // made two lines up
        var same = near.TakeWhile(passage => passage.SectionId == last.SectionId).Any(passage => passage.Box.Length > 0);
        return (same ? boxes.Concat(mentions) : mentions.Where(place => place!.Value.Item1.SectionId == last.SectionId).Concat(boxes).Concat(mentions)).FirstOrDefault(); // as above
    }

    /// <summary>A plainer sentence about the same: of a key term's definition, or of the same section, that has shorter words; what the lesson says of a term that was defined.</summary>
    public (Passage Passage, string Words)? Simpler(string quote)
    {
        var heavy = Heaviness(quote);
        var definitions = InLesson().Where(passage => passage.Kind == "term" && Clozes.FindWord(quote, Term(passage)) >= 0).Where(IsNew).Select(Whole);
        var lighter = InLesson().Where(passage => passage.SectionId == last.SectionId && passage.Kind is "paragraph" or "list").SelectMany(passage => Sentences.Split(passage.Text, language).Select(words => (Passage: passage, Words: words)))
            .Where(place => place.Words.Length > 30 && IsNew(place.Words) && Heaviness(place.Words) < heavy).OrderBy(place => Heaviness(place.Words)).Select(place => ((Passage, string)?)place);
        return definitions.Concat(last.Kind == "term" ? Uses(Term(last)) : lighter).FirstOrDefault();
    }

    // A definition is as short as it can be; where the lesson brings the term in, it paints a picture.
    private IEnumerable<(Passage, string)?> Uses(string term) => InLesson().Where(passage => passage.Kind is "paragraph" or "list")
        .SelectMany(passage => Sentences.Split(passage.Text, language).Where(words => Clozes.FindWord(words, term) >= 0 && IsNew(words)).Select(words => ((Passage, string)?)(passage, words)));

    private IEnumerable<Passage> InLesson() => passages.Where(passage => passage.LessonId == last.LessonId && passage.ParagraphId != last.ParagraphId);

    private bool IsNew(Passage passage) => IsNew(passage.Text);

    private bool IsNew(string words) => !said.Any(answer => answer.Contains(QuotedAnswer.Flat(words), StringComparison.Ordinal));

    private int Distance(Passage passage) => Math.Abs(passage.Ordinal - last.Ordinal) + (passage.SectionId == last.SectionId ? 0 : 100);

    private static (Passage, string)? Whole(Passage passage) => (passage, passage.Text);

    private static string Term(Passage passage) => passage.Text.Split(':', 2)[0];

    private static bool IsExample(string sentence) => ExampleWords.Any(words => sentence.Contains(words, StringComparison.OrdinalIgnoreCase));

    // Long words in long sentences are hard: the idea of every readability formula, without their constants for one language.
    private static double Heaviness(string sentence)
    {
        var words = sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length + (4.0 * words.Count(word => word.Length > 8)) + (2.0 * words.Average(word => word.Length));
    }
}
