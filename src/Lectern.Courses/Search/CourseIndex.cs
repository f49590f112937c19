using Lectern.Courses.Contracts;
using Lectern.Courses.Reading;
using Lectern.Courses.Search.Words;

namespace Lectern.Courses.Search;

/// <summary>A question that the author says a section answers.</summary>
internal sealed record AnsweredQuestion(Guid LessonId, string SectionId, string Text);

/// <summary>
/// One course as a question sees it. A question is about a section, so sections are ranked first, by four things: its words, or words that mean the same,
/// by BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009); its best paragraph; how alike question and section are as a whole; and
/// the questions that the section's author says it answers. Immutable, so it is shared by all who ask.
/// </summary>
internal sealed class CourseIndex
{
    private const double ParagraphShare = 0.3;
    private const double LikenessShare = 1;
    private const double AnsweredShare = 3.5;
    private const double MeaningShare = 0.65;
    private const double DefinitionBonus = 2.5;
    private const double TermsFactor = 0.8;
    private const double HereFactor = 1.1;
    private const double StrangeWord = 0.6;
    private const double StrangePenalty = 1;
    private const int FewSections = 10;

    /// <summary>That of a course of 42 sections, for which the other numbers were set.</summary>
    private const double GreatestRarity = 4.45;
    private const double Enough = 2.88;
    private const double EnoughWithoutVectors = 2.2;

    private readonly CourseVocabulary _vocabulary;
    private readonly string _language;
    private readonly CourseSection[] _sections;
    private readonly Dictionary<string, int> _holders = [];
    private readonly double _usualLength;
    private readonly float[]? _common;

    /// <param name="passages">Of all lessons, in order, headings left out.</param>
    /// <param name="stems">Of every word of the passages, titles and questions that is no stop word.</param>
    /// <param name="language">BCP 47.</param>
    public CourseIndex(IReadOnlyList<Passage> passages, IReadOnlyList<AnsweredQuestion> answered, IReadOnlyDictionary<string, string> stems, string language)
    {
        (Passages, _language, _vocabulary) = (passages, language, new CourseVocabulary(stems, WordVectors.For(language)));
        var questions = answered.ToLookup(question => (question.LessonId, question.SectionId), question => question.Text);
        _sections = [.. passages.GroupBy(passage => (passage.LessonId, passage.SectionId)).Select(group => new CourseSection([.. group], [.. questions[group.Key]], _vocabulary))];
        foreach (var stem in _sections.SelectMany(section => section.Counts.Keys))
            _holders[stem] = _holders.GetValueOrDefault(stem) + 1;
        _usualLength = _sections.Select(section => section.Length).DefaultIfEmpty(1).Average();
        _common = MeanOf(passages.Select(passage => _vocabulary.MeanOf(_vocabulary.WordsOf(passage.Text).Select(word => word.Word))).OfType<float[]>());
    }

    public IReadOnlyList<Passage> Passages { get; }

    /// <summary>Words of the course that say nothing by themselves, such as "the".</summary>
    public IReadOnlySet<string> StopWords { get; init; } = new HashSet<string>();

    /// <summary>The stems of words as far as the course itself tells: a word it doesn't know stands for itself.</summary>
    public Dictionary<string, string> StemsOf(IEnumerable<string> words) =>
        words.Where(word => !StopWords.Contains(word)).ToDictionary(word => word, word => _vocabulary.StemOf(word) ?? word, StringComparer.Ordinal);

    /// <summary>The paragraphs that could answer, best first.</summary>
    /// <param name="words">The question's, stop words left out, with their stems.</param>
    /// <param name="here">The lesson the asker is on, whose sections weigh a little more.</param>
    public QuestionMatches Rank(IReadOnlyList<(string Word, string Stem)> words, Guid? here, int take)
    {
        var terms = words.DistinctBy(word => word.Stem).Select(word => _vocabulary.TermOf(word.Word, word.Stem)).ToList();
        var total = terms.Sum(term => term.Weight);
        if (total <= 0 || _sections.Length == 0)
            return new QuestionMatches([], 0, terms.Count);
        var vector = _vocabulary.MeanOf(terms.Select(term => term.Word));
        var ranked = _sections.Select(section => (Section: section, Score: ScoreOf(section, terms, total, vector) * (section.LessonId == here ? HereFactor : 1)))
            .Where(found => found.Score > 0).OrderByDescending(found => found.Score).Take(take).ToList();
        if (ranked.Count == 0)
            return new QuestionMatches([], 0, terms.Count);
        var best = ranked.SelectMany(found => Ranked(found.Section, found.Score, terms)).Take(take);
        return new QuestionMatches([.. best], Confidence(ranked[0].Score, terms), terms.Count);
    }

    private double ScoreOf(CourseSection section, IReadOnlyList<QuestionTerm> terms, double total, float[]? vector)
    {
        var score = terms.Sum(term => term.Weight * Best(term, stem => Bm25(section, stem))) / total;
        score += ParagraphShare * section.Paragraphs.Max(paragraph => Overlap(paragraph, terms)) / total;
        score += LikenessShare * Likeness(vector, section.Vector);
        score += AnsweredShare * section.Answered.Select(question => ((1 - MeaningShare) * Likeness(question, terms)) + (MeaningShare * Math.Max(0, Likeness(vector, question.Vector)))).DefaultIfEmpty(0).Max();
        if (section.IsTerms)
            score = (score * TermsFactor) + (DefinitionBonus * section.Terms.Count(name => IsAskedFor(name, terms, total)));
        return score;
    }

    /// <summary>At 0.5 it is as likely as not that the course has an answer.</summary>
    private double Confidence(double score, IReadOnlyList<QuestionTerm> terms)
    {
        // One telling word that the course does not know is the surest sign that it is about something else.
        var strange = terms.Where(term => term.Known < 0.5).Select(term => term.Weight).DefaultIfEmpty(0).Max();
        var certain = score - (StrangePenalty * Math.Max(0, strange - StrangeWord));
        return Math.Clamp(certain / (2 * (_vocabulary.HasVectors ? Enough : EnoughWithoutVectors)), 0, 1);
    }

    private IEnumerable<PassageMatch> Ranked(CourseSection section, double score, IReadOnlyList<QuestionTerm> terms)
    {
        var order = section.Passages.Select((passage, i) => (Passage: passage, Overlap: Overlap(section.Paragraphs[i], terms))).Where(pair => pair.Passage.Kind is not "figure" || section.Passages.Count == 1)
            .OrderByDescending(pair => pair.Overlap).ThenBy(pair => pair.Passage.Ordinal).ToList();
        foreach (var (passage, overlap) in order.Take(1).Concat(order.Skip(1).Where(pair => pair.Overlap > 0)).Take(2))
        {
            var sentences = Sentences.Split(passage.Text, _language);
            var sets = sentences.Select(sentence => _vocabulary.WordsOf(sentence).Select(word => word.Stem).ToHashSet()).ToList();
            var best = sets.Count == 0 ? 0 : Enumerable.Range(0, sets.Count).MaxBy(i => Overlap(sets[i], terms));
            yield return new PassageMatch(passage with { Rank = score + (overlap / 100) }, sentences, best);
        }
    }

    private static bool IsAskedFor(IReadOnlySet<string> name, IReadOnlyList<QuestionTerm> terms, double total)
    {
        var named = terms.Where(term => name.Contains(term.Stem)).ToList();
        return named.Count == name.Count && terms.Count <= 5 && named.Sum(term => term.Weight) >= total / 3;
    }

    private double Bm25(CourseSection section, string stem)
    {
        const double k1 = 0.9, b = 0.75;
        return section.Counts.TryGetValue(stem, out var count) ? Rarity(stem) * count * (k1 + 1) / (count + (k1 * (1 - b + (b * section.Length / _usualLength)))) : 0;
    }

    private double Overlap(IReadOnlySet<string> words, IReadOnlyList<QuestionTerm> terms) => terms.Sum(term => term.Weight * Best(term, stem => words.Contains(stem) ? Rarity(stem) : 0));

    // The cosine of two bags of words, where a word also counts for those that mean the same.
    private double Likeness(AnsweredBag question, IReadOnlyList<QuestionTerm> terms)
    {
        var hit = terms.Sum(term => Worth(term.Weight, term.Stem) * Best(term, stem => question.Stems.Contains(stem) ? 1 : 0));
        var theirs = question.Words.Sum(word => Worth(word.Weight, word.Stem));
        var ours = terms.Sum(term => Worth(term.Weight, term.Stem));
        return hit / Math.Sqrt((theirs + 0.3) * (ours + 0.3));
    }

    private double Worth(double weight, string stem) => weight * Math.Min(2, Rarity(stem) / 2);

    private double Likeness(float[]? a, float[]? b)
    {
        if (a is null || b is null || _common is null)
            return 0;
        // What all of the course has in common tells nothing (Arora, Liang, Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings", 2017).
        float dot = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var (x, y) = (a[i] - _common[i], b[i] - _common[i]);
            (dot, aa, bb) = (dot + (x * y), aa + (x * x), bb + (y * y));
        }
        return aa * bb <= 0 ? 0 : dot / Math.Sqrt(aa * bb);
    }

    private static double Best(QuestionTerm term, Func<string, double> value)
    {
        var best = 0.0;
        foreach (var (stem, strength) in term.Meanings)
            best = Math.Max(best, strength * value(stem));
        return best;
    }

    // On one scale for courses of all sizes: a word that no section has counts as much in each. In a few sections hardly a word is rare, so none counts for nothing.
    private double Rarity(string stem)
    {
        var greatest = Rarity(0);
        var least = _sections.Length < FewSections ? 0.3 * greatest : 0;
        return Math.Max(least, Rarity(_holders.GetValueOrDefault(stem))) * GreatestRarity / greatest;
    }

    private double Rarity(int holders) => Math.Log(1 + ((_sections.Length - holders + 0.5) / (holders + 0.5)));

    private static float[]? MeanOf(IEnumerable<float[]> vectors)
    {
        float[]? sum = null;
        var count = 0;
        foreach (var vector in vectors)
        {
            sum ??= new float[vector.Length];
            for (var i = 0; i < sum.Length; i++)
                sum[i] += vector[i];
            count++;
        }
        for (var i = 0; sum is not null && i < sum.Length; i++)
            sum[i] /= count;
        return sum;
    }
}
