using Lectern.Courses.Contracts;
using Lectern.Courses.Reading;

namespace Lectern.Tutoring.Grounding;

/// <param name="Words">Of the passage, verbatim.</param>
internal sealed record Place(Passage Passage, string Words);

/// <summary>Places near the passage that was quoted last which were not quoted yet.</summary>
/// <param name="said">The teacher's answers so far.</param>
/// <param name="language">BCP 47 of the passages.</param>
internal sealed class Neighbourhood(IReadOnlyList<Passage> passages, Passage last, IReadOnlyList<string> said, string language)
{
    private const int MostOfABox = 5;
    private static readonly string[] ExampleWords = ["for example", "for instance", "such as", "imagine", "suppose", "zum beispiel", "etwa so", "stell dir vor", "angenommen"];

    /// <summary>What the course goes on with: the next paragraph of the lesson.</summary>
    public IReadOnlyList<Place> Next() =>
        [.. InLesson().Where(passage => passage.Ordinal > last.Ordinal && passage.Kind is not ("formula" or "figure")).Where(IsNew).Select(Whole).Take(1)];

    /// <summary>The nearest worked example, else the nearest sentence that gives one.</summary>
    public IReadOnlyList<Place> Example()
    {
        var near = InLesson().OrderBy(Distance).ToList();
        var box = near.Where(passage => passage.Box.Length > 0 && passage.Kind is "paragraph" or "list").FirstOrDefault(IsNew);
        var mentions = near.Where(passage => passage.Kind is "paragraph" or "list").SelectMany(passage => Sentences.Split(passage.Text, language).Where(words => IsExample(words) && QuotedAnswer.IsWhole(words) && IsNew(words)).Select(words => new Place(passage, words))).ToList();
        if (box is not null && (mentions.Count == 0 || box.SectionId == last.SectionId || mentions[0].Passage.SectionId != last.SectionId))
            return InBox(box);
        return [.. mentions.Take(1)];
    }

    /// <summary>A plainer sentence about the same: of a key term's definition, or of the same section, that has shorter words; what the lesson says of a term that was defined.</summary>
    public IReadOnlyList<Place> Simpler(string quote)
    {
        var heavy = Heaviness(quote);
        var definitions = InLesson().Where(passage => passage.Kind == "term" && Clozes.FindWord(quote, Term(passage)) >= 0).Where(IsNew).Select(Whole);
        var lighter = SentencesOf(passage => passage.SectionId == last.SectionId && passage.Box.Length == 0).Where(place => Heaviness(place.Words) < heavy).OrderBy(place => Heaviness(place.Words));
        return [.. definitions.Concat(last.Kind == "term" ? Uses(Term(last)) : lighter).Take(1)];
    }

    // A definition is as short as it can be; where the lesson brings the term in, it paints a picture.
    private IEnumerable<Place> Uses(string term) => SentencesOf(_ => true).Where(place => Clozes.FindWord(place.Words, term) >= 0 || Clozes.FindWord(place.Words, term + "s") >= 0);

    private IEnumerable<Place> SentencesOf(Func<Passage, bool> where) => InLesson().Where(passage => passage.Kind is "paragraph" or "list").Where(where)
        .SelectMany(passage => Sentences.Split(passage.Text, language).Where(words => QuotedAnswer.IsWhole(words) && IsNew(words)).Select(words => new Place(passage, words)));

    // An example is its question and its steps.
    private List<Place> InBox(Passage first)
    {
        var places = new List<Place> { Whole(first) };
        foreach (var passage in passages.Where(passage => passage.LessonId == first.LessonId && passage.Box == first.Box && passage.Ordinal > first.Ordinal).OrderBy(passage => passage.Ordinal))
        {
            if (places.Count == MostOfABox || passage.Ordinal != places[^1].Passage.Ordinal + 1)
                break;
            places.Add(Whole(passage));
        }
        return places;
    }

    private IEnumerable<Passage> InLesson() => passages.Where(passage => passage.LessonId == last.LessonId && passage.ParagraphId != last.ParagraphId);

    private bool IsNew(Passage passage) => IsNew(passage.Text);

    private bool IsNew(string words) => !said.Any(answer => answer.Contains(QuotedAnswer.Flat(words), StringComparison.Ordinal));

    private int Distance(Passage passage) => Math.Abs(passage.Ordinal - last.Ordinal) + (passage.SectionId == last.SectionId ? 0 : 100);

    private static Place Whole(Passage passage) => new(passage, passage.Text);

    private static string Term(Passage passage) => passage.Text.Split(':', 2)[0];

    private static bool IsExample(string sentence) => ExampleWords.Any(words => sentence.Contains(words, StringComparison.OrdinalIgnoreCase));

    // Long words in long sentences are hard: the idea of every readability formula, without their constants for one language.
    private static double Heaviness(string sentence)
    {
        var words = sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length + (4.0 * words.Count(word => word.Length > 8)) + (2.0 * words.Average(word => word.Length));
    }
}
