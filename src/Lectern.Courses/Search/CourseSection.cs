using Lectern.Courses.Contracts;
using Lectern.Courses.Reading;

namespace Lectern.Courses.Search;

/// <summary>A question the section answers, as words.</summary>
internal sealed record AnsweredBag(HashSet<string> Stems, IReadOnlyList<(string Stem, double Weight)> Words, float[]? Vector);

/// <summary>A passage sentence by sentence, and the stems of each.</summary>
internal sealed record PassageSentences(IReadOnlyList<string> Texts, IReadOnlyList<HashSet<string>> Stems);

/// <summary>A section with its words counted.</summary>
internal sealed class CourseSection
{
    private const double TitleCount = 3;
    private const double LessonTitleCount = 1;

    private readonly CourseVocabulary _vocabulary;
    private readonly PassageSentences?[] _sentences;

    public CourseSection(IReadOnlyList<Passage> passages, IReadOnlyList<string> answered, CourseVocabulary vocabulary)
    {
        (Passages, _vocabulary, _sentences) = (passages, vocabulary, new PassageSentences?[passages.Count]);
        Paragraphs = [.. passages.Select(passage => vocabulary.WordsOf(passage.Text).Select(word => word.Stem).ToHashSet())];
        // A title is what all its section answers.
        Answered = [.. answered.Prepend(passages[0].SectionTitle).Select(question => Bag(question, vocabulary))];
        Terms = [.. passages.Where(passage => passage.Kind == "term").Select(passage => vocabulary.WordsOf(passage.Text.Split(':', 2)[0]).Select(word => word.Stem).ToHashSet()).Where(name => name.Count > 0)];
        var words = new HashSet<string>();
        void Add(string text, double count)
        {
            foreach (var (word, stem) in vocabulary.WordsOf(text))
            {
                Counts[stem] = Counts.GetValueOrDefault(stem) + count;
                Length += count;
                words.Add(word);
            }
        }
        foreach (var text in passages.Select(passage => passage.Text).Concat(answered))
            Add(text, 1);
        Add(passages[0].SectionTitle, TitleCount);
        Add(passages[0].LessonTitle, LessonTitleCount);
        Vector = vocabulary.MeanOf(words);
    }

    public IReadOnlyList<Passage> Passages { get; }

    public Guid LessonId => Passages[0].LessonId;

    /// <summary>The stems of each passage.</summary>
    public IReadOnlyList<HashSet<string>> Paragraphs { get; }

    public IReadOnlyList<AnsweredBag> Answered { get; }

    /// <summary>The stems of the key terms defined here.</summary>
    public IReadOnlyList<IReadOnlySet<string>> Terms { get; }

    /// <summary>Whether it is a list of key terms, which repeats what other sections tell.</summary>
    public bool IsTerms => Terms.Count > 0 && Terms.Count >= Passages.Count / 2;

    public Dictionary<string, double> Counts { get; } = [];

    public double Length { get; private set; }

    public float[]? Vector { get; }

    /// <summary>Split when first asked for, since most passages never are. Two who ask at once do it twice.</summary>
    /// <param name="language">BCP 47 of the course.</param>
    public PassageSentences SentencesOf(int passage, string language)
    {
        if (_sentences[passage] is { } known)
            return known;
        var texts = Sentences.Split(Passages[passage].Text, language);
        return _sentences[passage] = new PassageSentences(texts, [.. texts.Select(text => _vocabulary.WordsOf(text).Select(word => word.Stem).ToHashSet())]);
    }

    private static AnsweredBag Bag(string question, CourseVocabulary vocabulary)
    {
        var words = vocabulary.WordsOf(question).DistinctBy(word => word.Word).ToList();
        return new AnsweredBag(words.Select(word => word.Stem).ToHashSet(), [.. words.Select(word => (word.Stem, vocabulary.WeightOf(word.Word)))], vocabulary.MeanOf(words.Select(word => word.Word)));
    }
}
