using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Lectern.Courses.Search.Words;

/// <summary>
/// What words mean, as vectors in which near means alike: "yell" lies by "shout". 30,000 common English words from GloVe (Pennington, Socher, Manning,
/// "GloVe: Global Vectors for Word Representation", 2014). Where the file comes from and its format: <c>build/word-vectors.mjs</c>.
/// </summary>
internal sealed class WordVectors
{
    private const string Resource = "Lectern.Courses.Search.Words.english.vectors";
    private static readonly Lazy<WordVectors> Loaded = new(Load);

    private readonly Dictionary<string, int> _ranks;
    private readonly byte[] _file;
    private readonly int _vectorsAt;
    private readonly float[]?[] _found;

    private WordVectors(Dictionary<string, int> ranks, byte[] file, int vectorsAt, int dimensions) => (_ranks, _file, _vectorsAt, Dimensions, _found) = (ranks, file, vectorsAt, dimensions, new float[]?[ranks.Count]);

    public int Dimensions { get; }

    /// <summary>The vectors of a language (BCP 47), or null where there are none.</summary>
    public static WordVectors? For(string language) => language.Split('-')[0].Equals("en", StringComparison.OrdinalIgnoreCase) ? Loaded.Value : null;

    /// <summary>The word's vector, of length 1, shared by all who ask, so not to be written to; null for a word that is not known.</summary>
    public float[]? Find(string word) => _ranks.TryGetValue(word, out var rank) ? _found[rank] ??= Unpack(rank) : null;

    private float[] Unpack(int rank)
    {
        var vector = new float[Dimensions];
        for (var i = 0; i < Dimensions; i++)
            vector[i] = (sbyte)_file[_vectorsAt + (rank * Dimensions) + i];
        Scale(vector, 1 / MathF.Max(1e-6f, MathF.Sqrt(Dot(vector, vector))));
        return vector;
    }

    /// <summary>How much a word tells, from 0 for the commonest to 1 for a rare or unknown one: the logarithm of its place among all words by frequency, after Zipf.</summary>
    public double Weight(string word)
    {
        const double common = 60, rare = 40_000;
        if (word.All(char.IsAsciiDigit))
            return 0.3;
        var rank = _ranks.TryGetValue(word, out var known) ? known + 10 : rare;
        return Math.Clamp((Math.Log(rank) - Math.Log(common)) / (Math.Log(rare) - Math.Log(common)), 0, 1);
    }

    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = Vector<float>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
            sum += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        var rest = Vector.Sum(sum);
        for (; i < a.Length; i++)
            rest += a[i] * b[i];
        return rest;
    }

    private static void Scale(Span<float> vector, float by)
    {
        for (var i = 0; i < vector.Length; i++)
            vector[i] *= by;
    }

    private static WordVectors Load()
    {
        using var stream = typeof(WordVectors).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The assembly lacks {Resource}.");
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        var (count, dimensions) = (BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)), BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(8)));
        var ranks = new Dictionary<string, int>(count, StringComparer.Ordinal);
        var at = 12;
        for (var rank = 0; rank < count; rank++)
        {
            ranks[Encoding.UTF8.GetString(file, at + 1, file[at])] = rank;
            at += 1 + file[at];
        }
        return new WordVectors(ranks, file, at, dimensions);
    }
}
