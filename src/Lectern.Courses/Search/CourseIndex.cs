using System.Collections.Concurrent;
using Lectern.Courses.Contracts;
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
    private const int MostAsked = 2_000;

    /// <summary>That of a course of 42 sections, for which the other numbers were set.</summary>
    private const double GreatestRarity = 4.45;
    private const double Enough = 2.88;
    private const double EnoughWithoutVectors = 2.2;

    private readonly CourseVocabulary _vocabulary;
    private readonly string _language;
    private readonly WeighedSection[] _sections;
    private readonly Dictionary<string, double> _rarities;
    private readonly double _strangeRarity;
    private readonly float[]? _common;
    private readonly ConcurrentDictionary<(string Word, string Stem), AskedTerm> _asked = new();

    /// <param name="passages">Of all lessons, in order, headings left out.</param>
    /// <param name="stems">Of every word of the passages, titles and questions that is no stop word.</param>
    /// <param name="language">BCP 47.</param>
    public CourseIndex(IReadOnlyList<Passage> passages, IReadOnlyList<AnsweredQuestion> answered, IReadOnlyDictionary<string, string> stems, string language)
    {
        (Passages, _language, _vocabulary) = (passages, language, new CourseVocabulary(stems, WordVectors.For(language)));
        var questions = answered.ToLookup(question => (question.LessonId, question.SectionId), question => question.Text);
        var sections = passages.GroupBy(passage => (passage.LessonId, passage.SectionId)).Select(group => new CourseSection([.. group], [.. questions[group.Key]], _vocabulary)).ToList();
        _rarities = sections.SelectMany(section => section.Counts.Keys).CountBy(stem => stem).ToDictionary(held => held.Key, held => Rarity(held.Value, sections.Count));
        _strangeRarity = Rarity(0, sections.Count);
        _common = MeanOf(passages.Select(passage => _vocabulary.MeanOf(_vocabulary.WordsOf(passage.Text).Select(word => word.Word))).OfType<float[]>());
        var usualLength = sections.Select(section => section.Length).DefaultIfEmpty(1).Average();
        _sections = [.. sections.Select(section => Weigh(section, usualLength))];
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
        var terms = words.DistinctBy(word => word.Stem).Select(word => Asked(word.Word, word.Stem)).ToArray();
        var total = terms.Sum(term => term.Weight);
        if (total <= 0 || _sections.Length == 0)
            return new QuestionMatches([], 0, terms.Length);
        var direction = DirectionOf(_vocabulary.MeanOf(terms.Select(term => term.Term.Word)));
        var ranked = _sections.Select(section => (section.Section, Score: ScoreOf(section, terms, total, direction) * (section.Section.LessonId == here ? HereFactor : 1)))
            .Where(found => found.Score > 0).OrderByDescending(found => found.Score).Take(take).ToList();
        if (ranked.Count == 0)
            return new QuestionMatches([], 0, terms.Length);
        var best = ranked.SelectMany(found => Ranked(found.Section, found.Score, terms)).Take(take);
        return new QuestionMatches([.. best], Confidence(ranked[0].Score, terms), terms.Length);
    }

    private static double ScoreOf(WeighedSection weighed, AskedTerm[] terms, double total, float[]? direction)
    {
        var section = weighed.Section;
        var score = Bm25(weighed.Bm25, terms) / total;
        score += ParagraphShare * MostOf(section.Paragraphs, terms) / total;
        score += LikenessShare * Likeness(direction, weighed.Direction);
        var answered = 0.0;
        foreach (var question in weighed.Answered)
            answered = Math.Max(answered, ((1 - MeaningShare) * Likeness(question, terms)) + (MeaningShare * Math.Max(0, Likeness(direction, question.Direction))));
        score += AnsweredShare * answered;
        if (section.IsTerms)
            score = (score * TermsFactor) + (DefinitionBonus * section.Terms.Count(name => IsAskedFor(name, terms, total)));
        return score;
    }

    /// <summary>At 0.5 it is as likely as not that the course has an answer.</summary>
    private double Confidence(double score, AskedTerm[] terms)
    {
        // One telling word that the course does not know is the surest sign that it is about something else.
        var strange = terms.Where(term => term.Term.Known < 0.5).Select(term => term.Weight).DefaultIfEmpty(0).Max();
        var certain = score - (StrangePenalty * Math.Max(0, strange - StrangeWord));
        return Math.Clamp(certain / (2 * (_vocabulary.HasVectors ? Enough : EnoughWithoutVectors)), 0, 1);
    }

    private IEnumerable<PassageMatch> Ranked(CourseSection section, double score, AskedTerm[] terms)
    {
        var order = section.Passages.Select((passage, i) => (Passage: passage, At: i, Overlap: Overlap(section.Paragraphs[i], terms))).Where(one => one.Passage.Kind is not "figure" || section.Passages.Count == 1)
            .OrderByDescending(one => one.Overlap).ThenBy(one => one.Passage.Ordinal).ToList();
        foreach (var (passage, at, overlap) in order.Take(1).Concat(order.Skip(1).Where(one => one.Overlap > 0)).Take(2))
        {
            var sentences = section.SentencesOf(at, _language);
            var best = sentences.Stems.Count == 0 ? 0 : Enumerable.Range(0, sentences.Stems.Count).MaxBy(i => Overlap(sentences.Stems[i], terms));
            yield return new PassageMatch(passage with { Rank = score + (overlap / 100) }, sentences.Texts, best);
        }
    }

    private static bool IsAskedFor(IReadOnlySet<string> name, AskedTerm[] terms, double total)
    {
        var named = terms.Where(term => name.Contains(term.Term.Stem)).ToList();
        return named.Count == name.Count && terms.Length <= 5 && named.Sum(term => term.Weight) >= total / 3;
    }

    private static double Bm25(Dictionary<string, double> weights, AskedTerm[] terms)
    {
        var sum = 0.0;
        foreach (var term in terms)
        {
            var best = 0.0;
            foreach (var meaning in term.Meanings)
            {
                if (weights.TryGetValue(meaning.Stem, out var weight))
                    best = Math.Max(best, meaning.Strength * weight);
            }
            sum += term.Weight * best;
        }
        return sum;
    }

    private static double MostOf(IReadOnlyList<HashSet<string>> paragraphs, AskedTerm[] terms)
    {
        var most = 0.0;
        foreach (var paragraph in paragraphs)
            most = Math.Max(most, Overlap(paragraph, terms));
        return most;
    }

    private static double Overlap(HashSet<string> words, AskedTerm[] terms)
    {
        var sum = 0.0;
        foreach (var term in terms)
        {
            var best = 0.0;
            foreach (var meaning in term.Meanings)
            {
                if (words.Contains(meaning.Stem))
                    best = Math.Max(best, meaning.Strength * meaning.Rarity);
            }
            sum += term.Weight * best;
        }
        return sum;
    }

    // The cosine of two bags of words, where a word also counts for those that mean the same.
    private static double Likeness(WeighedQuestion question, AskedTerm[] terms)
    {
        double hit = 0, ours = 0;
        foreach (var term in terms)
        {
            var best = 0.0;
            foreach (var meaning in term.Meanings)
            {
                if (meaning.Strength > best && question.Stems.Contains(meaning.Stem))
                    best = meaning.Strength;
            }
            (hit, ours) = (hit + (term.Worth * best), ours + term.Worth);
        }
        return hit / Math.Sqrt((question.Worth + 0.3) * (ours + 0.3));
    }

    // The cosine: both have the length 1.
    private static double Likeness(float[]? a, float[]? b) => a is null || b is null ? 0 : WordVectors.Dot(a, b);

    // What all of the course has in common tells nothing (Arora, Liang, Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings", 2017).
    private float[]? DirectionOf(float[]? vector)
    {
        if (vector is null || _common is null)
            return null;
        var direction = vector.Zip(_common, (x, common) => x - common).ToArray();
        var length = MathF.Sqrt(WordVectors.Dot(direction, direction));
        return length <= 0 ? null : [.. direction.Select(x => x / length)];
    }

    private AskedTerm Asked(string word, string stem)
    {
        if (_asked.TryGetValue((word, stem), out var known))
            return known;
        var term = _vocabulary.TermOf(word, stem);
        var asked = new AskedTerm(term, [.. term.Meanings.Select(meaning => new Meaning(meaning.Stem, meaning.Strength, Rarity(meaning.Stem)))], Worth(term.Weight, stem));
        if (_asked.Count < MostAsked)
            _asked.TryAdd((word, stem), asked);
        return asked;
    }

    private WeighedSection Weigh(CourseSection section, double usualLength)
    {
        const double k1 = 0.9, b = 0.75;
        var weights = section.Counts.ToDictionary(pair => pair.Key, pair => Rarity(pair.Key) * pair.Value * (k1 + 1) / (pair.Value + (k1 * (1 - b + (b * section.Length / usualLength)))));
        var answered = section.Answered.Select(question => new WeighedQuestion(question.Stems, question.Words.Sum(word => Worth(word.Weight, word.Stem)), DirectionOf(question.Vector)));
        return new WeighedSection(section, weights, DirectionOf(section.Vector), [.. answered]);
    }

    private double Worth(double weight, string stem) => weight * Math.Min(2, Rarity(stem) / 2);

    private double Rarity(string stem) => _rarities.GetValueOrDefault(stem, _strangeRarity);

    // On one scale for courses of all sizes: a word that no section has counts as much in each. In a few sections hardly a word is rare, so none counts for nothing.
    private static double Rarity(int holders, int sections)
    {
        var greatest = Logarithm(0);
        var least = sections < FewSections ? 0.3 * greatest : 0;
        return Math.Max(least, Logarithm(holders)) * GreatestRarity / greatest;

        double Logarithm(int count) => Math.Log(1 + ((sections - count + 0.5) / (count + 0.5)));
    }

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

    /// <param name="Rarity">Of the stem.</param>
    private readonly record struct Meaning(string Stem, double Strength, double Rarity);

    /// <summary>A word that was asked for, remembered for whoever asks next: to find what it means is most of the work.</summary>
    private sealed record AskedTerm(QuestionTerm Term, Meaning[] Meanings, double Worth)
    {
        public double Weight => Term.Weight;
    }

    /// <param name="Worth">Of all its words.</param>
    private sealed record WeighedQuestion(HashSet<string> Stems, double Worth, float[]? Direction);

    /// <summary>A section with all that does not depend on the question.</summary>
    private sealed record WeighedSection(CourseSection Section, Dictionary<string, double> Bm25, float[]? Direction, WeighedQuestion[] Answered);
}
