using Lectern.Courses.Contracts;
using Lectern.Courses.Reading;

namespace Lectern.Courses.Search;

/// <summary>A word of a question.</summary>
/// <param name="Word">As it was written, in lower case.</param>
/// <param name="Stem">What the course's language reduces it to.</param>
internal sealed record QuestionWord(string Word, string Stem);

/// <summary>
/// One course's paragraphs as a question sees them: words reduced to stems, counted, weighed by their rarity. Sections are ranked first and their
/// paragraphs within them, both by BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009): a question is about a section, while
/// its one best paragraph may use other words. Immutable, so it is shared by all who ask.
/// </summary>
internal sealed class CourseIndex
{
    private const double TitleCount = 3;
    private const double LessonTitleCount = 1;
    private const double ParagraphShare = 0.5;
    private const double HereFactor = 1.15;

    private readonly IReadOnlyDictionary<string, string> _stems;
    private readonly string _language;
    private readonly Bag[] _paragraphs;
    private readonly Section[] _sections;
    private readonly Dictionary<string, int> _sectionsWith = [];
    private readonly Dictionary<string, int> _paragraphsWith = [];
    private readonly double _sectionLength;
    private readonly double _paragraphLength;

    /// <param name="passages">Of all lessons, in order, headings left out.</param>
    /// <param name="stems">Of every word of the passages and their titles that is no stop word.</param>
    /// <param name="language">BCP 47; decides where sentences end.</param>
    public CourseIndex(IReadOnlyList<Passage> passages, IReadOnlyDictionary<string, string> stems, string language)
    {
        (Passages, _stems, _language) = (passages, stems, language);
        _paragraphs = [.. passages.Select(passage => Bag.Of(passage.Text, stems))];
        _sections = [.. Enumerable.Range(0, passages.Count).GroupBy(i => (passages[i].LessonId, passages[i].SectionId)).Select(group => MakeSection([.. group], stems))];
        foreach (var stem in _sections.SelectMany(section => section.Words.Counts.Keys))
            _sectionsWith[stem] = _sectionsWith.GetValueOrDefault(stem) + 1;
        foreach (var stem in _paragraphs.SelectMany(bag => bag.Counts.Keys))
            _paragraphsWith[stem] = _paragraphsWith.GetValueOrDefault(stem) + 1;
        _sectionLength = _sections.Length == 0 ? 1 : _sections.Average(section => section.Words.Length);
        _paragraphLength = _paragraphs.Length == 0 ? 1 : _paragraphs.Average(bag => bag.Length);
    }

    public IReadOnlyList<Passage> Passages { get; }

    /// <summary>The paragraphs that could answer, best first; those that share no word with the question are left out.</summary>
    /// <param name="here">The lesson the asker is on, whose paragraphs weigh a little more.</param>
    public QuestionMatches Rank(IReadOnlyList<QuestionWord> question, Guid? here, int take)
    {
        var words = question.DistinctBy(word => word.Stem).ToList();
        var total = words.Sum(word => Rarity(word.Stem));
        var ranked = _sections.Select(section => (Section: section, Score: ScoreOf(section, words, here))).Where(found => found.Score > 0)
            .OrderByDescending(found => found.Score).Take(take).ToList();
        if (ranked.Count == 0)
            return new QuestionMatches([], 0);
        var matches = ranked.SelectMany(found => found.Section.Members.Select(i => Score(i, found.Score, words))).Where(match => match.Rank > 0);
        var covered = words.Where(word => ranked[0].Section.Words.Counts.ContainsKey(word.Stem)).Sum(word => Rarity(word.Stem));
        var best = matches.OrderByDescending(match => match.Rank).ThenBy(match => match.LessonPosition).ThenBy(match => match.Ordinal).Take(take);
        return new QuestionMatches([.. best.Select(passage => InSentences(passage, words))], covered / total);
    }

    private PassageMatch InSentences(Passage passage, IReadOnlyList<QuestionWord> words)
    {
        var sentences = Sentences.Split(passage.Text, _language);
        var bags = sentences.Select(sentence => Bag.Of(sentence, _stems)).ToList();
        double Worth(int i) => words.Where(word => bags[i].Counts.ContainsKey(word.Stem)).Sum(word => Rarity(word.Stem));
        return new PassageMatch(passage, sentences, Enumerable.Range(0, sentences.Count).MaxBy(Worth));
    }

    private Passage Score(int i, double sectionScore, IReadOnlyList<QuestionWord> words)
    {
        var own = words.Sum(word => Bm25(_paragraphs[i], word.Stem, _paragraphsWith, _paragraphs.Length, _paragraphLength, b: 0.3));
        return Passages[i] with { Rank = own > 0 ? sectionScore + (ParagraphShare * own) : 0 };
    }

    private double ScoreOf(Section section, IReadOnlyList<QuestionWord> words, Guid? here)
    {
        var score = words.Sum(word => Bm25(section.Words, word.Stem, _sectionsWith, _sections.Length, _sectionLength, b: 0.5));
        return section.Lesson == here ? score * HereFactor : score;
    }

    private static double Bm25(Bag bag, string stem, Dictionary<string, int> with, int all, double usualLength, double b)
    {
        const double k1 = 1.2;
        if (!bag.Counts.TryGetValue(stem, out var count))
            return 0;
        var holders = with.GetValueOrDefault(stem, 1);
        var rarity = Math.Log(1 + ((all - holders + 0.5) / (holders + 0.5)));
        return rarity * count * (k1 + 1) / (count + (k1 * (1 - b + (b * bag.Length / usualLength))));
    }

    private double Rarity(string stem)
    {
        var holders = _sectionsWith.GetValueOrDefault(stem);
        return Math.Log(1 + ((_sections.Length - holders + 0.5) / (holders + 0.5)));
    }

    private Section MakeSection(int[] members, IReadOnlyDictionary<string, string> stems)
    {
        var bag = new Bag();
        foreach (var i in members)
            bag.Add(_paragraphs[i]);
        bag.Add(Bag.Of(Passages[members[0]].SectionTitle, stems), TitleCount);
        bag.Add(Bag.Of(Passages[members[0]].LessonTitle, stems), LessonTitleCount);
        return new Section(Passages[members[0]].LessonId, members, bag);
    }

    private sealed record Section(Guid Lesson, int[] Members, Bag Words);

    private sealed class Bag
    {
        public Dictionary<string, double> Counts { get; } = [];

        public double Length { get; private set; }

        public static Bag Of(string text, IReadOnlyDictionary<string, string> stems)
        {
            var bag = new Bag();
            foreach (var word in CourseWords.Of(text))
            {
                if (stems.TryGetValue(word, out var stem))
                    bag.Add(stem, 1);
            }
            return bag;
        }

        public void Add(Bag other, double times = 1)
        {
            foreach (var (stem, count) in other.Counts)
                Add(stem, count * times);
        }

        private void Add(string stem, double count)
        {
            Counts[stem] = Counts.GetValueOrDefault(stem) + count;
            Length += count;
        }
    }
}
