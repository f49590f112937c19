using Lectern.Courses.Search.Words;

namespace Lectern.Courses.Search;

/// <summary>A word of a question, and what the course may call it.</summary>
/// <param name="Word">As it was written, in lower case.</param>
/// <param name="Weight">How much it tells, 0 to 1.</param>
/// <param name="Meanings">Stems of the course that mean it, with how well they do: 1 for the word itself.</param>
internal sealed record QuestionTerm(string Word, string Stem, double Weight, IReadOnlyList<(string Stem, double Strength)> Meanings)
{
    /// <summary>How well the course knows the word at all.</summary>
    public double Known { get; } = Meanings.Select(meaning => meaning.Strength).DefaultIfEmpty(0).Max();
}

/// <summary>The words of one course, with their stems and, where the language has them, their vectors.</summary>
internal sealed class CourseVocabulary
{
    private const double LeastLikeness = 0.45;
    private const double SameRoot = 0.85;
    private const int MostMeanings = 12;
    private const int ShortestRoot = 4;

    private readonly IReadOnlyDictionary<string, string> _stems;
    private readonly WordVectors? _vectors;
    private readonly (string Word, string Stem, float[]? Vector)[] _words;
    private readonly HashSet<string> _known;

    /// <param name="stems">Of every word of the course that is no stop word.</param>
    public CourseVocabulary(IReadOnlyDictionary<string, string> stems, WordVectors? vectors)
    {
        (_stems, _vectors) = (stems, vectors);
        _words = [.. stems.Select(pair => (pair.Key, pair.Value, vectors?.Find(pair.Key)))];
        _known = [.. stems.Values];
    }

    public bool HasVectors => _vectors is not null;

    /// <summary>The words of a text of the course, stop words left out, as they come.</summary>
    public IEnumerable<(string Word, string Stem)> WordsOf(string text) => CourseWords.Of(text).Where(_stems.ContainsKey).Select(word => (word, _stems[word]));

    public string? StemOf(string word) => _stems.GetValueOrDefault(word);

    public double WeightOf(string word) => _vectors?.Weight(word) ?? (word.All(char.IsAsciiDigit) ? 0.3 : Math.Min(1, word.Length / 8.0));

    /// <summary>What a question's word may mean in this course.</summary>
    public QuestionTerm TermOf(string word, string stem)
    {
        var vector = _vectors?.Find(word);
        var alike = new Dictionary<string, double>();
        foreach (var (other, otherStem, otherVector) in _words)
        {
            if (otherStem == stem)
                continue;
            double likeness = vector is null || otherVector is null ? 0 : WordVectors.Dot(vector, otherVector);
            if (HasSameRoot(word, other))
                likeness = Math.Max(likeness, SameRoot);
            if (likeness > LeastLikeness && likeness > alike.GetValueOrDefault(otherStem))
                alike[otherStem] = likeness;
        }
        // Cubed, because half alike is by far less than half the same.
        var meanings = alike.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MostMeanings).Select(pair => (pair.Key, Math.Pow(pair.Value, 3)));
        return new QuestionTerm(word, stem, WeightOf(word), [.. _known.Contains(stem) ? [(stem, 1.0)] : Array.Empty<(string, double)>(), .. meanings]);
    }

    /// <summary>The mean of the words' vectors, each weighed by how much it tells; null without vectors.</summary>
    public float[]? MeanOf(IEnumerable<string> words)
    {
        if (_vectors is null)
            return null;
        var mean = new float[_vectors.Dimensions];
        foreach (var word in words)
        {
            if (_vectors.Find(word) is not { } vector)
                continue;
            var weight = (float)_vectors.Weight(word);
            for (var i = 0; i < mean.Length; i++)
                mean[i] += weight * vector[i];
        }
        var length = MathF.Sqrt(WordVectors.Dot(mean, mean));
        for (var i = 0; i < mean.Length && length > 0; i++)
            mean[i] /= length;
        return mean;
    }

    // "echoey" and "echo", "salty" and "salt": endings that no stemmer takes off.
    private static bool HasSameRoot(string a, string b)
    {
        var shared = a.AsSpan().CommonPrefixLength(b);
        return shared >= ShortestRoot && shared >= 0.6 * Math.Max(a.Length, b.Length) && char.IsLetter(a[0]);
    }
}
